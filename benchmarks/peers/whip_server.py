"""Takes WHIP through aiortc and records each session to a file: runs under the peer's Python.

Arguments: port, folder of recordings, folder of the page. ``POST /stop`` ends the recording that runs, as aiortc itself
does only half a minute after a browser is gone.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any


def main() -> None:
    """Serve until killed."""
    port, files, page = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    web, rtc, media = import_module("aiohttp.web"), import_module("aiortc"), import_module("aiortc.contrib.media")
    sessions: list[tuple[Any, Any]] = []

    async def index(_request: Any) -> Any:
        return web.Response(text=(page / "index.html").read_text(encoding="utf-8"), content_type="text/html")

    async def whip(request: Any) -> Any:
        peer = rtc.RTCPeerConnection()
        recorder = media.MediaRecorder(str(files / f"{len(sessions)}.mkv"))
        sessions.append((peer, recorder))
        peer.on("track", recorder.addTrack)
        await peer.setRemoteDescription(rtc.RTCSessionDescription(await request.text(), "offer"))
        await peer.setLocalDescription(await peer.createAnswer())
        await recorder.start()
        return web.Response(status=201, text=peer.localDescription.sdp, content_type="application/sdp")

    async def stop(_request: Any) -> Any:
        peer, recorder = sessions[-1]
        await recorder.stop()
        await peer.close()
        return web.Response()

    app = web.Application()
    app.add_routes([web.get("/", index), web.post("/whip", whip), web.post("/stop", stop)])
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main()
