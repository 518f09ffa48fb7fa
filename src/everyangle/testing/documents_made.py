"""Documents of every kind made from lines of text, whole and broken, for tests. Everything in them is invented."""

from __future__ import annotations

import base64
import gzip
import io
import zipfile
import zlib
from collections.abc import Sequence

PARAGRAPHS = (
    "A driver was held in Orrin Street on Saturday evening after a stop that, by one account, lasted about 25 minutes.",
    "“We were told to wait, and we waited,” said Ilse Maron, who filmed from her window. “Nobody came to the car.”",
    "The agency declined to comment. Its spokesman, Pell Hargrave, had said that a warrant was shown at once.",
    "The family's lawyer denied that any paper was held up to the glass before the window broke.",
)
"""An article in four paragraphs, in English."""


def page(paragraphs: Sequence[str] = PARAGRAPHS, head: str = "", charset: str = "utf-8") -> str:
    """Return a saved page with an article, and clutter around it."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="{charset}"><title>Driver held in Orrin Street - The Example Post</title>
<meta property="og:site_name" content="The Example Post">
<meta property="article:published_time" content="2031-05-04T09:30:00+02:00">{head}</head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><div class="cookie-banner">We use cookies.</div>
<article><h1>Driver held in Orrin Street</h1>
{body}
</article><footer>Subscribe to our newsletter</footer><script>alert("clutter")</script></body></html>
"""


def pdf(pages: Sequence[Sequence[str]], info: str = "", trailer: str = "") -> bytes:
    """Return a PDF with lines of text in Helvetica, 15 points apart; an empty line leaves a wider gap.

    Args:
        pages: lines of each page.
        info: entries of the information dictionary, as PDF has them (``/Title (…)``).
        trailer: further entries of the trailer.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        stream = "BT /F1 11 Tf 72 770 Td 15 TL " + " ".join(f"({_escaped(line)}) Tj T*" for line in lines) + " ET"
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        resources = "/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {resources} /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    return _written(objects, f"/Info {len(objects)} 0 R {trailer}")


def encrypted_pdf() -> bytes:
    """Return a PDF that no empty password opens (ISO 32000-1, 7.6.3)."""
    ids = f"/ID [<{'01' * 16}> <{'01' * 16}>]"
    encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'5a' * 32}> /U <{'a5' * 32}> /P -4 >> {ids}"
    return pdf([["Sealed words that nobody should read."]], trailer=encrypt)


def picture_pdf(pages: int = 2) -> bytes:
    """Return a PDF whose pages are pictures, as a scanner makes it."""
    return pdf([[] for _ in range(pages)])


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _written(objects: Sequence[str], trailer: str) -> bytes:
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + content.encode("cp1252") + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write("".join(f"{place:010} 00000 n \n" for place in places).encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def mhtml(html: str, charset: str = "utf-8") -> bytes:
    """Return a page as a browser saves it in one file."""
    encoded = base64.encodebytes(html.encode(charset)).decode()
    return f"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://post.example/2031/05/04/driver-held\r
Subject: Driver held in Orrin Street\r
Date: Tue, 6 May 2031 18:20:00 -0000\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="----MultipartBoundary"\r
\r
\r
------MultipartBoundary\r
Content-Type: text/html; charset={charset}\r
Content-ID: <frame-1@mhtml.blink>\r
Content-Transfer-Encoding: base64\r
Content-Location: https://post.example/2031/05/04/driver-held\r
\r
{encoded}\r
------MultipartBoundary\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
Content-Location: https://post.example/p.png\r
\r
iVBORw0KGgo=\r
------MultipartBoundary--\r
""".encode()


def warc(pages: Sequence[tuple[str, bytes]], *, packed: bool = True, status: str = "200 OK") -> bytes:
    """Return a web archive of pages, each (address, bytes), with a picture and a request between them."""
    records = [_record("warcinfo", "", b"software: hand-made\r\n", "application/warc-fields")]
    for address, data in pages:
        http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(data)}\r\n\r\n"
        records.append(_record("request", address, b"GET / HTTP/1.1\r\n\r\n", "application/http; msgtype=request"))
        records.append(_record("response", address, http.encode() + data, "application/http; msgtype=response"))
        image = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 4\r\n\r\n\x89PNG"
        records.append(_record("response", f"{address}/p.png", image, "application/http; msgtype=response"))
    return b"".join(gzip.compress(record) if packed else record for record in records)


def _record(kind: str, address: str, data: bytes, content_type: str) -> bytes:
    target = f"WARC-Target-URI: {address}\r\n" if address else ""
    head = f"""WARC/1.1\r
WARC-Type: {kind}\r
WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{zlib.crc32(f"{kind} {address}".encode()):012}>\r
WARC-Date: 2031-05-06T18:20:00Z\r
{target}Content-Type: {content_type}\r
Content-Length: {len(data)}\r
\r
"""
    return head.encode() + data + b"\r\n\r\n"


def wacz(archives: Sequence[bytes], listed: Sequence[str] = ()) -> bytes:
    """Return archives packed as WACZ, with a list of pages where there are any."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number, data in enumerate(archives):
            packed.writestr(f"archive/data-{number}.warc.gz", data)
        if listed:
            lines = ['{"format": "json-pages-1.0", "id": "pages"}', *(f'{{"url": "{address}"}}' for address in listed)]
            packed.writestr("pages/pages.jsonl", "\n".join(lines))
    return out.getvalue()


def docx(paragraphs: Sequence[str], title: str = "", body: str = "") -> bytes:
    """Return a Word document.

    Args:
        paragraphs: of the body.
        title: of its properties.
        body: XML that stands behind the paragraphs, with the prefix ``w``.
    """
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "".join(f'<w:p><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>' for words in paragraphs)
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/>'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.'
        'core-properties+xml"/>'
        "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'officeDocument" '
        'Target="word/document.xml"/><Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/'
        'relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
        "<dc:creator>Ruth Immel</dc:creator>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2031-05-05T08:00:00Z</dcterms:created></cp:coreProperties>',
        "word/document.xml": f'<w:document xmlns:w="{name}"><w:body>{text}{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in parts.items():
            packed.writestr(path, content)
    return out.getvalue()
