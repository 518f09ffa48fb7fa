"""A timestamping authority of one's own: ``openssl ts -reply`` behind a small HTTP server on this machine.

It has a root, an intermediate authority and a signing certificate, made anew each time. For tests and demonstrations:
its time is this machine's and its word is worth nothing.
"""

from __future__ import annotations

import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

_CONFIG = """
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
[tsa]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = {chain}
ess_cert_id_alg = sha256
{certificates}
"""


class LocalAuthority:
    """An authority that answers while the ``with`` block lasts.

    Args:
        folder: an empty folder for its keys and certificates.
        chain: whether answers carry the intermediate certificate and name the whole chain.
        spoil: answer with this instead, to play a broken authority.
    """

    def __init__(self, folder: Path, *, chain: bool = False, spoil: bytes | None = None) -> None:
        self.folder = folder
        self.spoil = spoil
        certificates = f"certs = {folder}/chain.pem" if chain else ""
        text = _CONFIG.format(folder=folder, chain="yes" if chain else "no", certificates=certificates)
        (folder / "tsa.cnf").write_text(text, encoding="utf-8")
        (folder / "serial").write_text("01\n", encoding="utf-8")
        self._certificate("root", "ca", None)
        self._certificate("middle", "ca", "root")
        self._certificate("signer", "signer", "middle")
        (folder / "chain.pem").write_bytes((folder / "middle.pem").read_bytes() + (folder / "root.pem").read_bytes())
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    @property
    def root(self) -> Path:
        """The root certificate, which a verifier must trust."""
        return self.folder / "root.pem"

    @property
    def intermediate(self) -> Path:
        """The intermediate certificate, for answers that do not carry it."""
        return self.folder / "middle.pem"

    def __enter__(self) -> Self:
        """Begin to answer."""
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Cease to answer."""
        self._server.shutdown()
        self._server.server_close()

    def reply(self, query: bytes) -> bytes:
        """Return the response to a query."""
        (self.folder / "query.tsq").write_bytes(query)
        self._openssl("ts", "-reply", "-config", "tsa.cnf", "-section", "tsa", "-queryfile", "query.tsq",
                      "-out", "reply.tsr")  # fmt: skip
        return (self.folder / "reply.tsr").read_bytes()

    def _certificate(self, name: str, extensions: str, issuer: str | None) -> None:
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{name}.key")
        self._openssl("req", "-new", *key, "-subj", f"/CN=Test {name} of Every Angle", "-out", f"{name}.csr")
        signing = ["-signkey", f"{name}.key"] if issuer is None else [
            "-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial"]  # fmt: skip
        self._openssl("x509", "-req", "-in", f"{name}.csr", "-out", f"{name}.pem", "-days", "2",
                      "-extfile", "tsa.cnf", "-extensions", extensions, *signing)  # fmt: skip

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                query = self.rfile.read(int(self.headers["Content-Length"]))
                answer = authority.spoil if authority.spoil is not None else authority.reply(query)
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server names it
                """Say nothing."""

        return Handler
