"""What every reader of documents must do. Subclass :class:`DocumentsContract` and give it a ``documents`` fixture."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tempfile
import textwrap
import zipfile
from collections.abc import Sequence

import pytest

from everyangle.core.accounts import AccountDocument
from everyangle.core.errors import EveryAngleError
from everyangle.core.ids import Digest
from everyangle.core.kinds import HEAD_BYTES, document_type
from everyangle.ports.documents import Documents, DocumentsRead, Original
from everyangle.testing import documents_made as made

ADDRESS = "https://post.example/2031/05/04/driver-held"


def read(documents: Documents, data: bytes, name: str) -> DocumentsRead:
    """Return what a file of some bytes and some name says, its kind told as in a case."""
    media_type = document_type(data[:HEAD_BYTES], name)
    assert media_type is not None, name
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return documents.read(file, Original(name, Digest(hashlib.sha256(data).hexdigest()), media_type))


def one(documents: Documents, data: bytes, name: str) -> AccountDocument:
    """Return the one document in a file that is read without any notice."""
    found = read(documents, data, name)
    assert [notice.code for notice in found.notices] == []
    (document,) = found.documents
    return document


def codes(documents: Documents, data: bytes, name: str) -> list[str]:
    """Return the codes of the notices with which a file is read, or of the error with which it is refused."""
    try:
        return [notice.code for notice in read(documents, data, name).notices]
    except EveryAngleError as error:
        refused = error
    assert refused.holds == "The original is kept as received."
    assert name in refused.what
    return [f"refused: {refused.code}"]


def printed(paragraphs: Sequence[str]) -> list[str]:
    """Return paragraphs as a printed page breaks them."""
    return [line for words in paragraphs for line in (*textwrap.wrap(words, 80), "")]


ARTICLE = "\n".join(made.PARAGRAPHS)


class DocumentsContract:
    """Behaviours of a reader of documents."""

    @pytest.mark.parametrize(
        "text",
        [
            "Plain words.\r\n\r\nA second paragraph,\r\n  indented and broken.\r\n",
            "“An odd quote mark, she said. «Другой» 'third\n",
            "השוטר אמר: “לא ראיתי צו”.\nThe officer said: \u202bלא\u202c and left.\n",
            "“Officers broke it 🪟💥👮🏽‍♀️,” he said — 👨‍👩‍👧 watched.\nÅ and A\u030a are two.\n",
            "tab\there\ffeed\u2028line\u0085next\n\n\n",
        ],
        ids=["line-ends", "odd-quotes", "right-to-left", "emoji", "odd-spaces"],
    )
    def test_a_plain_text_is_its_own_canonical_text(self, documents: Documents, text: str) -> None:
        """Nothing is normalized, so that offsets are the file's; only a byte order mark is dropped."""
        assert one(documents, text.encode(), "note.txt").text == text
        assert one(documents, b"\xef\xbb\xbf" + text.encode(), "note.txt").text == text
        assert one(documents, text.encode("utf-16"), "note.txt").text == text

    def test_another_encoding_is_guessed_and_told(self, documents: Documents) -> None:
        """Windows-1252 with curly quotes is what older programs write."""
        text = ARTICLE + "\n"
        found = read(documents, text.encode("cp1252"), "note.txt")
        assert found.documents[0].text == text
        (notice,) = found.notices
        assert (notice.path, notice.code) == ("note.txt", "encoding-guessed")
        assert "cp1252" in notice.message

    def test_a_page_is_its_article_without_clutter(self, documents: Documents) -> None:
        """Paragraphs are lines; navigation, banners, footers and scripts are left out."""
        document = one(documents, made.page().encode(), "saved.html")
        assert document.text.endswith(ARTICLE)
        assert not [word for word in ("cookies", "newsletter", "clutter", "Sport") if word in document.text]
        assert (document.title, document.publisher) == ("Driver held in Orrin Street", "The Example Post")
        assert document.published is not None
        assert (document.published.value, document.published.source) == (
            "2031-05-04T09:30:00+02:00",
            "meta:article:published_time",
        )
        assert (document.language, document.kind) == ("en", "news")

    @pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "iso-8859-1"])
    def test_a_page_is_read_in_the_encoding_that_it_names(self, documents: Documents, charset: str) -> None:
        """Latin-1 is taken for Windows-1252, as browsers do."""
        real = "utf-8" if charset == "utf-8" else "cp1252"
        document = one(documents, made.page(charset=charset).encode(real), "saved.html")
        assert "“We were told to wait, and we waited,” said" in document.text

    def test_a_page_that_names_the_wrong_encoding_is_read_all_the_same(self, documents: Documents) -> None:
        """It says Latin-1 and is UTF-8, or the other way round."""
        for charset, real in (("iso-8859-1", "utf-8"), ("utf-8", "cp1252")):
            found = read(documents, made.page(charset=charset).encode(real), "saved.html")
            assert "“We were told to wait, and we waited,” said" in found.documents[0].text
            assert [notice.code for notice in found.notices] == ["encoding-guessed"]

    @pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
    def test_a_page_saved_in_one_file_is_read(self, documents: Documents, charset: str) -> None:
        """MHTML: quoted or base64, with its pictures, in any encoding."""
        real = "utf-8" if charset == "utf-8" else "cp1252"
        html = made.page(charset=charset)
        document = one(documents, made.mhtml(html, real), "saved.mhtml")
        assert document.text.endswith(ARTICLE)
        assert document.publisher == "The Example Post"

    @pytest.mark.parametrize("packed", [True, False])
    def test_each_page_of_a_web_archive_is_a_document(self, documents: Documents, packed: bool) -> None:
        """Pictures, requests and the same page again are passed over."""
        pages = [(f"{ADDRESS}/{n}", made.page(made.PARAGRAPHS[n:]).encode()) for n in (0, 1, 0)]
        data = made.warc(pages, packed=packed)
        found = read(documents, data, "saved.warc.gz" if packed else "saved.warc")
        name = "saved.warc.gz" if packed else "saved.warc"
        assert [document.path for document in found.documents] == [f"{name}#{ADDRESS}/{n}" for n in (0, 1)]
        assert {document.digest for document in found.documents} == {hashlib.sha256(data).hexdigest()}
        assert found.documents[0].text.endswith(ARTICLE)

    def test_an_archived_page_without_a_date_has_that_of_its_saving(self, documents: Documents) -> None:
        """With its source, since it is only the latest that it can be."""
        bare = made.page().replace('<meta property="article:published_time" content="2031-05-04T09:30:00+02:00">', "")
        (document,) = read(documents, made.warc([("https://post.example/a", bare.encode())]), "a.warc.gz").documents
        assert document.published is not None
        assert (document.published.value, document.published.source) == ("2031-05-06T18:20:00Z", "warc-date")

    def test_of_a_packed_archive_the_pages_that_it_lists_count(self, documents: Documents) -> None:
        """WACZ lists what a person visited; frames and advertisements are archived, too."""
        pages = [(f"{ADDRESS}/{n}", made.page(made.PARAGRAPHS[n:]).encode()) for n in (0, 1, 2)]
        data = made.wacz([made.warc(pages[:2]), made.warc(pages[2:])], [pages[1][0], pages[2][0]])
        found = read(documents, data, "saved.wacz")
        assert [document.path.partition("#")[2] for document in found.documents] == [pages[1][0], pages[2][0]]

    def test_a_printed_document_is_read_in_paragraphs(self, documents: Documents) -> None:
        """Broken lines are joined, also over the end of a page; running heads and page numbers are left out."""
        lines = printed(made.PARAGRAPHS)
        half = lines.index("") + 2
        head = "The Example Post, Orrin Street dossier"
        pages = [
            [head, "", *lines[:half], "", "Page 1"],
            [head, "", *lines[half:], "Page 2"],
            [head, "", *lines, "Page 3"],
        ]
        document = one(documents, made.pdf(pages, "/Title (Notice) /CreationDate (D:20310505080000+02'00')"), "n.pdf")
        assert document.text == f"{ARTICLE}\n{ARTICLE}"
        assert (document.title, document.published and document.published.value) == (
            "Notice",
            "2031-05-05T08:00:00+02:00",
        )
        assert document.published is not None
        assert document.published.source == "pdf creation date"

    def test_a_word_document_is_read_with_its_tables(self, documents: Documents) -> None:
        """A row is a line; the properties give title, author and date."""
        cells = "".join(f"<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>" for cell in ("19:53", "Unit 4 arrived"))
        data = made.docx(made.PARAGRAPHS, "Notice", f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
        document = one(documents, data, "notice.docx")
        assert document.text == f"{ARTICLE}\n19:53 | Unit 4 arrived"
        assert (document.title, document.author) == ("Notice", "Ruth Immel")
        assert document.published is not None
        assert document.published.source == "docx created"

    def test_tracked_changes_are_read_as_accepted_and_told(self, documents: Documents) -> None:
        """What was inserted counts, what was deleted does not."""
        run = "<w:r><w:t>{}</w:t></w:r>"
        changed = f"<w:ins>{run.format('he saw no warrant')}</w:ins>"
        deleted = "<w:del><w:r><w:delText>he saw a warrant</w:delText></w:r></w:del>"
        body = f"<w:p>{run.format('The officer said ')}{deleted}{changed}{run.format('.')}</w:p>"
        found = read(documents, made.docx([], body=body), "notice.docx")
        assert found.documents[0].text == "The officer said he saw no warrant."
        assert [notice.code for notice in found.notices] == ["tracked-changes"]

    def test_markdown_is_read_without_its_marks(self, documents: Documents) -> None:
        """Broken lines are joined; the fields before the text are its facts."""
        text = (
            "---\ntitle: Notice\nauthor: Ruth Immel\ndate: 2031-05-04\n---\n# The *notice*\n\nThe agency **declined**\n"
            "to [comment](https://a.example/x).\n\n> “We waited,”\n> she said.\n\n- one point\n- another\n\n"
            "```\nraw *text*\n```\n"
        )
        document = one(documents, text.encode(), "notice.md")
        assert document.text.split("\n") == [
            "The notice",
            "The agency declined to comment.",
            "“We waited,” she said.",
            "one point",
            "another",
            "raw *text*",
        ]
        assert (document.title, document.author) == ("Notice", "Ruth Immel")
        assert document.published is not None
        assert (document.published.value, document.published.source) == ("2031-05-04", "front matter date")

    @pytest.mark.parametrize("name", ["talk.srt", "talk.vtt"])
    def test_subtitles_are_read_in_turns_with_their_times(self, documents: Documents, name: str) -> None:
        """A sentence that goes on in the next subtitle is in one line; the times cover the words."""
        comma, head = ("," if name == "talk.srt" else "."), ("" if name == "talk.srt" else "WEBVTT Town hall\n\n")
        cues = [
            ("00:00:01{}000 --> 00:00:04{}500", "MARON: We were told to wait,"),
            ("00:00:04{}500 --> 00:00:06{}000", "and we <i>waited</i>."),
            ("00:00:06{}000 --> 00:00:09{}000", "HARGRAVE: No comment."),
        ]
        body = "".join(f"{n}\n{times.format(comma, comma)}\n{words}\n\n" for n, (times, words) in enumerate(cues, 1))
        document = one(documents, (head + body).encode(), name)
        assert document.text == "MARON: We were told to wait, and we waited.\nHARGRAVE: No comment."
        assert document.kind == "subtitles"
        spoken = [(document.text[slice(*t.span)], t.start_s, t.end_s, t.speaker) for t in document.timed]
        assert spoken == [
            ("We were told to wait,", 1.0, 4.5, "MARON"),
            ("and we waited.", 4.5, 6.0, "MARON"),
            ("No comment.", 6.0, 9.0, "HARGRAVE"),
        ]

    @pytest.mark.parametrize("own", [True, False])
    def test_transcripts_are_read_with_their_times(self, documents: Documents, own: bool) -> None:
        """Whisper's form and the plain one."""
        start, end = ("start_s", "end_s") if own else ("start", "end")
        segments = [
            {start: 0.0, end: 2.5, "text": " Nobody came to the car,", "speaker": "Ilse Maron"},
            {start: 2.5, end: 4.0, "text": " she said.", "speaker": "Ilse Maron"},
        ]
        about = (
            {"format": "everyangle.transcript/1", "title": "Call", "published": "2031-05-04"} if own else {"text": "…"}
        )
        data = json.dumps({**about, "language": "en", "segments": segments}).encode()
        document = one(documents, data, "call.json")
        assert document.text == "Ilse Maron: Nobody came to the car, she said."
        assert [(document.text[slice(*t.span)], t.start_s) for t in document.timed] == [
            ("Nobody came to the car,", 0.0),
            ("she said.", 2.5),
        ]
        assert (document.kind, document.language, document.title) == ("transcript", "en", "Call" if own else "")

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            (ARTICLE, "en"),
            (
                "Die Behörde erklärte, dass der Mann nicht auf die Fragen der Beamten geantwortet hat und es war so.",
                "de",
            ),
            ("L'agence a déclaré que les agents ont attendu dans la rue et que le mandat est sur la vitre.", "fr"),
            ("Агентство сообщило, что офицеры ждали около двадцати минут у машины.", "ru"),
            ("الوكالة قالت إن الضباط انتظروا نحو خمس وعشرين دقيقة بجانب السيارة", "ar"),
            ("警方表示,警员在车旁等了大约二十五分钟。", "zh"),
            ("19:53 21:04", ""),
        ],
        ids=["en", "de", "fr", "ru", "ar", "zh", "none"],
    )
    def test_the_language_is_told(self, documents: Documents, text: str, language: str) -> None:
        """By script and commonest words; nothing is guessed from too little."""
        assert one(documents, (text + "\n").encode(), "note.txt").language == language

    @pytest.mark.parametrize(
        ("data", "name", "told"),
        [
            (b" \n\t\n", "a.txt", "refused: document-empty"),
            (b"# \n\n---\n", "a.md", "refused: document-empty"),
            (b"<html><body></body></html>", "a.html", "refused: document-unreadable"),
            (b"<div>" * 100_000, "a.html", "refused: document-unreadable"),
            (made.page().encode()[:820], "a.html", "document-cut-off"),
            (
                made.page((made.PARAGRAPHS[0], "Subscribe to continue reading.")).encode(),
                "a.html",
                "document-behind-a-wall",
            ),
            (
                b"From: x\nContent-Type: multipart/related; boundary=x\n\n--x\n",
                "a.mhtml",
                "refused: document-unreadable",
            ),
            (made.warc([(ADDRESS, made.page().encode())])[:900], "a.warc.gz", "document-cut-off"),
            (made.warc([(ADDRESS, made.page().encode())])[:300], "a.warc.gz", "refused: document-unreadable"),
            (made.warc([(ADDRESS, b"x")], status="404 Not Found"), "a.warc.gz", "refused: document-unreadable"),
            (made.wacz([], [ADDRESS]), "a.wacz", "refused: document-unreadable"),
            (made.wacz([made.warc([(ADDRESS, made.page().encode())])])[:800], "a.wacz", "refused: document-unreadable"),
            (made.picture_pdf(), "a.pdf", "refused: document-image-only"),
            (made.pdf([printed(made.PARAGRAPHS), []]), "a.pdf", "pages-without-text"),
            (made.encrypted_pdf(), "a.pdf", "refused: document-encrypted"),
            (made.pdf([printed(made.PARAGRAPHS)])[:900], "a.pdf", "refused: document-unreadable"),
            (b"%PDF-1.7\n" + bytes(range(256)) * 40, "a.pdf", "refused: document-unreadable"),
            (made.docx(made.PARAGRAPHS)[:700], "a.docx", "refused: document-unreadable"),
            (made.docx([]), "a.docx", "refused: document-empty"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx", "refused: document-type-unread"),
            (b"{\\rtf1 words}", "a.rtf", "refused: document-type-unread"),
            (b"1\n00:00:xx --> 00:00:04,000\nwords\n", "a.srt", "refused: document-unreadable"),
            (
                b"2\n00:00:09,000 --> 00:00:10,000\nb\n\n1\n00:00:01,000 --> 00:00:02,000\na\n",
                "a.srt",
                "times-backwards",
            ),
            (b'{"segments": [{"start": 0, "end"', "a.json", "refused: document-unreadable"),
            (b'{"segments": [{"start": "0", "end": 1, "text": "x"}]}', "a.json", "refused: document-unreadable"),
            (b'{"segments": [{"start": NaN, "end": 1, "text": "x"}]}', "a.json", "refused: document-unreadable"),
            (b'{"id": "abc", "title": "a video"}', "a.json", "refused: document-type-unread"),
            (b"[" * 200_000, "a.json", "refused: document-unreadable"),
        ],
        ids=lambda value: value.removeprefix("refused: ") if isinstance(value, str) else "",
    )
    def test_what_is_broken_is_read_with_a_word_or_refused_with_one(
        self, documents: Documents, data: bytes, name: str, told: str
    ) -> None:
        """And the next document is read."""
        assert codes(documents, data, name) == [told]
        assert one(documents, ARTICLE.encode(), "note.txt").text == ARTICLE

    def test_what_unpacks_to_too_much_is_refused(self, documents: Documents) -> None:
        """Bombs: of zeros in a Word document, of entities in its XML, of zeros in web archives."""
        zeros = io.BytesIO()
        with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(3):
                packed.writestr(f"word/{number}.xml", bytes(100_000_000))
        assert codes(documents, zeros.getvalue(), "a.docx") == ["refused: document-too-large"]

        bomb = made.docx(["&e9;"])
        entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
        told = codes(documents, _with_doctype(bomb, f"<!DOCTYPE w [{entities}]>"), "a.docx")
        assert told in (["refused: document-unreadable"], ["refused: document-empty"])

        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
        page = http + gzip.compress(bytes(270_000_000), 9)
        record = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {ADDRESS}\r\nWARC-Date: 2031-05-06T18:20:00Z\r\n"
        record += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
        data = gzip.compress(record.encode() + page + b"\r\n\r\n")
        assert codes(documents, data, "a.warc.gz") == ["refused: document-too-large"]

    def test_outside_entities_are_never_fetched(self, documents: Documents) -> None:
        """A document cannot make the reader open other files."""
        data = _with_doctype(
            made.docx(["before &secret; after"]), '<!DOCTYPE w [<!ENTITY secret SYSTEM "/etc/passwd">]>'
        )
        try:
            text = read(documents, data, "a.docx").documents[0].text
        except EveryAngleError as error:
            text = str(error)
        assert "root:" not in text

    def test_a_large_page_is_read_where_pictures_make_it_large(self, documents: Documents) -> None:
        """Pages that a browser extension saved in one file carry their pictures; 50 MB of words are refused."""
        picture = f'<img src="data:image/png;base64,{"A" * 50_000_000}"><script>{"x" * 1_000_000}</script>'
        document = one(documents, made.page().replace("<article>", f"<article>{picture}").encode(), "saved.html")
        assert document.text.endswith(ARTICLE)
        words = made.page(["Nobody came to the car, she said. " * 30] * 50_000).encode()
        assert len(words) > 50_000_000
        assert codes(documents, words, "saved.html") == ["refused: document-too-large"]

    def test_the_same_bytes_give_the_same_answer(self, documents: Documents) -> None:
        """Twice, whatever was read between."""
        first = read(documents, made.page().encode(), "saved.html")
        read(documents, made.page(made.PARAGRAPHS[2:]).encode(), "other.html")
        assert read(documents, made.page().encode(), "saved.html") == first


def _with_doctype(data: bytes, doctype: str) -> bytes:
    """Return a Word document whose main part declares entities."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as packed:
        for name in source.namelist():
            content = source.read(name).decode()
            packed.writestr(name, doctype + content if name == "word/document.xml" else content)
    return out.getvalue()
