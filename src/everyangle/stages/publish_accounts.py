"""What a dossier shows of the accounts: the ledger as it stands, or nothing where it cannot be made."""

from __future__ import annotations

from everyangle.core.errors import NotFoundError
from everyangle.core.ledger import Ledger
from everyangle.ports.events import Warned
from everyangle.ports.workbench import Workbench
from everyangle.stages.view import CaseView
from everyangle.stages.weigh import ledger


def accounts_of(view: CaseView, bench: Workbench) -> Ledger | None:
    """Return the ledger of a case, or None where it has no documents, or no language model is installed.

    Without a model the dossier goes out without the accounts, and a warning says so.
    """
    if not any(item.documents for item in view.items):
        return None
    try:
        return ledger(view, bench)
    except NotFoundError as error:
        bench.events(Warned(error.code, f"The dossier shows no accounts. {error}"))
        return None
