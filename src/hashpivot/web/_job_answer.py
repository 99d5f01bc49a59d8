"""What the process of a job does: make the answer of one view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hashpivot.core import LedgerPlace

from .shared import Arguments, LiveDesk, Made, Uploads
from .views import WEB_VIEWS


def job_answer(
    name: str,
    ledger: LedgerPlace | None,
    uploads: Path,
    arguments: Arguments,
    progress: Callable[[int, int], None],
) -> Made:
    """Make the answer of a view, on a desk of its own.

    Args:
        name: The view.
        ledger: The user's ledger.
        uploads: Where the files are that readers sent.
        arguments: What is asked.
        progress: Told the steps done and all steps.

    Raises:
        HashpivotError: If it cannot be answered.
    """
    view = next(view for view in WEB_VIEWS if view.name == name)
    return Made.of(view, LiveDesk(ledger, Uploads(uploads)).work(progress), arguments)
