"""A made folder is read as what it is: the pair's truth there is that of the clocks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.syncing.sets import read_set

from everyangle.testing.collection.make import make


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("made")
    make(5, "easy", 5, folder, processes=1)
    return folder


def test_a_made_folder_is_read_with_its_truth(folder: Path) -> None:
    made = read_set(folder)
    said = json.loads((folder / "truth.json").read_bytes())
    assert [clip.path.is_file() for clip in made.clips] == [True] * 5
    assert {pair["a"] for pair in said["pairs"]} <= set(made.truth.recordings)
    assert made.truth.pairs
    for pair, row in zip(made.truth.pairs, said["pairs"], strict=True):
        assert pair.overlap_s == pytest.approx(row["overlap_s"], abs=0.001)
        apart = pair.a.media(pair.middle_s) - pair.b.media(pair.middle_s)
        assert apart == pytest.approx(row["offset_s"], abs=1e-5)
        # Aligned on a source, b's clock is off by its delay to b less that to a.
        shifts = [s["delay_s"][1] - s["delay_s"][0] for s in row["sources"]]
        assert all(pair.beyond(shift) < 1e-4 for shift in shifts)


def test_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "truth.json").write_text('{"format": "something/1"}')
    with pytest.raises(ValueError, match=r"expected everyangle\.collection-truth/1"):
        read_set(tmp_path)
