"""Reading in a case: what was read is kept, and only what changed is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from everyangle.accounts.parsed import Parsed
from everyangle.adapters.catalogue_sql import SqlCatalogue
from everyangle.adapters.derived_folder import FolderDerived
from everyangle.adapters.documents_walled import WalledDocuments
from everyangle.adapters.language_lazy import LazyLanguage
from everyangle.adapters.media_pyav import PyavMedia
from everyangle.adapters.work_serial import SerialWork
from everyangle.core.errors import NotFoundError
from everyangle.ports.events import Event, Warned
from everyangle.ports.workbench import Workbench
from everyangle.stages.build import build
from everyangle.stages.examine import Examined, examine
from everyangle.stages.load import load
from everyangle.stages.preserve import add
from everyangle.stages.publish_accounts import accounts_of
from everyangle.stages.read import kept_reading, read_case
from everyangle.testing import documents_made as made
from everyangle.testing.cases import place_below

TEXT = "“We waited,” Dorit Selm said. The agency declined to comment.\n"


class Counting:
    """A parser that counts the texts that it was given, or that is not there."""

    language = "en"

    def __init__(self, *, missing: bool = False) -> None:
        self._inner, self._missing = LazyLanguage(), missing
        self.recipe = self._inner.recipe
        self.texts: list[str] = []

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        if self._missing:
            raise NotFoundError("language-model-missing", "There is no parser.")
        given = list(texts)
        self.texts += given
        return self._inner.parse(given)


@pytest.fixture
def told() -> list[Event]:
    return []


@pytest.fixture
def bench(tmp_path: Path, told: list[Event]) -> Iterator[Workbench]:
    case = place_below(tmp_path).new()
    with closing(PyavMedia()) as media, closing(WalledDocuments()) as documents:
        catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
        with closing(catalogue):
            yield Workbench(
                case=case,
                catalogue=catalogue,
                derived=FolderDerived(tmp_path / "derived"),
                media=media,
                documents=documents,
                language=Counting(),
                work=SerialWork(),
                waiting=SerialWork(),
                events=told.append,
            )


def received(bench: Workbench, folder: Path, **files: bytes) -> Sequence[Examined]:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
        add(bench.case, [folder / name.replace("__", ".")])
    return load(bench).items


def parsed(bench: Workbench) -> list[str]:
    assert isinstance(bench.language, Counting)
    return bench.language.texts


def test_only_what_is_new_is_read(bench: Workbench, tmp_path: Path) -> None:
    first = received(bench, tmp_path / "in", a__txt=TEXT.encode())
    reading = read_case(first, bench)
    assert {"“We waited,”", "to comment"} <= {one.content.text for one in reading.documents[0].statements}
    assert read_case(first, bench) == reading
    assert len(parsed(bench)) == 1
    second = received(bench, tmp_path / "in", b__html=made.page().encode(), scan__pdf=made.picture_pdf())
    again = read_case(second, bench)
    assert len(parsed(bench)) == 2
    assert again.documents[0] == reading.documents[0]
    assert kept_reading(second, bench) == again
    assert len(parsed(bench)) == 2


def test_for_whom_a_person_speaks_may_be_told_by_a_document_that_came_later(bench: Workbench, tmp_path: Path) -> None:
    alone = "“We waited,” Ilse Maron said.\n"
    first = read_case(received(bench, tmp_path / "in", a__txt=alone.encode()), bench)
    again = read_case(received(bench, tmp_path / "in", b__html=made.page().encode()), bench)
    parties = [reading.documents[0].statements[0].speaker for reading in (first, again)]
    assert [speaker and speaker.party for speaker in parties] == [None, "witnesses"]


def test_a_document_that_goes_by_another_name_is_not_read_again(bench: Workbench, tmp_path: Path) -> None:
    items = received(bench, tmp_path / "in", a__txt=TEXT.encode())
    reading = read_case(items, bench)
    renamed = [replace(one, documents=tuple(replace(d, path="b.txt") for d in one.documents)) for one in items]
    again = read_case(renamed, bench)
    assert again.documents[0].document.path == "b.txt"
    assert again.documents[0].statements == reading.documents[0].statements
    assert len(parsed(bench)) == 1


def test_what_is_kept_and_damaged_is_read_anew(bench: Workbench, tmp_path: Path) -> None:
    items = received(bench, tmp_path / "in", a__txt=TEXT.encode())
    reading = read_case(items, bench)
    for path in (tmp_path / "derived").rglob("*"):
        if path.is_file() and b"everyangle.statements/1" in path.read_bytes()[:100]:
            path.write_bytes(path.read_bytes().replace(b"We waited", b"We prayed", 1))
    assert read_case(items, bench) == reading
    assert len(parsed(bench)) == 2


def test_without_a_parser_the_build_goes_on_and_says_so(bench: Workbench, tmp_path: Path, told: list[Event]) -> None:
    received(bench, tmp_path / "in", a__txt=TEXT.encode())
    without = replace(bench, language=Counting(missing=True))
    view = build(without)
    assert view.items[0].text == TEXT
    assert "language-model-missing" in [event.code for event in told if isinstance(event, Warned)]
    assert kept_reading(view.items, without).documents[0].statements == ()
    build(bench)
    assert kept_reading(view.items, bench).documents[0].statements != ()


def test_without_a_parser_a_dossier_shows_no_accounts(bench: Workbench, tmp_path: Path, told: list[Event]) -> None:
    release = b"PRESS RELEASE\nHarbour Police\n\nOur officers waited for ten minutes. Nobody was hurt.\n"
    received(bench, tmp_path / "in", a__txt=release)
    without = replace(bench, language=Counting(missing=True))
    found = accounts_of(build(without), without)
    assert found is None or found.statements == ()
    assert "language-model-missing" in [event.code for event in told if isinstance(event, Warned)]
    shown = accounts_of(build(bench), bench)
    assert shown is not None
    assert "Our officers waited for ten minutes." in [one.statement.content.text for one in shown.statements]


def test_a_document_is_examined_once_and_named_as_it_was_received(bench: Workbench, tmp_path: Path) -> None:
    pages = [(f"https://post.example/{n}", made.page(made.PARAGRAPHS[n:]).encode()) for n in (0, 1)]
    (item,) = received(bench, tmp_path / "in", a__wacz=made.wacz([made.warc(pages)]))
    assert [one.path for one in item.documents] == [f"a.wacz#{address}" for address, _ in pages]
    assert item.text is not None
    assert item.text.count("Ilse Maron") == 2
    assert examine([item.item], bench) == (item,)


def test_a_build_warns_of_what_was_read_with_a_fault(bench: Workbench, tmp_path: Path, told: list[Event]) -> None:
    received(bench, tmp_path / "in", cut__html=made.page().encode()[:820])
    build(bench)
    assert "document-cut-off" in [event.code for event in told if isinstance(event, Warned)]
