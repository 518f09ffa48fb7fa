"""The catalogue on SQLite, in a file and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from everyangle.adapters.catalogue_sql import SqlCatalogue
from everyangle.ports.catalogue import Catalogue
from everyangle.testing.catalogue_contract import CatalogueContract, fill, sample_log


class TestSqliteFile(CatalogueContract):
    @pytest.fixture
    def catalogue(self, tmp_path: Path) -> Iterator[Catalogue]:
        catalogue = SqlCatalogue(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")
        yield catalogue
        catalogue.close()


class TestSqliteMemory(CatalogueContract):
    @pytest.fixture
    def catalogue(self) -> Iterator[Catalogue]:
        catalogue = SqlCatalogue("sqlite://")
        yield catalogue
        catalogue.close()


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100, b"SQLite format 3\x00" + b"\x00" * 2000])
def test_a_damaged_file_is_a_new_catalogue(tmp_path: Path, damage: bytes) -> None:
    place = tmp_path / "catalogue.sqlite"
    place.write_bytes(damage)
    catalogue = SqlCatalogue(f"sqlite:///{place}")
    assert catalogue.position() is None
    fill(catalogue, sample_log())
    assert len(catalogue.items()) == 2
    catalogue.close()


def test_what_was_taken_in_is_there_after_reopening(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    first = SqlCatalogue(url)
    fill(first, sample_log())
    first.close()
    second = SqlCatalogue(url)
    assert second.head().id == "0" * 32
    second.close()
