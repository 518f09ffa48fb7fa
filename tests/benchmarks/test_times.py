from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

from benchmarks.accounting.parts import PARTS, Given
from benchmarks.accounting.times import Score, is_reporting, measured, parsed, score
from benchmarks.accounting.times_peers import PEERS
from benchmarks.peers import environment

INVENTED = """<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2031-04-16">April 16, 2031</TIMEX3></DCT>
<TEXT>It was <EVENT eid="e1">over</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2031-04-15">Tuesday</TIMEX3> &amp;
quiet <TIMEX3 tid="t2" type="DURATION" value="PT25M">for 25 minutes</TIMEX3>.</TEXT></TimeML>"""


def test_offsets_count_in_the_text_without_marks() -> None:
    document = parsed("invented.tml", INVENTED)
    assert document.created == "2031-04-16"
    assert [(document.text[start:end], value) for start, end, value in document.gold] == [
        ("Tuesday", "2031-04-15"),
        ("for 25 minutes", "PT25M"),
    ]


def test_what_is_read_right_scores_full_marks() -> None:
    assert measured([parsed("invented.tml", INVENTED)]) == Score(2, 2, 2, 2)


def test_each_expression_is_paired_once() -> None:
    assert score([(0, 10, "a")], [(0, 4, "a"), (5, 9, "a")]) == Score(1, 2, 1, 1)
    assert score([(0, 4, "a"), (5, 9, "a")], [(0, 10, "a")]) == Score(2, 1, 1, 1)
    assert score([(0, 4, "a")], [(4, 8, "a")]) == Score(1, 1, 0, 0)


def test_a_wrong_value_counts_as_overlap_only() -> None:
    result = score([(0, 4, "a"), (5, 9, "b")], [(0, 4, "x"), (5, 9, "b")])
    assert (result.relaxed_f1, result.value_f1) == (100, 50)


def given(folder: Path, *, peers: bool) -> Given:
    name = next(f"invented-{n}.tml" for n in range(9) if is_reporting(f"invented-{n}.tml"))
    (folder / "TimeBank").mkdir()
    (folder / "TimeBank" / name).write_text(INVENTED, encoding="utf-8")
    return Given(folder, folder, folder, folder / "keep", development=False, peers=peers)


def test_the_table_of_dates_has_the_own_figures_and_those_on_the_corpus(tmp_path: Path) -> None:
    asked = given(tmp_path, peers=False)
    told = PARTS["dates"](asked)
    assert "1 documents, 2 expressions" in told
    assert "| Every Angle | 100.0 | 100.0 |" in told
    assert "| the same, on the corpus |" in told
    assert asked.found["dates"] == 100


def test_a_peer_of_dates_that_cannot_run_is_told_with_why(tmp_path: Path) -> None:
    for name in PEERS:
        pins = (Path(environment.__file__).parent / f"{name}.txt").read_bytes()
        folder = tmp_path / "keep" / "peers" / name
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "python").symlink_to(sys.executable)
        (folder / "everyangle.stamp").write_text(hashlib.sha256(sys.version.encode() + pins).hexdigest())
    rows = [row for row in PARTS["dates"](given(tmp_path, peers=True)).splitlines() if "not measured" in row]
    assert len(rows) == len(PEERS)


def test_the_table_of_speakers_counts_the_corpus_speakers(tmp_path: Path) -> None:
    told = PARTS["speakers"](Given(tmp_path, tmp_path, tmp_path, tmp_path, development=True, peers=False))
    figures = re.findall(r"\| (\d+\.\d) % \| (\d+) \|", told)
    assert len(figures) == 3
    assert all(float(share) > 30 and int(count) > 300 for share, count in figures)
