#!/usr/bin/env python3
"""Checks an Every Angle dossier: one file, no network, nothing to install.

    python3 verify.py [DOSSIER] [--key KEY] [--json]

It needs Python 3.8 or later and nothing else. It reads the dossier's folder (by default the one in which it lies),
changes nothing and runs nothing that it finds there. It shares no code with the software that makes dossiers: it was
written from the description of the formats (docs/formats/dossier.md), so that each can be held against the other.

Exit status: 0 when everything that it can check holds, 1 when something fails, 2 when it could not begin.

What it relies on: SHA-256 and SHA-512 (from Python's hashlib), Ed25519 (RFC 8032, below), Merkle trees (RFC 9162,
below), and signed notes and checkpoints (C2SP signed-note and tlog-checkpoint, below). It does not judge the signature
of a time-stamping authority: it prints the openssl command that does.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import stat
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # names for readers and checkers of types; Python 3.8 does not know them when it runs
    from collections.abc import Callable, Iterator

    Reader = Callable[[Any, str], Any]
    Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, x * y = T/Z

MAX_INTEGER = 2**53 - 1
MAX_DOCUMENT = 32 * 1024 * 1024  # bytes of manifest.json and of proof.json
MAX_ENTRY = 65_535
MAX_NOTE = 4_096
MAX_RESPONSE = 1024 * 1024  # bytes of a time-stamping authority's response
MAX_KEY_FILE = 4_096
MAX_PATH = 1_024
CHUNK = 1024 * 1024
SHOWN_PROBLEMS = 20

PROOF_JS_BEFORE = b"window.EVERYANGLE_PROOF = "
PROOF_JS_AFTER = b";\n"


class DossierError(Exception):
    """Something in the dossier is not as it must be; the message says what, for people."""


def need(condition: bool, message: str) -> None:
    """Refuse with ``message`` unless ``condition`` holds."""
    if not condition:
        raise DossierError(message)


# ---------------------------------------------------------------------------------------------------------------------
# Canonical JSON: RFC 8785 without floating-point numbers. One value has one spelling; any other spelling is refused.
# ---------------------------------------------------------------------------------------------------------------------


def read_canonical(data: bytes, what: str) -> Any:
    """Return the value that ``data`` spells, refusing every spelling but the canonical one."""
    try:
        text = data.decode("utf-8")
        value = json.loads(
            text,
            object_pairs_hook=_ordered_object,
            parse_int=_small_integer,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
        again = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")
    except DossierError as error:
        raise DossierError(f"{what}: {error}") from None
    except RecursionError:
        raise DossierError(f"{what} is nested too deeply") from None
    except ValueError:  # wrong JSON, wrong UTF-8, half of a surrogate pair
        raise DossierError(f"{what} is not JSON in UTF-8") from None
    need(again == data, f"{what} is not in canonical form (RFC 8785)")
    return value


def _ordered_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name.encode("utf-16-be", "surrogatepass") for name, _ in pairs]
    need(all(a < b for a, b in neighbours(names)), "names in an object are repeated or out of order")
    return dict(pairs)


def _small_integer(text: str) -> int:
    need(len(text) <= 17 and abs(int(text)) <= MAX_INTEGER, "a number is too large")
    return int(text)


def _no_float(text: str) -> Any:
    raise DossierError(f"the number {text[:20]} is not an integer")


def neighbours(rows: list[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield each element with the next."""
    return iter([(rows[i], rows[i + 1]) for i in range(len(rows) - 1)])


# ---------------------------------------------------------------------------------------------------------------------
# Readers of single values. Each takes a decoded JSON value and a name for messages, and refuses what does not fit.
# ---------------------------------------------------------------------------------------------------------------------

HEX_32 = re.compile(r"[0-9a-f]{32}")
HEX_64 = re.compile(r"[0-9a-f]{64}")
HEX_PAIRS = re.compile(r"(?:[0-9a-f][0-9a-f])*")
CLOCKS = ("system", "stated", "file", "unknown")


def a_text(value: Any, what: str) -> str:
    """Any string."""
    need(type(value) is str, f"{what} is not a text")
    return str(value)


def a_word(value: Any, what: str) -> str:
    """A text that is not empty."""
    need(a_text(value, what) != "", f"{what} is empty")
    return str(value)


def a_truth(value: Any, what: str) -> bool:
    """True or false."""
    need(type(value) is bool, f"{what} is neither true nor false")
    return bool(value)


def an_integer(value: Any, what: str) -> int:
    """An integer; true and false are none."""
    need(type(value) is int, f"{what} is not an integer")
    return int(value)


def a_count(value: Any, what: str) -> int:
    """An integer from 0 on."""
    need(an_integer(value, what) >= 0, f"{what} is negative")
    return int(value)


def a_digest(value: Any, what: str) -> str:
    """A SHA-256 digest: 64 lower-case hexadecimal digits."""
    need(HEX_64.fullmatch(a_text(value, what)) is not None, f"{what} is not a SHA-256 digest")
    return str(value)


def an_identifier(value: Any, what: str) -> str:
    """128 bits: 32 lower-case hexadecimal digits."""
    need(HEX_32.fullmatch(a_text(value, what)) is not None, f"{what} is not an identifier of 32 digits")
    return str(value)


def base64_bytes(value: Any, what: str) -> bytes:
    """Bytes in base64 with padding, in the one correct spelling."""
    try:
        data = base64.b64decode(a_text(value, what).encode("ascii"), validate=True)
    except ValueError:
        raise DossierError(f"{what} is not base64") from None
    need(base64.b64encode(data).decode("ascii") == value, f"{what} is not base64 in its one spelling")
    return data


def a_hash(value: Any, what: str) -> bytes:
    """The 32 bytes of a tree hash in base64."""
    data = base64_bytes(value, what)
    need(len(data) == 32, f"{what} is not a hash of 32 bytes")
    return data


def or_null(read: Reader) -> Reader:
    """What ``read`` takes, or null."""
    return lambda value, what: None if value is None else read(value, what)


def list_of(read: Reader, at_least: int = 0) -> Reader:
    """A list of what ``read`` takes."""

    def reader(value: Any, what: str) -> list[Any]:
        need(type(value) is list and len(value) >= at_least, f"{what} is not a list of {at_least} or more")
        return [read(element, f"{what}[{index}]") for index, element in enumerate(value)]

    return reader


def record_of(fields: dict[str, Reader]) -> Reader:
    """An object with exactly these fields."""

    def reader(value: Any, what: str) -> dict[str, Any]:
        need(type(value) is dict, f"{what} is not an object")
        need(set(value) == set(fields), f"{what} has other fields than {', '.join(sorted(fields))}")
        return {name: read(value[name], f"{what}.{name}") for name, read in fields.items()}

    return reader


def exactly(expected: str) -> Reader:
    """This text and no other."""

    def reader(value: Any, what: str) -> str:
        need(type(value) is str and value == expected, f"{what} is not {expected!r}")
        return expected

    return reader


def one_of(choices: tuple[str, ...]) -> Reader:
    """One of these texts."""

    def reader(value: Any, what: str) -> str:
        need(type(value) is str and value in choices, f"{what} is none of {', '.join(choices)}")
        return str(value)

    return reader


# Shown as U+FFFD in a name's text: controls, line separators and direction-changing characters.
UNSHOWN = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")

_NAME = record_of({"hex": a_text, "text": a_text})


def a_name(value: Any, what: str) -> str:
    """A file's name: its exact bytes in hexadecimal and the text that follows from them."""
    name = _NAME(value, what)
    need(HEX_PAIRS.fullmatch(name["hex"]) is not None, f"{what}.hex is not in hexadecimal digits")
    text = UNSHOWN.sub("\ufffd", bytes.fromhex(name["hex"]).decode("utf-8", "replace"))
    need(name["text"] == text, f"{what}.text is not what the bytes of the name say")
    return text


a_time = record_of({"clock": one_of(CLOCKS), "us": an_integer})
_LOST_STRETCH = record_of({"at_us": an_integer, "lost_us": an_integer})
_RELATION = record_of(
    {
        "drift_ppt": an_integer,
        "error_us": or_null(a_count),
        "jumps": list_of(_LOST_STRETCH),
        "offset_us": an_integer,
    }
)


def a_relation(value: Any, what: str) -> dict[str, Any]:
    """A map from one clock to another."""
    relation: dict[str, Any] = _RELATION(value, what)
    need(relation["drift_ppt"] > -(10**12), f"{what}: a clock that stands still or runs backwards")
    in_order = all(a["at_us"] <= b["at_us"] for a, b in neighbours(relation["jumps"]))
    need(in_order, f"{what}: lost stretches out of order")
    return relation


# ---------------------------------------------------------------------------------------------------------------------
# Entries of the log: what each kind must hold, no more and no less.
# ---------------------------------------------------------------------------------------------------------------------


def a_positive(value: Any, what: str) -> int:
    """An integer from 1 on."""
    count: int = a_count(value, what)
    need(count >= 1, f"{what} is not positive")
    return count


def a_span(value: Any, what: str) -> list[int]:
    """A stretch of a text: its first code point and the one after its last."""
    span: list[int] = list_of(a_count, at_least=2)(value, what)
    need(len(span) == 2 and span[0] < span[1], f"{what} is not a stretch of text")
    return span


READERS: dict[str, Reader] = {
    "count": a_count,
    "integer": an_integer,
    "positive": a_positive,
    "truth": a_truth,
    "time": a_time,
    "digest": a_digest,
    "digests": list_of(a_digest, at_least=1),
    "identifier": an_identifier,
    "name": a_name,
    "relation": a_relation,
    "spans": list_of(a_span, at_least=1),
    "text": a_text,
    "word": a_word,
}


def a_body(text: str, *rules: tuple[str, Callable[[dict[str, Any]], bool]], **more: Reader) -> Reader:
    """An object with exactly the fields in ``text`` and ``more``, for which all rules hold.

    A field is written ``name:kind`` with a kind of ``READERS`` or texts to choose from (``a|b``); a question mark says
    that it may be null. A rule is what is wrong where it does not hold, and a function of the body.
    """
    fields = dict(more)
    for word in text.split():
        name, _, kind = word.rstrip("?").partition(":")
        read = one_of(tuple(kind.split("|"))) if "|" in kind else READERS[kind]
        fields[name] = or_null(read) if word.endswith("?") else read
    read_all = record_of(fields)

    def reader(value: Any, what: str) -> dict[str, Any]:
        body: dict[str, Any] = read_all(value, what)
        for wrong, holds in rules:
            need(holds(body), f"{what}: {wrong}")
        return body

    return reader


# Where a statement stands: a document, stretches of its text, and the words there.
READERS["statement"] = a_body(
    "document:digest quote:text spans:spans",
    ("spans out of order", lambda body: all(a[1] <= b[0] for a, b in neighbours(body["spans"]))),
)
READERS["statements"] = list_of(READERS["statement"], at_least=1)
READERS["act"] = one_of(
    (
        *("asserts", "denies", "declines", "does-not-know", "promises", "asks", "demands", "accuses", "admits"),
        *("predicts", "reports-record", "shows", "other"),
    )
)
_PLACEMENT = a_body("item:digest like:digest? relation:relation said:text why:text")
_PROGRESS = "head:digest heads:count missing:count recording:identifier"
_NO_MORE_MISSING = ("more bodies missing than there are chunks", lambda body: body["missing"] <= body["heads"])
# How a person sees two statements stand to each other.
_JUDGEMENT = a_body(
    "a:statement b:statement relation:agree|contradict|narrows|leaves-open"
    " slot:number|time|polarity|actor|object? why:text",
    ("a slot without a contradiction", lambda body: body["slot"] is None or body["relation"] == "contradict"),
    ("a relation of a statement to itself", lambda body: body["a"] != body["b"]),
)
_MOMENTS_NEEDED = {"interval": 2, "time": 1}

# What people decided on accounts.
ACCOUNT_BODIES: dict[str, Reader] = {
    "statement-corrected": a_body(
        "act:act? content:statement? modality:fact|possible|obliged|intended|asked? party:text?"
        " polarity:positive|negative? role:text? said_at:text? shown:truth? statement:statement who:text? why:text",
        (
            "a correction from another document",
            lambda body: body["content"] is None or body["content"]["document"] == body["statement"]["document"],
        ),
    ),
    "party-assigned": a_body("name:word party:text why:text"),
    "question-renamed": a_body("question:word title:word why:text"),
    "statements-grouped": a_body(
        "question:text statements:statements title:word? why:text",
        ("a title without a question", lambda body: bool(body["question"]) or body["title"] is None),
    ),
    "questions-merged": a_body(
        "into:word question:word why:text",
        ("a question merged into itself", lambda body: body["question"] != body["into"]),
    ),
    "question-pinned": a_body("question:word state:pinned|hidden|free title:word why:text"),
    "relation-confirmed": _JUDGEMENT,
    "relation-rejected": _JUDGEMENT,
    "moment-set": a_body(
        "from_us:integer item:digest label:word replaces:count? said:text to_us:integer why:text within_us:count?",
        ("a moment that ends before it starts", lambda body: body["from_us"] <= body["to_us"]),
    ),
    "measure-set": a_body(
        "label:text question:word? sort:interval|time|count why:text",
        (
            "a measure with too few or too many moments",
            lambda body: len(body["moments"]) == _MOMENTS_NEEDED.get(body["sort"], len(body["moments"])),
        ),
        moments=list_of(a_body("edge:start|end entry:count"), at_least=1),
    ),
    "bearing-linked": a_body(
        "bearing:supports|contradicts|context|none entry:count? item:digest? statement:statement why:text",
        ("a bearing on nothing, or on two things", lambda body: (body["entry"] is None) != (body["item"] is None)),
    ),
    "statements-imported": a_body(
        "item:digest why:text",
        columns=a_body(
            "content:word who:word? role:word? party:word? act:word? said_at:word? published:word? question:word?"
            " source:word?"
        ),
    ),
    "account-withdrawn": a_body("entry:count why:text"),
}


def entries_cited(kind: str, body: dict[str, Any]) -> list[int]:
    """The entries that an entry rests on or takes back; all of them are earlier ones."""
    if kind == "measure-set":
        return [moment["entry"] for moment in body["moments"]]
    field = "replaces" if kind == "moment-set" else "entry"
    return [body[field]] if body.get(field) is not None else []


BODIES: dict[str, Reader] = {
    **ACCOUNT_BODIES,
    "case-opened": a_body("key:text title:text"),
    "item-received": a_body("modified:time? name:name path:name? sha256:digest size:count"),
    "item-derived": a_body("media_type:text parents:digests recipe:text sha256:digest size:count"),
    "placement-confirmed": _PLACEMENT,
    "placement-overridden": _PLACEMENT,
    "placement-withdrawn": a_body("entry:count item:digest why:text"),
    "pair-rejected": a_body(
        "item:digest like:digest offset_us:integer? said:text why:text within_us:count?",
        ("an error without an offset", lambda body: body["offset_us"] is not None or body["within_us"] is None),
    ),
    "rejection-withdrawn": a_body("entry:count item:digest why:text"),
    "device-stated": a_body("device:word? item:digest why:text"),
    "hints-chosen": a_body("device_from:none|folder|metadata metadata:truth why:text"),
    "clock-tied": a_body("item:digest? media_us:integer said:text wall:time why:text within_us:count?"),
    "note-added": a_body("about:digest?"),
    "dossier-published": a_body(
        "files:count manifest:digest size:count", redaction=a_body("why:text", state=exactly("unredacted"))
    ),
    "invitation-made": a_body("expires:time? link:digest uses:positive"),
    "invitation-revoked": a_body("link:digest why:text"),
    "capture-begun": a_body("device:digest head:digest link:digest receipts:text recording:identifier"),
    "capture-checkpoint": a_body(_PROGRESS, _NO_MORE_MISSING),
    "capture-ended": a_body(f"{_PROGRESS} ended:truth item:digest last_us:integer?", _NO_MORE_MISSING),
}

PRIVATE: dict[str, set[str]] = {
    "item-received": {"by", "from", "note", "source"},
    "note-added": {"by", "note"},
    "invitation-made": {"by", "label"},
}
PRIVATE_ANY = {"by"}


def anything(value: Any, _: str) -> Any:
    """Any value, to be looked at closely later."""
    return value


_ENTRY = record_of(
    {
        "body": anything,
        "case": an_identifier,
        "format": exactly("everyangle.entry/1"),
        "kind": a_text,
        "nonce": an_identifier,
        "private": anything,
        "software": a_text,
        "time": a_time,
    }
)


class Entry(NamedTuple):
    """A disclosed entry: its place in the log, its exact bytes, what they say, and its inclusion proof."""

    number: int
    data: bytes
    proof: list[bytes]
    case: str
    kind: str
    body: dict[str, Any]
    private: dict[str, str]
    time_us: int


def read_entry(index: int, data: bytes, proof: list[bytes]) -> Entry:
    """Decode one entry strictly."""
    what = f"entry {index}"
    need(len(data) <= MAX_ENTRY, f"{what} is larger than an entry can be")
    value = _ENTRY(read_canonical(data, what), what)
    kind = value["kind"]
    need(kind in BODIES, f"{what} is of an unknown kind")
    body = BODIES[kind](value["body"], f"{what}.body")
    need((kind == "case-opened") == (index == 0), f"{what}: a case is opened by entry 0 and by no other")
    need(all(cited < index for cited in entries_cited(kind, body)), f"{what} rests on a later entry, or withdraws one")
    private = value["private"]
    need(type(private) is dict, f"{what}.private is not an object")
    for field, commitment in private.items():
        need(field in PRIVATE.get(kind, PRIVATE_ANY), f"{what} has an unknown private field")
        a_digest(commitment, f"{what}.private.{field}")
    return Entry(index, data, proof, value["case"], kind, body, private, value["time"]["us"])


# ---------------------------------------------------------------------------------------------------------------------
# Private fields: an entry holds a salted commitment; an opening discloses the value behind it.
# ---------------------------------------------------------------------------------------------------------------------


def a_private_value(value: Any, what: str) -> Any:
    """A text, or a name with its bytes; the JSON value as it stands."""
    if type(value) is not str:
        a_name(value, what)
    return value


def commitment(field: str, salt: bytes, value: Any) -> str:
    """Return the commitment that an entry must hold for this field, salt and value."""
    content = json.dumps(
        {"field": field, "value": value}, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode("utf-8")
    return hashlib.sha256(b"everyangle.commitment/1\x00" + salt + content).hexdigest()


# ---------------------------------------------------------------------------------------------------------------------
# Merkle trees (RFC 9162, section 2.1), followed from the definition: a tree of n leaves is split at the largest power
# of two below n. A proof is consumed from its end, where the hashes nearest to the root stand.
# ---------------------------------------------------------------------------------------------------------------------


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node above two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def split(size: int) -> int:
    """Return the largest power of two below ``size`` (2 or more)."""
    return 1 << ((size - 1).bit_length() - 1)


def root_of_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """Return the root of the tree of ``size`` leaves in which ``leaf`` stands at ``index``, as the proof says."""
    if size == 1:
        need(not proof, "an inclusion proof is too long")
        return leaf
    need(bool(proof), "an inclusion proof is too short")
    middle, sibling, rest = split(size), proof[-1], proof[:-1]
    if index < middle:
        return node_hash(root_of_inclusion(leaf, index, middle, rest), sibling)
    return node_hash(sibling, root_of_inclusion(leaf, index - middle, size - middle, rest))


def roots_of_consistency(
    old_size: int, size: int, proof: list[bytes], old_root: bytes, is_whole: bool = True
) -> tuple[bytes, bytes]:
    """Return the roots of the older and the newer tree that a consistency proof (section 2.1.4) leads to."""
    if old_size == size:
        if is_whole:
            need(not proof, "a consistency proof is too long")
            return old_root, old_root
        need(len(proof) == 1, "a consistency proof has a wrong length")
        return proof[0], proof[0]
    need(bool(proof), "a consistency proof is too short")
    middle, sibling, rest = split(size), proof[-1], proof[:-1]
    if old_size <= middle:
        old, new = roots_of_consistency(old_size, middle, rest, old_root, is_whole)
        return old, node_hash(new, sibling)
    old, new = roots_of_consistency(old_size - middle, size - middle, rest, old_root, is_whole=False)
    return node_hash(sibling, old), node_hash(sibling, new)


# ---------------------------------------------------------------------------------------------------------------------
# Ed25519 (RFC 8032, section 5.1.7), verification only. Strict: points and numbers have one accepted spelling, and a
# public key of small order, under which anything could pass as signed, is refused. Nothing secret is handled here, so
# nothing needs to run in constant time.
# ---------------------------------------------------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)

NEUTRAL: Point = (0, 1, 1, 0)


def point_add(a: Point, b: Point) -> Point:
    """Return a + b (RFC 8032, section 5.1.4)."""
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e = (y1 - x1) * (y2 - x2) % P
    f = (y1 + x1) * (y2 + x2) % P
    g = 2 * t1 * t2 * D % P
    h = 2 * z1 * z2 % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return i * j % P, k * m % P, j * k % P, i * m % P


def point_double(a: Point) -> Point:
    """Return 2a (RFC 8032, section 5.1.4)."""
    x, y, z, _ = a
    e = x * x % P
    f = y * y % P
    h = e + f
    i = h - (x + y) * (x + y) % P
    g = e - f
    j = (2 * z * z + g) % P
    return i * j % P, g * h % P, j * g % P, i * h % P


def point_negative(a: Point) -> Point:
    """Return -a."""
    return (-a[0] % P, a[1], a[2], -a[3] % P)


def point_bytes(a: Point) -> bytes:
    """Return the 32 bytes of a point."""
    inverse = pow(a[2], P - 2, P)
    x, y = a[0] * inverse % P, a[1] * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def point_from(data: bytes) -> Point | None:
    """Return the point that 32 bytes spell, or None (RFC 8032, section 5.1.3)."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if len(data) != 32 or y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if (v * x * x - u) % P != 0:
        x = x * SQRT_MINUS_1 % P
    if (v * x * x - u) % P != 0 or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


_BASE_Y = 4 * pow(5, P - 2, P) % P
BASE: Point = point_from(_BASE_Y.to_bytes(32, "little")) or NEUTRAL


def is_small_order(a: Point) -> bool:
    """Tell whether 8a is the neutral point."""
    return point_bytes(point_double(point_double(point_double(a)))) == point_bytes(NEUTRAL)


def is_public_key(data: bytes) -> bool:
    """Tell whether 32 bytes are a public key that binds its signatures to their messages."""
    point = point_from(data)
    return point is not None and not is_small_order(point)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether ``signature`` is a signature of ``message`` by ``public``."""
    key = point_from(public)
    if key is None or is_small_order(key) or len(signature) != 64:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return point_bytes(_two_multiples(s, BASE, k, point_negative(key))) == signature[:32]


def _two_multiples(s: int, a: Point, k: int, b: Point) -> Point:
    """Return s * a + k * b, walking both numbers at once."""
    table = (NEUTRAL, a, b, point_add(a, b))
    result = NEUTRAL
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        result = point_double(result)
        choice = (s >> bit & 1) | (k >> bit & 1) << 1
        if choice:
            result = point_add(result, table[choice])
    return result


# ---------------------------------------------------------------------------------------------------------------------
# Keys and checkpoints (C2SP signed-note and tlog-checkpoint). A dossier's checkpoint has the case's origin, its size,
# its root, and one signature: that of the case's key.
# ---------------------------------------------------------------------------------------------------------------------

KEY = re.compile(r"([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")
CHECKPOINT = re.compile(
    "everyangle/case/([0-9a-f]{32})\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]+)\n\n\u2014 ([!-*,-~]+) ([A-Za-z0-9+/=]+)\n"
)


class Key(NamedTuple):
    """A public key as a vkey: its text, its name, the first bytes of its identifier, and its 32 bytes."""

    text: str
    name: str
    identifier: bytes
    public: bytes


class Checkpoint(NamedTuple):
    """A signed statement of the log's size and root."""

    case: str
    size: int
    root: bytes
    signed: bytes
    signer: str
    identifier: bytes
    signature: bytes


def read_key(text: str, what: str) -> Key:
    """Return the key that a vkey spells: name+identifier+base64(1, public key)."""
    match = KEY.fullmatch(text)
    if match is None:
        raise DossierError(f"{what} is not a key (it should look like name+1234abcd+AbCd…)")
    name, identifier, encoded = match.groups()
    data = base64_bytes(encoded, what)
    need(len(data) == 33 and data[0] == 1, f"{what} is not an Ed25519 key")
    expected = hashlib.sha256(name.encode("ascii") + b"\n" + data).digest()[:4]
    need(bytes.fromhex(identifier) == expected, f"{what}: its identifier does not belong to it (mistyped?)")
    need(is_public_key(data[1:]), f"{what} is not a usable Ed25519 public key")
    return Key(text, name, expected, data[1:])


def read_checkpoint(data: bytes, what: str) -> Checkpoint:
    """Return what a checkpoint says; its signature is not judged yet."""
    try:
        match = CHECKPOINT.fullmatch(data.decode("utf-8"))
    except UnicodeDecodeError:
        match = None
    if match is None:
        raise DossierError(f"{what} is not a checkpoint of a case with one signature")
    case, size, root, signer, signature = match.groups()
    need(1 <= int(size) <= MAX_INTEGER, f"{what} has an impossible size")
    signature_bytes = base64_bytes(signature, f"{what}'s signature")
    need(len(signature_bytes) == 68, f"{what}'s signature has a wrong length")
    signed = data[: data.rindex(b"\n\n") + 1]
    return Checkpoint(
        case, int(size), a_hash(root, f"{what}'s root"), signed, signer, signature_bytes[:4], signature_bytes[4:]
    )


def check_signature(checkpoint: Checkpoint, key: Key, what: str) -> None:
    """Refuse a checkpoint that this key has not signed."""
    is_by_key = checkpoint.signer == key.name and checkpoint.identifier == key.identifier
    need(is_by_key, f"{what} names another key as its signer")
    need(is_signed(key.public, checkpoint.signed, checkpoint.signature), f"{what}: the signature is not true")


# ---------------------------------------------------------------------------------------------------------------------
# Time stamps (RFC 3161): a walk through the DER of a response, as far as this program judges it.
# ---------------------------------------------------------------------------------------------------------------------


class Node(NamedTuple):
    """One DER value: tag, content, and all its bytes."""

    tag: int
    content: bytes
    whole: bytes


INTEGER, OCTETS, OBJECT_ID, SEQUENCE, SET, TIME, TAG_0 = 0x02, 0x04, 0x06, 0x30, 0x31, 0x18, 0xA0
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
HASHES = {
    bytes.fromhex("2b0e03021a"): "sha1",
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}
GENERALIZED_TIME = re.compile(rb"(\d{4})(\d\d)(\d\d)([01]\d|2[0-3])(\d\d)(\d\d)(?:\.\d*[1-9])?Z")


def der_nodes(data: bytes) -> list[Node]:
    """Split bytes into the DER values that follow one another in them."""
    nodes = []
    start = 0
    while start < len(data):
        need(start + 2 <= len(data) and data[start] & 0x1F != 0x1F, "a time stamp is not in DER")
        size, head = data[start + 1], 2
        if size >= 0x80:
            count = size - 0x80
            raw = data[start + 2 : start + 2 + count]
            size, head = int.from_bytes(raw, "big"), 2 + count
            need(1 <= count <= 4 and len(raw) == count and size >= 0x80 and raw[0] != 0, "a time stamp is not in DER")
        end = start + head + size
        need(end <= len(data), "a time stamp is cut short")
        nodes.append(Node(data[start], data[start + head : end], data[start:end]))
        start = end
    return nodes


def der_one(data: bytes, tag: int) -> Node:
    """Return the single DER value of this tag that the bytes are."""
    nodes = der_nodes(data)
    need(len(nodes) == 1 and nodes[0].tag == tag, "a time stamp is not built as RFC 3161 says")
    return nodes[0]


def der_children(node: Node, *tags: int) -> list[Node]:
    """Return a value's parts, of which the first ones have these tags."""
    nodes = der_nodes(node.content)
    need([n.tag for n in nodes[: len(tags)]] == list(tags), "a time stamp is not built as RFC 3161 says")
    return nodes


def read_stamp(response: bytes, stamped: bytes) -> str:
    """Return the time (as text, UTC) at which the response says that ``stamped`` existed.

    Compares the response's message imprint with ``stamped``, and the signed digest with the content that it covers.
    Does not judge the authority's signature or certificate: openssl does.
    """
    status, token = der_children(der_one(response, SEQUENCE), SEQUENCE, SEQUENCE)[:2]
    need(der_children(status, INTEGER)[0].content in (b"\x00", b"\x01"), "the authority did not grant the time stamp")
    kind, wrapped = der_children(token, OBJECT_ID, TAG_0)[:2]
    need(kind.content == SIGNED_DATA, "a time stamp holds no signed data")
    parts = der_children(der_one(wrapped.content, SEQUENCE), INTEGER, SET, SEQUENCE)
    content_kind, content = der_children(parts[2], OBJECT_ID, TAG_0)[:2]
    need(content_kind.content == TST_INFO, "a time stamp holds something else")
    info = der_one(content.content, OCTETS).content
    _check_signed_digest(parts[-1], info)
    version, _, imprint, _, time = der_children(der_one(info, SEQUENCE), INTEGER, OBJECT_ID, SEQUENCE, INTEGER, TIME)[
        :5
    ]
    need(version.content == b"\x01", "a time stamp of an unknown version")
    algorithm, digest = der_children(imprint, SEQUENCE, OCTETS)[:2]
    name = HASHES.get(der_children(algorithm, OBJECT_ID)[0].content)
    need(name == "sha256", "a time stamp does not use SHA-256")
    need(digest.content == hashlib.sha256(stamped).digest(), "a time stamp is for something else than the checkpoint")
    return _stamp_time(time.content)


def _check_signed_digest(signers: Node, info: bytes) -> None:
    need(signers.tag == SET, "a time stamp names no signer")
    signer = der_children(der_one(signers.content, SEQUENCE), INTEGER, SEQUENCE, SEQUENCE, TAG_0)
    algorithm = der_children(signer[2], OBJECT_ID)[0].content
    need(algorithm in HASHES, "a time stamp uses an unknown digest")
    found = {}
    for attribute in der_nodes(signer[3].content):
        kind, values = der_children(attribute, OBJECT_ID, SET)[:2]
        need(kind.content not in found, "a time stamp repeats a signed attribute")
        found[kind.content] = values.content
    need(CONTENT_TYPE in found and MESSAGE_DIGEST in found, "a time stamp lacks a signed attribute")
    need(der_one(found[CONTENT_TYPE], OBJECT_ID).content == TST_INFO, "a time stamp signs something else")
    digest = hashlib.new(HASHES[algorithm], info).digest()
    need(der_one(found[MESSAGE_DIGEST], OCTETS).content == digest, "a time stamp was changed after it was signed")


def _stamp_time(content: bytes) -> str:
    match = GENERALIZED_TIME.fullmatch(content)
    if match is None:
        raise DossierError("a time stamp has no proper time")
    try:
        year, month, day, hour, minute, second = (part.decode("ascii") for part in match.groups())
        return str(datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}")) + " UTC"
    except ValueError:
        raise DossierError("a time stamp has no proper time") from None


# ---------------------------------------------------------------------------------------------------------------------
# manifest.json and proof.json
# ---------------------------------------------------------------------------------------------------------------------

PATH = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")
MEDIA = re.compile(r"media/([0-9a-f]{64})\.[a-z0-9]+")
ITEM = re.compile(r"items/([0-9a-f]{64})/[A-Za-z0-9._-]+")


def a_path(value: Any, what: str) -> str:
    """A path inside the dossier: ASCII letters, digits, '.', '_', '-', with '/' between its parts."""
    text = a_text(value, what)
    is_plain = len(text) <= MAX_PATH and PATH.fullmatch(text) is not None
    need(is_plain and not {".", ".."} & set(text.split("/")), f"{what} is not a path of a dossier")
    return text


class File(NamedTuple):
    """One row of the manifest."""

    sha256: str
    size: int


class Manifest(NamedTuple):
    """What manifest.json says, and its own digest."""

    case: str
    files: dict[str, File]
    sha256: str


_MANIFEST = record_of(
    {
        "case": an_identifier,
        "files": list_of(record_of({"path": a_path, "sha256": a_digest, "size": a_count})),
        "format": exactly("everyangle.manifest/1"),
    }
)


def read_manifest(data: bytes) -> Manifest:
    """Return what manifest.json says, refusing rows that are out of order or that it must not have."""
    value = _MANIFEST(read_canonical(data, "manifest.json"), "manifest")
    rows = value["files"]
    need(all(a["path"] < b["path"] for a, b in neighbours(rows)), "manifest.json: paths repeated or out of order")
    files = {row["path"]: File(row["sha256"], row["size"]) for row in rows}
    folded = {path.lower() for path in files}
    need(len(folded) == len(files), "manifest.json: two paths differ only in upper and lower case")
    for path in folded:
        is_outside = path == "manifest.json" or path.split("/")[0] == "proof"
        need(not is_outside, f"manifest.json must not list {path}")
    return Manifest(value["case"], files, hashlib.sha256(data).hexdigest())


class Opening(NamedTuple):
    """The disclosed value of one private field of one entry."""

    entry: int
    field: str
    salt: bytes
    value: Any


class Stamp(NamedTuple):
    """An authority's response over an earlier checkpoint, and that checkpoint's consistency with this one."""

    checkpoint: str
    response: str
    consistency: list[bytes]


class Proof(NamedTuple):
    """What proof.json says."""

    case: str
    key: Key
    entries: list[dict[str, Any]]
    publication: int
    openings: list[Opening]
    stamps: list[Stamp]


_PROOF = record_of(
    {
        "case": an_identifier,
        "entries": list_of(record_of({"entry": base64_bytes, "index": a_count, "proof": list_of(a_hash)})),
        "format": exactly("everyangle.proof/1"),
        "key": a_text,
        "openings": list_of(record_of({"field": a_text, "index": a_count, "salt": a_digest, "value": a_private_value})),
        "publication": a_count,
        "stamps": list_of(record_of({"checkpoint": a_path, "consistency": list_of(a_hash), "response": a_path})),
    }
)


def read_proof(data: bytes) -> Proof:
    """Return what proof.json says, refusing rows that are repeated or out of order."""
    value = _PROOF(read_canonical(data, "proof.json"), "proof")
    indices = [row["index"] for row in value["entries"]]
    need(all(a < b for a, b in neighbours(indices)), "proof.json: entries repeated or out of order")
    openings = [
        Opening(row["index"], row["field"], bytes.fromhex(row["salt"]), row["value"]) for row in value["openings"]
    ]
    places = [(opening.entry, opening.field) for opening in openings]
    need(all(a < b for a, b in neighbours(places)), "proof.json: openings repeated or out of order")
    stamps = [Stamp(row["checkpoint"], row["response"], row["consistency"]) for row in value["stamps"]]
    responses = [stamp.response for stamp in stamps]
    need(all(a < b for a, b in neighbours(responses)), "proof.json: stamps repeated or out of order")
    paths = responses + [stamp.checkpoint for stamp in stamps]
    need(all(path.startswith("proof/stamps/") for path in paths), "proof.json: a stamp lies outside proof/stamps/")
    need(not set(responses) & {stamp.checkpoint for stamp in stamps}, "proof.json: a response is also a checkpoint")
    return Proof(
        value["case"],
        read_key(value["key"], "the case's key"),
        value["entries"],
        value["publication"],
        openings,
        stamps,
    )


# ---------------------------------------------------------------------------------------------------------------------
# The folder. Nothing in it is followed (links) or waited for (pipes); nothing outside it is opened.
# ---------------------------------------------------------------------------------------------------------------------


def read_file(root: Path, path: str, limit: int) -> bytes:
    """Return the bytes of a small file."""
    return b"".join(file_chunks(root, path, limit))


def file_chunks(root: Path, path: str, limit: int) -> Iterator[bytes]:
    """Yield the bytes of a file piece by piece; refuse what is not a plain file or has more than ``limit`` bytes."""
    folder = root
    for part in path.split("/")[:-1]:
        folder = folder / part
        need(stat.S_ISDIR(_status(folder, path).st_mode), f"{path} lies in something that is not a plain folder")
    status = _status(root / path, path)
    need(stat.S_ISREG(status.st_mode), f"{path} is not a plain file")
    need(status.st_size <= limit, f"{path} has {status.st_size:,} bytes, more than it may have")
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    total = 0
    try:
        with os.fdopen(os.open(root / path, flags), "rb", buffering=0) as stream:
            need(stat.S_ISREG(os.fstat(stream.fileno()).st_mode), f"{path} is not a plain file")
            while True:
                chunk = stream.read(CHUNK)
                if not chunk:
                    return
                total += len(chunk)
                need(total <= limit, f"{path} grew while it was read")
                yield chunk
    except OSError as error:
        raise DossierError(f"{path} could not be read ({error.strerror})") from None


def _status(place: Path, path: str) -> os.stat_result:
    try:
        return os.lstat(place)
    except FileNotFoundError:
        raise DossierError(f"{path} is missing") from None
    except (OSError, ValueError):
        raise DossierError(f"{path} could not be looked at") from None


def file_problem(root: Path, path: str, expected: File) -> str:
    """Return what is wrong with a listed file, or nothing."""
    digest = hashlib.sha256()
    total = 0
    try:
        status = _status(root / path, path)
        if stat.S_ISREG(status.st_mode) and status.st_size != expected.size:
            return f"{path} has {status.st_size:,} bytes instead of {expected.size:,}"
        for chunk in file_chunks(root, path, expected.size):
            digest.update(chunk)
            total += len(chunk)
    except DossierError as error:
        return str(error)
    if total != expected.size:
        return f"{path} has {total:,} bytes instead of {expected.size:,}"
    return "" if digest.hexdigest() == expected.sha256 else f"{path} is not the file that was sealed (other SHA-256)"


def unlisted(root: Path, listed: set[str]) -> Iterator[str]:
    """Yield what lies in the folder and is not listed. Folders that hold nothing listed are not entered."""
    folders = {""}
    for path in listed:
        parts = path.split("/")[:-1]
        folders.update("/".join(parts[: i + 1]) for i in range(len(parts)))
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root / folder) as rows:
                names = sorted((row.name, row.is_dir(follow_symlinks=False)) for row in rows)
        except OSError as error:
            yield f"the folder {folder or '.'} could not be read ({error.strerror})"
            continue
        for name, is_folder in names:
            path = f"{folder}/{name}" if folder else name
            if is_folder and path in folders:
                waiting.append(path)
            elif is_folder:
                yield f"{shown(path)} is a folder that does not belong to the dossier"
            elif path not in listed:
                hint = " (your computer's file browser made it: delete it)" if name in OWN_FILES else ""
                yield f"{shown(path)} does not belong to the dossier{hint}"


OWN_FILES = {".DS_Store", "Thumbs.db", "desktop.ini", ".directory"}


# ---------------------------------------------------------------------------------------------------------------------
# The report
# ---------------------------------------------------------------------------------------------------------------------

PASS, FAIL, NOT_CHECKED = "PASS", "FAIL", "NOT CHECKED"


class Check(NamedTuple):
    """One line of the report."""

    code: str
    result: str
    text: str
    problems: list[str]


def shown(text: str) -> str:
    """Return a text from the dossier as it may be printed: no controls, not endless."""
    safe = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return safe if len(safe) <= 200 else safe[:200] + "…"


def iso(us: int) -> str:
    """Return microseconds since 1970 as a date and time in UTC."""
    try:
        moment = datetime.fromisoformat("1970-01-01T00:00:00") + timedelta(microseconds=us)
    except OverflowError:
        return "a time beyond the calendar"
    return moment.isoformat(sep=" ", timespec="seconds") + " UTC"


class Verification:
    """Looks at one dossier, step by step; each step adds lines to ``checks``."""

    def __init__(
        self, root: Path, trusted: Key | None = None, progress: Callable[[str], None] = lambda _: None
    ) -> None:
        self.root = root
        self.trusted = trusted
        self.progress = progress
        self.checks: list[Check] = []
        self.commands: list[str] = []
        self.manifest: Manifest | None = None
        self.proof: Proof | None = None
        self.stamps: list[Stamp] = []
        self.checkpoint: Checkpoint | None = None
        self.entries: list[Entry] | None = None  # None until all of them are found good

    def run(self) -> bool:
        """Do every check; return whether none failed."""
        self.step("manifest", self.check_manifest)
        self.step("proof", self.check_proof)
        self.step("checkpoint", self.check_checkpoint)
        self.step("key", self.check_key)
        self.step("entries", self.check_entries)
        self.step("opened", self.check_opened)
        self.step("publication", self.check_publication)
        self.step("cited", self.check_cited)
        self.step("openings", self.check_openings)
        self.check_stamps()
        self.step("files", self.check_files)
        return self.holds

    @property
    def holds(self) -> bool:
        """Whether no check failed."""
        return all(check.result != FAIL for check in self.checks)

    def say(self, code: str, result: str, text: str, problems: list[str] | None = None) -> None:
        """Add one line."""
        self.checks.append(Check(code, result, text, problems or []))

    def step(self, code: str, check: Callable[[], None]) -> None:
        """Do one check; what it refuses becomes a line."""
        try:
            check()
        except DossierError as error:
            self.say(code, FAIL, FAILED[code], [str(error)])

    def check_manifest(self) -> None:
        """manifest.json is what it must be."""
        manifest = read_manifest(read_file(self.root, "manifest.json", MAX_DOCUMENT))
        self.manifest = manifest
        self.say("manifest", PASS, f"The list of files is well formed and lists {len(manifest.files):,} files.")

    def check_proof(self) -> None:
        """proof.json is what it must be, and proof.js repeats it for the page."""
        data = read_file(self.root, "proof/proof.json", MAX_DOCUMENT)
        proof = read_proof(data)
        self.stamps = proof.stamps
        wrapped = read_file(self.root, "proof/proof.js", MAX_DOCUMENT + 64)
        need(wrapped == PROOF_JS_BEFORE + data + PROOF_JS_AFTER, "proof.js is not proof.json as the page reads it")
        self.proof = proof
        self.say("proof", PASS, "The proofs are well formed, and the page shows the same ones as are checked here.")

    def check_checkpoint(self) -> None:
        """The checkpoint is this case's and is signed by the key that the case names."""
        data = read_file(self.root, "proof/checkpoint", MAX_NOTE)
        if self.proof is None:
            return self.say("checkpoint", NOT_CHECKED, "Who sealed the case: the proofs could not be read.")
        checkpoint = read_checkpoint(data, "the checkpoint")
        need(checkpoint.case == self.proof.case, "the checkpoint is of another case")
        check_signature(checkpoint, self.proof.key, "the checkpoint")
        self.checkpoint = checkpoint
        return self.say(
            "checkpoint",
            PASS,
            f"The case's log of {checkpoint.size:,} entries is sealed with the key {shown(self.proof.key.text)}.",
        )

    def check_key(self) -> None:
        """The sealing key is the one that the reader trusts, if one was given."""
        if self.trusted is None:
            return self.say(
                "key",
                NOT_CHECKED,
                "Whose key it is. Ask someone you trust for the key, not this dossier, and run again with --key.",
            )
        if self.proof is None:
            return self.say("key", NOT_CHECKED, "Whether it is the key you gave: the proofs could not be read.")
        need(self.proof.key.text == self.trusted.text, "the dossier is sealed with another key than the one you gave")
        return self.say("key", PASS, "The sealing key is the one you gave.")

    def check_entries(self) -> None:
        """Every disclosed entry is well formed, of this case, and where the proof says it is."""
        if self.proof is None or self.checkpoint is None:
            return self.say(
                "entries", NOT_CHECKED, "The disclosed log entries: there is no sealed log to hold them against."
            )
        entries = []
        for row in self.proof.entries:
            entry = read_entry(row["index"], row["entry"], row["proof"])
            need(entry.case == self.proof.case, f"entry {entry.number} is of another case")
            need(entry.number < self.checkpoint.size, f"entry {entry.number} is beyond the end of the log")
            root = root_of_inclusion(leaf_hash(entry.data), entry.number, self.checkpoint.size, entry.proof)
            need(root == self.checkpoint.root, f"entry {entry.number} is not in the sealed log")
            entries.append(entry)
        self.entries = entries
        hidden = self.checkpoint.size - len(entries)
        return self.say(
            "entries",
            PASS,
            f"{len(entries):,} of {self.checkpoint.size:,} log entries are disclosed, and each is in the sealed log "
            f"word for word. {hidden:,} exist and are not disclosed.",
        )

    def check_opened(self) -> None:
        """Entry 0 is disclosed and names the sealing key."""
        if self.proof is None or self.entries is None:
            return self._without_entries("opened", "How the case began")
        if not self.entries or self.entries[0].number != 0:
            raise DossierError("entry 0, which opens the case, is not disclosed")
        first = self.entries[0]
        need(first.body["key"] == self.proof.key.text, "the case was opened with another key than the sealing one")
        return self.say(
            "opened", PASS, f"The case “{shown(first.body['title'])}” was opened with this key on {iso(first.time_us)}."
        )

    def check_publication(self) -> None:
        """The publication entry cites exactly this manifest."""
        if self.manifest is None or self.proof is None or self.entries is None:
            return self._without_entries("publication", "That exactly this dossier was published")
        by_index = {entry.number: entry for entry in self.entries}
        entry = by_index.get(self.proof.publication)
        if entry is None or entry.kind != "dossier-published":
            raise DossierError("the log entry that records the publication is not disclosed")
        size = sum(file.size for file in self.manifest.files.values())
        need(self.manifest.case == self.proof.case, "the list of files is of another case")
        need(entry.body["manifest"] == self.manifest.sha256, "the log records another list of files than this one")
        need(entry.body["files"] == len(self.manifest.files), "the log records another number of files")
        need(entry.body["size"] == size, "the log records another size")
        return self.say(
            "publication",
            PASS,
            f"Exactly this dossier ({entry.body['files']:,} files, {size:,} bytes) was recorded as published on "
            f"{iso(entry.time_us)}, unredacted, because: {shown(entry.body['redaction']['why'])}",
        )

    def check_cited(self) -> None:
        """Every recording and original in the dossier is accounted for in the disclosed log."""
        if self.manifest is None or self.entries is None:
            return self._without_entries("cited", "That every recording and original is accounted for")
        received = {(e.body["sha256"], e.body["size"]) for e in self.entries if e.kind == "item-received"}
        originals = {sha256 for sha256, _ in received}
        derived = {
            (e.body["sha256"], e.body["size"])
            for e in self.entries
            if e.kind == "item-derived" and set(e.body["parents"]) <= originals
        }
        counts = {"media": 0, "items": 0}
        for path, file in self.manifest.files.items():
            top = path.split("/")[0]
            if top not in counts:
                continue
            counts[top] += 1
            pattern, cited = (MEDIA, derived) if top == "media" else (ITEM, received)
            match = pattern.fullmatch(path)
            need(match is not None and match.group(1) == file.sha256, f"{path} is not named by its SHA-256")
            need((file.sha256, file.size) in cited, f"{path} has no disclosed entry that says where it comes from")
        return self.say(
            "cited",
            PASS,
            f"Each original in the dossier ({counts['items']:,}) has an entry that records its arrival, and each "
            f"playing copy ({counts['media']:,}) one that names the originals it was made from.",
        )

    def check_openings(self) -> None:
        """Every disclosed private field is the one that the entry committed to."""
        if self.proof is None or self.entries is None:
            return self._without_entries("openings", "The disclosed private fields")
        by_index = {entry.number: entry for entry in self.entries}
        for opening in self.proof.openings:
            entry = by_index.get(opening.entry)
            if entry is None or opening.field not in entry.private:
                raise DossierError(f"an opening is for a private field that entry {opening.entry} does not have")
            is_true = commitment(opening.field, opening.salt, opening.value) == entry.private[opening.field]
            need(is_true, f"what the dossier says of a private field of entry {opening.entry} is not what was sealed")
        total = sum(len(entry.private) for entry in self.entries)
        count = len(self.proof.openings)
        return self.say(
            "openings",
            PASS,
            f"{count:,} of {total:,} private fields (such as who gave an item) are disclosed, each as it was sealed. "
            f"{total - count:,} are withheld.",
        )

    def check_stamps(self) -> None:
        """Every time stamp is of an earlier state of this very log."""
        if self.proof is None or self.checkpoint is None:
            return self.say("stamps", NOT_CHECKED, "Time stamps: there is no sealed log to hold them against.")
        if not self.proof.stamps:
            return self.say(
                "stamps", NOT_CHECKED, "Since when the log exists: the dossier holds no outside time stamp."
            )
        for stamp in self.proof.stamps:
            self.step("stamps", lambda stamp=stamp: self.check_stamp(stamp))  # type: ignore[misc]
        return None

    def check_stamp(self, stamp: Stamp) -> None:
        """One time stamp."""
        proof, checkpoint = self.proof, self.checkpoint
        if proof is None or checkpoint is None:
            return
        data = read_file(self.root, stamp.checkpoint, MAX_NOTE)
        earlier = read_checkpoint(data, stamp.checkpoint)
        need(earlier.case == proof.case, f"{stamp.checkpoint} is of another case")
        check_signature(earlier, proof.key, stamp.checkpoint)
        need(earlier.size <= checkpoint.size, f"{stamp.checkpoint} is later than this dossier")
        old, new = roots_of_consistency(earlier.size, checkpoint.size, stamp.consistency, earlier.root)
        is_prefix = old == earlier.root and new == checkpoint.root
        need(is_prefix, f"{stamp.checkpoint} is not an earlier state of the sealed log")
        when = read_stamp(read_file(self.root, stamp.response, MAX_RESPONSE), data)
        covers = "this publication included" if earlier.size > proof.publication else "from before this publication"
        self.say(
            "stamps",
            PASS,
            f"A time stamp covers the log up to entry {earlier.size - 1:,} ({covers}) and says {when}.",
        )
        command = f"openssl ts -verify -data {stamp.checkpoint} -in {stamp.response} -CAfile AUTHORITY.pem"
        self.commands.append(command)
        self.say(
            "stamps",
            NOT_CHECKED,
            "Whether the authority really signed that time stamp. Get the authority's root certificate (AUTHORITY.pem) "
            f"from the authority, and run in the dossier's folder:  {command}",
        )

    def check_files(self) -> None:
        """Every file is as listed, and there is no other."""
        if self.manifest is None:
            return self.say("files", NOT_CHECKED, "The files: there is no list to hold them against.")
        problems = []
        total = len(self.manifest.files)
        for number, (path, expected) in enumerate(self.manifest.files.items(), 1):
            self.progress(f"checking file {number:,} of {total:,}")
            problem = file_problem(self.root, path, expected)
            if problem:
                problems.append(problem)
        self.progress("")
        problems.extend(self._unlisted())
        if problems:
            return self.say("files", FAIL, FAILED["files"], problems)
        size = sum(file.size for file in self.manifest.files.values())
        return self.say(
            "files",
            PASS,
            f"All {total:,} files ({size:,} bytes) are there, bit for bit as listed (SHA-256), and nothing else is.",
        )

    def _unlisted(self) -> list[str]:
        files = self.manifest.files if self.manifest else {}
        listed = set(files) | {"manifest.json", "proof/checkpoint", "proof/proof.json", "proof/proof.js"}
        listed.update(path for stamp in self.stamps for path in (stamp.checkpoint, stamp.response))
        found = []
        for problem in unlisted(self.root, listed):
            found.append(problem)
            if len(found) > 1000:
                break
        return found

    def _without_entries(self, code: str, what: str) -> None:
        self.say(code, NOT_CHECKED, f"{what}: what it would be held against could not be read.")


FAILED = {
    "manifest": "The list of files (manifest.json) is missing or not what it must be.",
    "proof": "The proofs (proof/proof.json) are missing or not what they must be.",
    "checkpoint": "The seal on the case's log (proof/checkpoint) does not hold.",
    "key": "The dossier is not sealed with the key you gave.",
    "entries": "A disclosed log entry is not in the sealed log, or not what it must be.",
    "opened": "The case's opening does not fit its seal.",
    "publication": "The log does not record the publication of exactly this dossier.",
    "cited": "A recording or original in the dossier is not accounted for in the disclosed log.",
    "openings": "A disclosed private field is not what was sealed.",
    "stamps": "A time stamp does not hold.",
    "files": "The files are not the ones that were sealed.",
}

MEANING_HOLDS = """\
What this shows: this dossier is, bit for bit, what the holder of the sealing key recorded as published; each original,
playing copy and disclosed entry in it was in the sealed log, and none has been changed, added or left out since.
What it does not show: who holds the key (ask someone you trust for it), that what a camera, a person or a clock says is
true, that nothing happened before the material reached the case, or what the undisclosed entries say. It does not say
who is right. Times in the log are those of the case keeper's computer; only a time stamp that you verify is
independent of it."""

MEANING_FAILS = """\
What this shows: the dossier, as it lies here, is not what was sealed. The lines marked FAIL say where. That can be
damage in transit as well as a change made on purpose: fetch the dossier again from where it was published, and compare.
Do not rely on this copy."""


def print_report(verification: Verification, write: Callable[[str], None]) -> None:
    """Print the report in plain words."""
    write("Every Angle dossier check\n")
    for check in verification.checks:
        write(f"{check.result:<12} {check.text}")
        for problem in check.problems[:SHOWN_PROBLEMS]:
            write(f"{'':<12}   - {shown(problem)}")
        if len(check.problems) > SHOWN_PROBLEMS:
            write(f"{'':<12}   - and {len(check.problems) - SHOWN_PROBLEMS:,} more")
    failed = sum(check.result == FAIL for check in verification.checks)
    open_points = sum(check.result == NOT_CHECKED for check in verification.checks)
    if failed:
        write(f"\nVERDICT      FAIL: {failed} of {len(verification.checks)} checks failed.\n\n{MEANING_FAILS}")
    else:
        left = f" {open_points} left to you (NOT CHECKED)." if open_points else ""
        write(f"\nVERDICT      PASS: every check that this program can make holds.{left}\n\n{MEANING_HOLDS}")


def report_json(verification: Verification) -> str:
    """Return the report for programs."""
    checks = [
        {"code": c.code, "problems": c.problems[:SHOWN_PROBLEMS], "result": c.result, "text": c.text}
        for c in verification.checks
    ]
    proof, checkpoint = verification.proof, verification.checkpoint
    report = {
        "case": proof.case if proof else None,
        "checks": checks,
        "commands": verification.commands,
        "entries": {"disclosed": len(verification.entries or []), "total": checkpoint.size if checkpoint else None},
        "format": "everyangle.verdict/1",
        "key": proof.key.text if proof else None,
        "verdict": "pass" if verification.holds else "fail",
    }
    return json.dumps(report, ensure_ascii=True, indent=2, sort_keys=True)


# ---------------------------------------------------------------------------------------------------------------------
# The command
# ---------------------------------------------------------------------------------------------------------------------


def trusted_key(argument: str) -> Key:
    """Return the key that --key gives: the key itself, or a file that holds it."""
    if KEY.fullmatch(argument.strip()):
        return read_key(argument.strip(), "the key you gave")
    place = Path(argument)
    try:
        text = read_file(place.parent, place.name, MAX_KEY_FILE).decode("utf-8")
    except UnicodeDecodeError:
        raise DossierError("the file that you gave as the key holds no key") from None
    return read_key(text.strip(), "the key you gave")


def show_progress(text: str) -> None:
    """Show progress on a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(
        prog="verify.py",
        description="Checks an Every Angle dossier, without a network and without the software that made it.",
        epilog="Exit status: 0 everything holds, 1 something fails, 2 could not begin. "
        "Example: python3 verify.py . --key 'everyangle/case-key/1a2b3c4d+0a1b2c3d+AbCd…'",
    )
    parser.add_argument(
        "dossier", nargs="?", metavar="DOSSIER", help="the dossier's folder (default: where this file lies)"
    )
    parser.add_argument("--key", metavar="KEY|FILE", help="the sealing key that you were told by someone you trust")
    parser.add_argument("--json", action="store_true", help="print the report for programs")
    options = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    root = Path(options.dossier) if options.dossier is not None else Path(__file__).resolve().parent
    try:
        trusted = trusted_key(options.key) if options.key is not None else None
        need(root.is_dir(), f"{shown(str(root))} is not a folder")
        is_dossier = os.path.lexists(root / "manifest.json") or os.path.lexists(root / "proof")
        need(is_dossier, f"{shown(str(root))} is not a dossier: it holds neither manifest.json nor proof")
    except (DossierError, OSError, ValueError) as error:
        sys.stderr.write(f"Could not begin: {shown(str(error))}.\n")
        return 2
    verification = Verification(root, trusted, show_progress)
    holds = verification.run()
    if options.json:
        print(report_json(verification))
    else:
        print_report(verification, print)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
