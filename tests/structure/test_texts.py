"""What must not be in the tree, and what must parse and resolve."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import jsonschema
import pytest

FORBIDDEN = (
    r"pypi\.[o]rg",
    r"python[h]osted",
    r"registry\.[n]pmjs",
    r"(?<![\w.~-])/[w]ork/",
    r"/opt/[pw]",
    r"sub[a]gent",
    r"\b[Ii]ssue #?\d",
)
"""Addresses of package registries (users may have their own) and traces of the places where the code was written."""

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def links(text: str) -> Iterator[str]:
    """Yield the targets of a Markdown page's links and pictures, code left out."""
    return (match[1] for match in LINK.finditer(FENCE.sub("", text)))


def anchors(text: str) -> set[str]:
    """Return the anchors that a page's headings make, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.+?)\s*$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken_links(page: Path, text: str, root: Path) -> Iterator[str]:
    """Yield the relative links of a page that lead nowhere."""
    for link in links(text):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (root / page).parent / name if name else root / page
        in_page = anchor and target.suffix == ".md"
        if not target.exists() or (in_page and anchor not in anchors(target.read_text(encoding="utf-8"))):
            yield f"{page}: {link}"


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_file_names_a_registry_or_a_workplace(texts: Mapping[Path, str], pattern: str) -> None:
    found = [path for path, text in texts.items() if re.search(pattern, text)]
    assert found == []


def test_every_json_file_parses(texts: Mapping[Path, str]) -> None:
    for path, text in texts.items():
        if path.suffix == ".json":
            json.loads(text)


def test_every_json_schema_is_one(texts: Mapping[Path, str]) -> None:
    schemas = [json.loads(text) for path, text in texts.items() if path.name.endswith(".schema.json")]
    for schema in schemas:
        jsonschema.validators.validator_for(schema).check_schema(schema)
    assert schemas


def test_every_link_between_pages_leads_somewhere(texts: Mapping[Path, str], root: Path) -> None:
    broken = [link for page, text in texts.items() if page.suffix == ".md" for link in broken_links(page, text, root)]
    assert broken == []


def test_a_link_to_nowhere_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "there.md").write_text("# Two words\n")
    text = (
        "[a](there.md) [b](there.md#two-words) [c](gone.md) [d](there.md#three) ![e](gone.png) [f](https://example.org)"
    )
    found = list(broken_links(Path("page.md"), text, tmp_path))
    assert found == ["page.md: gone.md", "page.md: there.md#three", "page.md: gone.png"]


def test_every_decision_is_listed(texts: Mapping[Path, str]) -> None:
    index = texts[Path("docs/adr/README.md")]
    decisions = [path.name for path in texts if path.parent == Path("docs/adr") and path.name != "README.md"]
    assert sorted(set(links(index))) == sorted(decisions)
    assert [int(name[:4]) for name in sorted(decisions)] == list(range(1, len(decisions) + 1))


def test_the_changelog_has_a_place_for_what_is_new(texts: Mapping[Path, str]) -> None:
    assert "\n## Unreleased\n" in texts[Path("CHANGELOG.md")]
