"""The devices that film Tannery Row: where they are, when they record, how badly, and what files they write."""

from __future__ import annotations

from dataclasses import dataclass, replace

from everyangle.testing.incident import story
from everyangle.testing.incident.sounds import CAR, SUV
from everyangle.testing.scene.encode import X264, FileFormat, PictureFormat, SoundFormat
from everyangle.testing.scene.paths import still
from everyangle.testing.scene.world import Agc, Lost, Recorder


@dataclass(frozen=True, slots=True)
class Camera:
    """One recording of the incident.

    Attributes:
        file: its file name, as received.
        label: what the picture calls it.
        kind: which drawing of the viewpoint it gets, or "" for sound alone.
        recorder: where, when and how it hears.
        form: what it writes.
        created: the creation time in the container, not always right.
        silent: whether it has no microphone.
    """

    file: str
    label: str
    kind: str
    recorder: Recorder
    form: FileFormat
    created: str | None = None
    silent: bool = False


def _mp4(width: int, height: int, fps: int, sound: SoundFormat | None, crf: int = 31) -> FileFormat:
    return FileFormat("mp4", sound, PictureFormat("libx264", fps, width, height, {**X264, "crf": str(crf)}), ".mp4")


VP9 = {"crf": "42", "b": "0", "g": "72", "deadline": "good", "cpu-used": "4", "row-mt": "0", "threads": "1"}
AMR_3GP = FileFormat(
    "3gp",
    SoundFormat("libopencore_amrnb", 12_200),
    PictureFormat("libx264", 12, 480, 272, {**X264, "crf": "32", "profile": "main"}),
    ".3gp",
)
WEBM = FileFormat("webm", SoundFormat("libopus", 28_000), PictureFormat("libvpx-vp9", 12, 480, 272, VP9), ".webm")

LIVESTREAM = Camera(
    "livestream-mira.webm",
    "LIVESTREAM",
    "passenger",
    Recorder(
        "livestream",
        still(0.3, -3.32, 1.15),
        12.0,
        story.STREAM_ENDS,
        48_000,
        ppm=14,
        room=CAR,
        full_scale_db=104,
        noise_db=34,
        band_hz=(90, 10_500),
        agc=Agc(-19, 22),
        reverb_s=0.12,
        reverb_db=-14,
        handling_per_min=6,
        lost=(Lost(122.0, 7.5),),
    ),
    WEBM,
)
BODYCAM = Camera(
    "wpd-bodycam-412.mp4",
    "BODY CAM 412",
    "bodycam",
    Recorder(
        "bodycam",
        story.moved(story.OSTER.path, -0.2, -0.05, 1.32),
        87.4,
        207.9,
        32_000,
        ppm=-21,
        full_scale_db=106,
        noise_db=32,
        band_hz=(120, 7_000),
        agc=Agc(-18, 24),
        wind_db=52,
        handling_per_min=9,
    ),
    _mp4(480, 272, 15, SoundFormat("aac", 48_000), 32),
    "2031-04-18T00:53:08Z",
)
NEIGHBOUR = Camera(
    "neighbour-babb-window.3gp",
    "NEIGHBOUR PHONE",
    "window",
    Recorder(
        "neighbour",
        still(*story.BABB_AT),
        40.0,
        238.0,
        8_000,
        ppm=38,
        full_scale_db=100,
        noise_db=30,
        band_hz=(150, 3_600),
        agc=Agc(-17, 34),
        reverb_s=0.55,
        reverb_db=-9,
        wind_db=40,
        handling_per_min=3,
    ),
    AMR_3GP,
    "2031-04-18T00:52:19Z",
)
MEMO = Camera(
    "voice-memo-fairlie.m4a",
    "VOICE MEMO",
    "",
    Recorder(
        "memo",
        story.moved(story.FAIRLIE.path, 0.2, -0.2, 1.3),
        190.0,
        260.0,
        44_100,
        ppm=-9,
        full_scale_db=102,
        noise_db=31,
        band_hz=(80, 12_000),
        agc=Agc(-20, 28),
        reverb_s=0.35,
        reverb_db=-13,
        handling_per_min=8,
    ),
    FileFormat("ipod", SoundFormat("aac", 40_000), suffix=".m4a"),
    "2031-04-17T23:54:50Z",
)
DASHCAM = Camera(
    "agency-dashcam.mp4",
    "AGENCY DASH CAM",
    "dash",
    Recorder(
        "dashcam",
        story.moved(story.SUV, story.DASH_AHEAD, 0, 1.4),
        2.0,
        71.0,
        16_000,
        ppm=27,
        room=SUV,
        full_scale_db=104,
        noise_db=36,
        band_hz=(80, 7_000),
        agc=Agc(-20, 26),
        reverb_s=0.1,
        reverb_db=-15,
    ),
    _mp4(480, 272, 12, SoundFormat("aac", 32_000)),
    "2031-04-18T00:51:42Z",
)
CCTV = Camera(
    "cctv-pharmacy-ch2.mp4",
    "CCTV CH2",
    "cctv",
    Recorder("cctv", still(15.0, -8.4, 5.2), 0.0, story.ENDS, 8_000, ppm=45),
    _mp4(480, 272, 10, None, 32),
    silent=True,
)
STRANGER = Camera(
    "street-video-ines.mp4",
    "PHONE, OTHER DAY",
    "pavement",
    Recorder(
        "stranger",
        still(7.0, 6.4, 1.5),
        0.0,
        66.0,
        44_100,
        ppm=-17,
        full_scale_db=102,
        noise_db=31,
        band_hz=(90, 12_000),
        agc=Agc(-19, 28),
        reverb_s=0.35,
        reverb_db=-13,
        handling_per_min=5,
    ),
    _mp4(480, 272, 12, SoundFormat("aac", 40_000)),
    "2031-04-08T14:21:07Z",
)

CAMERAS = (LIVESTREAM, BODYCAM, NEIGHBOUR, MEMO, DASHCAM, CCTV, STRANGER)
"""Every recording of the bundle; the last is of another day."""


def shortened(camera: Camera, stop_s: float) -> Camera:
    """Return a camera that stops early, for quick trials."""
    return replace(camera, recorder=replace(camera.recorder, stop_s=min(stop_s, camera.recorder.stop_s)))
