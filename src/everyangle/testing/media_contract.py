"""What every reader of media must do. Subclass :class:`MediaContract` and give it a ``media`` fixture."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from everyangle.core.errors import BadInputError, EveryAngleError
from everyangle.core.items import ItemKind
from everyangle.ports.media import FilmstripSettings, Media, Part, ProxySettings, kind_of
from everyangle.testing.media_film import CLICK_AT_S, HEIGHT, WIDTH, Film, clicks_heard, steady, time_shown
from everyangle.testing.media_hostile import HOSTILE, Hostile
from everyangle.testing.media_zoo import SPECIMENS, Specimen

RATE_HZ = 8000
_FRAME_S = 0.04
_PROXY_SOUND_S = 0.005
_SMALL = ProxySettings(preset="ultrafast", crf=20)


@contextmanager
def as_file(data: bytes) -> Iterator[BinaryIO]:
    """Yield an open file that has a descriptor and holds ``data``."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        yield file


_RECORDERS = {"webm": ("libvpx", "libopus"), "mp4": ("libx264", "aac")}
_FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}


def _live(form: str, video: str, audio: str) -> bytes:
    """Return two seconds as a browser's recorder writes them."""
    options = _FRAGMENTS if form == "mp4" else {}
    return Specimen(form, Film(form, steady(0, 2), [(0, 2)], video, audio, options=options), live=True).data()


def duration_of(job: tuple[Media, bytes]) -> float:
    """Return how long a recording is, as a worker in another process finds it."""
    media, data = job
    with as_file(data) as source:
        return media.probe(source, label="job").duration_s


def proxy_of(media: Media, specimen: Specimen) -> tuple[bytes, int]:
    """Return a specimen's proxy and the number of its pictures."""
    with as_file(specimen.data()) as source, tempfile.TemporaryFile() as sink:
        made = media.proxy(source, sink, _SMALL, label=specimen.name)
        sink.seek(0)
        return sink.read(), made.frames


def shown_times(mp4: bytes, rotation: int) -> list[tuple[float, float]]:
    """Return for each picture of a proxy its time in seconds, and the scene time that it shows."""
    with av.open(io.BytesIO(mp4), "r") as container:
        return [(float(frame.time or 0), time_shown(upright(frame, rotation))) for frame in container.decode(video=0)]


def upright(frame: VideoFrame, rotation: int) -> NDArray[np.uint8]:
    """Return a picture's luma, turned back to how it was filmed."""
    luma = np.asarray(frame.reformat(format="gray8").to_ndarray(), np.uint8)
    return np.rot90(luma, rotation // 90)


def expected_clicks(specimen: Specimen) -> list[float]:
    """Return the media times at which clicks must be heard."""
    if not specimen.film.level:
        return []
    times = [second + CLICK_AT_S for second in range(10)]
    heard = [t for t in times for begin, end in specimen.film.sounds if begin <= t <= end and t > specimen.zero_s]
    return [t - specimen.zero_s for t in heard]


def _ids(one: Specimen | Hostile) -> str:
    return one.name


each_specimen = pytest.mark.parametrize("specimen", SPECIMENS, ids=_ids)


class MediaContract:
    """Behaviours of the media port."""

    @each_specimen
    def test_what_it_is_is_told_by_its_bytes(self, media: Media, specimen: Specimen) -> None:
        """Container, streams, size as shown, rotation, spacing, duration."""
        with as_file(specimen.data()) as source:
            info = media.probe(source, label=specimen.name)
        assert info.container == specimen.container
        assert kind_of(info) is ItemKind.RECORDING
        assert (info.video is not None, info.audio is not None) == (
            bool(specimen.film.pictures),
            bool(specimen.film.sounds),
        )
        assert bool(info.warnings) == specimen.warned
        if info.video is not None:
            size = (HEIGHT, WIDTH) if specimen.rotation % 180 else (WIDTH, HEIGHT)
            assert (info.video.width, info.video.height, info.video.rotation) == (*size, specimen.rotation)
            assert info.video.variable == specimen.variable
        if specimen.change is None:
            ends = [*(end for _, end in specimen.film.sounds), *(t + _FRAME_S for t in specimen.film.pictures[-1:])]
            assert info.duration_s == pytest.approx(max(ends) - specimen.zero_s, abs=0.06)

    @each_specimen
    def test_sound_stands_at_its_media_time(self, media: Media, specimen: Specimen) -> None:
        """Clicks are where the scene had them."""
        with as_file(specimen.data()) as source:
            if not specimen.film.sounds:
                with pytest.raises(EveryAngleError) as raised:
                    media.sound(source, RATE_HZ, label=specimen.name)
                assert raised.value.code == "media-no-sound"
                return
            sound = media.sound(source, RATE_HZ, label=specimen.name)
        heard, wanted = clicks_heard(sound.samples, RATE_HZ), expected_clicks(specimen)
        if specimen.name.endswith(", cut"):
            wanted = wanted[: len(heard)]
            assert heard
        assert heard == pytest.approx(wanted, abs=specimen.sound_within_s)
        assert sound.spans == tuple(sorted(sound.spans))
        assert all(0 <= begin < end <= len(sound.samples) for begin, end in sound.spans)

    @each_specimen
    def test_a_proxy_keeps_the_time_axis(self, media: Media, specimen: Specimen) -> None:
        """Every picture within one frame of its time, every click within 5 ms."""
        data, pictures = proxy_of(media, specimen)
        if specimen.film.pictures:
            shown = shown_times(data, specimen.rotation)
            assert len(shown) == pictures > 0
            off = [time + specimen.zero_s - scene for time, scene in shown]
            assert max(map(abs, off)) <= _FRAME_S
            if specimen.change is None:
                kept = [t for t in specimen.film.pictures if t > specimen.zero_s - 1e-6]
                assert [scene for _, scene in shown] == pytest.approx(kept, abs=0.001)
        if specimen.film.sounds:
            with as_file(data) as source:
                heard = clicks_heard(media.sound(source, RATE_HZ, label="proxy").samples, RATE_HZ)
            wanted = expected_clicks(specimen)[: len(heard)]
            assert heard == pytest.approx(wanted, abs=max(_PROXY_SOUND_S, specimen.sound_within_s))

    def test_a_proxy_is_what_browsers_play(self, media: Media) -> None:
        """H.264 in 4:2:0 and AAC, index first, no dates."""
        data, _ = proxy_of(media, SPECIMENS[0])
        assert data.index(b"moov") < data.index(b"mdat")
        with av.open(io.BytesIO(data)) as container:
            video, audio = container.streams.video[0], container.streams.audio[0]
            assert (video.codec_context.name, video.codec_context.pix_fmt) == ("h264", "yuv420p")
            assert audio.codec_context.name == "aac"
            assert "creation_time" not in container.metadata

    def test_the_same_input_gives_the_same_proxy(self, media: Media) -> None:
        """To the byte."""
        assert proxy_of(media, SPECIMENS[0]) == proxy_of(media, SPECIMENS[0])

    @pytest.mark.parametrize("name", ["plain mp4", "turned by 90", "picture delayed by its edit list"])
    def test_a_filmstrip_shows_what_is_presented_at_its_times(self, media: Media, name: str) -> None:
        """Tile k shows the picture that stands at k steps; black before the first."""
        specimen = next(one for one in SPECIMENS if one.name == name)
        settings = FilmstripSettings(tiles=30, step_s=0.25, columns=4)
        with as_file(specimen.data()) as source:
            strip = media.filmstrip(source, settings, label=name)
        with av.open(io.BytesIO(strip.jpeg), "r", format="jpeg_pipe") as container:
            luma = np.asarray(next(container.decode(video=0)).reformat(format="gray8").to_ndarray(), np.uint8)
        assert strip.count == 12
        for tile in range(strip.count):
            row, column = divmod(tile, strip.columns)
            top, left = row * strip.tile_height, column * strip.tile_width
            pixels = luma[top : top + strip.tile_height, left : left + strip.tile_width]
            time = strip.first_s + tile * strip.step_s
            before = time < specimen.film.pictures[0]
            shown = time_shown(np.rot90(pixels, specimen.rotation // 90))
            assert shown == pytest.approx(0.0 if before else time, abs=_FRAME_S)

    def test_a_photo_is_told_from_a_recording_and_made_small(self, media: Media) -> None:
        """No time, no sound, JPEG without metadata."""
        with as_file(SPECIMENS[0].data()) as source:
            picture = media.photo(source, 96, label="first picture")
        assert (picture.width, picture.height) == (96, 54)
        with as_file(picture.jpeg) as source:
            info = media.probe(source, label="photo.jpg")
            again = media.photo(source, 48, label="photo.jpg")
        assert kind_of(info) is ItemKind.PHOTO
        assert (info.container, info.duration_s, info.audio) == ("jpeg", 0.0, None)
        assert again.width == 48
        assert b"Exif" not in again.jpeg

    @pytest.mark.parametrize("hostile", HOSTILE, ids=_ids)
    def test_what_is_no_recording_gives_an_error_that_names_it(self, media: Media, hostile: Hostile) -> None:
        """With a stable code, and what still holds."""
        with as_file(hostile.make()) as source, pytest.raises(EveryAngleError) as raised:
            media.probe(source, label="IMG_0001.mp4")
        assert raised.value.code == hostile.code
        assert "IMG_0001.mp4" in str(raised.value)
        assert raised.value.holds

    def test_files_one_behind_the_other_become_one_that_can_be_sought_in(self, media: Media) -> None:
        """As long as they fit together; without encoding again; the same bytes each time."""
        first, other = (_live(form, *codecs) for form, codecs in _RECORDERS.items())
        parts = [
            Part(0, len(first), 100.0),
            Part(len(first), len(first), 106.5),
            Part(2 * len(first), len(other), 120.0),
        ]
        made: list[bytes] = []
        for _ in range(2):
            with as_file(first + first + other) as source, tempfile.TemporaryFile() as sink:
                joined = media.remux(source, sink, parts, label="parts")
                sink.seek(0)
                made.append(sink.read())
                sink.seek(0)
                assert media.probe(sink, label="joined").duration_s == pytest.approx(joined.duration_s, abs=0.05)
            assert (joined.parts, joined.media_type) == (2, "video/webm")
            assert joined.duration_s == pytest.approx(8.5, abs=0.1)  # the second begins where it is said to
        assert made[0] == made[1]
        with as_file(first + first + other) as source, tempfile.TemporaryFile() as sink:
            rest = media.remux(source, sink, parts[2:], label="parts")
            assert (rest.parts, rest.media_type) == (1, "video/mp4")
        with as_file(b"no film at all") as source, tempfile.TemporaryFile() as sink, pytest.raises(BadInputError):
            media.remux(source, sink, [Part(0, 14, 0.0)], label="parts")

    def test_the_file_position_is_not_touched(self, media: Media) -> None:
        """Several may read one file at once."""
        with as_file(SPECIMENS[0].data()) as source:
            source.seek(17)
            media.probe(source, label="plain")
            assert source.tell() == 17

    def test_recipes_name_operation_libraries_and_parameters(self, media: Media) -> None:
        """They are what caches are keyed by."""
        assert media.recipe("sound", rate_hz=8000) != media.recipe("sound", rate_hz=16000)
        assert media.recipe("sound", rate_hz=8000).startswith("sound/")
        assert "libavcodec-" in media.recipe("probe")
