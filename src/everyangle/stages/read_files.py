"""Reading files without a case: each is read, parsed, and told as ``everyangle.statements/1``. Keeps nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from everyangle.core.accounts import AccountDocument, Notice, ReadDocument
from everyangle.core.errors import BadInputError, EveryAngleError, NotFoundError, StorageError
from everyangle.core.ids import Digest
from everyangle.core.kinds import HEAD_BYTES, document_type, named_like_media
from everyangle.core.statements_json import StatementsFile
from everyangle.ports.documents import Documents, DocumentsRead, Original
from everyangle.ports.events import Advanced, Events, Finished, Started
from everyangle.ports.language import Language
from everyangle.ports.language_model import LanguageModel
from everyangle.ports.work import Work
from everyangle.stages.propose import propose
from everyangle.stages.read import read_documents, resolved

STEP = "documents"


@dataclass(frozen=True, slots=True)
class ReadPorts:
    """What reading files needs.

    Attributes:
        documents: reads documents.
        language: parses their texts.
        waiting: maps over files.
        events: takes progress.
        model: proposes further statements, or None.
    """

    documents: Documents
    language: Language
    waiting: Work
    events: Events
    model: LanguageModel | None = None


def read_files(paths: Sequence[Path], ports: ReadPorts) -> StatementsFile:
    """Return the statements in some files, and which could not be read or were read with a fault.

    What is wrong with one file stops no other. Speakers are resolved within each file and across all.

    Args:
        paths: files, in the order in which they are told.
        ports: what the work needs.

    Raises:
        NotFoundError: ``language-model-missing``.
    """
    ports.events(Started(STEP, len(paths), "documents"))
    documents: list[AccountDocument] = []
    notices: list[Notice] = []
    for path, found in zip(paths, ports.waiting.map(lambda path: _read(path, ports.documents), paths), strict=True):
        if isinstance(found, DocumentsRead):
            documents += found.documents
            notices += found.notices
        else:
            notices.append(Notice(str(path), found.code, str(found)))
        ports.events(Advanced(STEP, 1, path.name))
    ports.events(Finished(STEP))
    read: list[ReadDocument] = []
    for reading in read_documents(documents, ports.language, ports.events):
        read += reading.documents
        notices += reading.notices
    if ports.model is not None:
        read, more = propose(read, ports.model, ports.events)
        notices += more
    return StatementsFile(resolved(read), tuple(notices))


def _read(path: Path, documents: Documents) -> DocumentsRead | EveryAngleError:
    if path.is_dir():
        return BadInputError(
            "not-a-file", f"{path} is a folder.", todo="Name the files in it: everyangle read FOLDER/*"
        )
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if not head:
                return BadInputError("document-empty", f"{path} is empty.")
            media_type = document_type(head, path.name)
            if media_type is None or named_like_media(path.name):
                return BadInputError(
                    "document-type-unread",
                    f"{path} is no document that can be read.",
                    todo="Give HTML, MHTML, WARC, WACZ, PDF, DOCX, TXT, Markdown, SRT, VTT or a transcript in JSON.",
                )
            file.seek(0)
            digest = Digest(hashlib.file_digest(file, "sha256").hexdigest())
            return documents.read(file, Original(str(path), digest, media_type))
    except EveryAngleError as error:
        return error
    except FileNotFoundError:
        return NotFoundError("file-missing", f"{path} does not exist.")
    except OSError as error:
        return StorageError("file-unreadable", f"{path} cannot be read: {error.strerror or error}.")
