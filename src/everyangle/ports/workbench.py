"""The ports of one case at work, in one value: the record, and everything that machines make of it."""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.ports.case import CasePorts
from everyangle.ports.catalogue import Catalogue
from everyangle.ports.derived import Derived
from everyangle.ports.documents import Documents
from everyangle.ports.events import Events
from everyangle.ports.language import Language
from everyangle.ports.media import Media
from everyangle.ports.work import MEMORY, Memory, Work


@dataclass(frozen=True, slots=True)
class Workbench:
    """One open case with the means to work on it.

    Attributes:
        case: originals, log, key.
        catalogue: index of the log.
        derived: cache of what machines made.
        media: decodes and encodes.
        documents: reads documents.
        language: parses their texts.
        work: maps functions that compute.
        waiting: maps functions that mostly wait for a decoder or a disk.
        events: takes progress.
        memory: bounds what each process of the work holds.
    """

    case: CasePorts
    catalogue: Catalogue
    derived: Derived
    media: Media
    documents: Documents
    language: Language
    work: Work
    waiting: Work
    events: Events
    memory: Memory = MEMORY
