"""Real material: checked before it is used, halved between development and reporting, and never needed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from benchmarks.syncing import material
from benchmarks.syncing.material import PACKAGES, Real, bring_in, digest, group_of, manner_of, material_for

from everyangle.testing.collection.material import MATERIAL_HZ, Synthesized

TONE_HZ = 100.0
"""How far apart the tones are that stand for words."""


@pytest.fixture(scope="module")
def keep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache in which six voices, six songs and eight panes of glass lie, each sound a number of its own."""
    keep: Path = tmp_path_factory.mktemp("keep")
    folder = keep / "material" / digest()
    folder.mkdir(parents=True)
    names = [f"{kind} {n}" for kind in ("voice", "song") for n in range(6)] + ["sound glass"]
    index, t = {}, np.arange(MATERIAL_HZ // 2) / MATERIAL_HZ
    for number, name in enumerate(names):
        pieces = [np.full(MATERIAL_HZ // 2, 100 * number + n + 1, np.int16) for n in range(8)]
        if name.startswith("voice"):
            pieces = [np.round(9000 * np.sin(2 * np.pi * TONE_HZ * (n + 5) * t)).astype(np.int16) for n in range(8)]
        np.save(folder / f"{number}.npy", np.concatenate(pieces))
        index[name] = {"file": f"{number}.npy", "ends": [(n + 1) * MATERIAL_HZ // 2 for n in range(8)]}
    (folder / "index.json").write_text(json.dumps(index))
    return keep


def _both(keep: Path) -> tuple[Real, Real]:
    one, other = material_for(11, keep), material_for(10_011, keep)
    assert isinstance(one, Real)
    assert isinstance(other, Real)
    return one, other


def test_no_song_is_played_to_both_development_and_reporting_seeds(keep: Path) -> None:
    played = [{float(real.track(n).samples[0]) for n in range(200)} for real in _both(keep)]
    assert len(played[0]) == len(played[1]) == 3
    assert not played[0] & played[1]


def test_no_pane_breaks_for_both(keep: Path) -> None:
    broken = [{float(np.median(real.sound("glass", n))) for n in range(200)} for real in _both(keep)]
    assert len(broken[0]) == len(broken[1]) == 4
    assert not broken[0] & broken[1]


def test_a_talker_keeps_a_voice_and_a_number_its_words(keep: Path) -> None:
    real = _both(keep)[0]
    assert np.array_equal(real.words(5, 1, 2.0), real.words(5, 1, 2.0))
    assert 2.0 <= len(real.words(5, 1, 2.0)) / MATERIAL_HZ <= 2.6
    assert hash(real) == hash(_both(keep)[0])


def test_no_two_of_96_incidents_could_say_the_same_at_one_speed(keep: Path) -> None:
    assert len({manner_of(incident) for incident in range(96)}) == 96
    real, heard = _both(keep)[0], []
    for incident in (3, 35):
        said = np.concatenate([real.words(100 * incident + n, n, 0.3) for n in range(40)])
        hz = np.abs(np.fft.rfft(said[: 8 * MATERIAL_HZ]))
        speed = manner_of(incident)[0]
        heard.append(
            {n for n in range(24) if hz[round(8 * TONE_HZ * (n + 5) * speed) - 8 :][:32].max() > 0.2 * hz.max()}
        )
    assert heard[0]
    assert heard[1]
    assert not heard[0] & heard[1]


def test_what_there_is_no_recording_of_is_synthesized(keep: Path) -> None:
    assert np.array_equal(_both(keep)[0].sound("bark", 3), Synthesized().sound("bark", 3))


def test_a_package_that_is_not_the_one_named_is_not_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "packages" / f"{PACKAGES[0].name}.deb"
    path.parent.mkdir()
    path.write_bytes(b"something else")
    with pytest.raises(ValueError, match=hashlib.sha256(b"something else").hexdigest()):
        bring_in(tmp_path)
    assert material_for(11, tmp_path) == Synthesized()
    assert "everything is synthesized" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("package", "path", "group"),
    [
        ("asterisk-core-sounds-fr-g722", "usr/share/asterisk/sounds/fr/vm-one.g722", "voice fr"),
        ("asterisk-core-sounds-fr-g722", "usr/share/asterisk/sounds/fr/silence/1.g722", None),
        ("fillets-ng-data-cs", "usr/share/games/city/cs/vit-m-one.ogg", "voice cs-m"),
        ("minetest-data", "usr/share/doors_door_open.ogg", "sound slam"),
        ("minetest-data", "usr/share/env_sounds_water.1.ogg", None),
        ("wesnoth-1.16-music", "usr/share/music/wanderer.ogg", "song wesnoth-1.16-music wanderer"),
    ],
)
def test_a_file_belongs_to_the_speaker_the_song_or_the_kind_that_it_holds(
    package: str, path: str, group: str | None
) -> None:
    assert group_of(Path(path), package) == group


def test_every_package_is_named_with_its_digest_where_licences_are_told() -> None:
    told = (Path(material.__file__).parents[2] / "docs" / "third-party.md").read_text(encoding="utf-8")
    for package in PACKAGES:
        assert package.name in told
        assert package.sha256 in told
