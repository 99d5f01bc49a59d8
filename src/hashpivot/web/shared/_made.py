"""An answer as a page needs it: small enough to be kept, and to be sent from process to process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ._live_desk import Work
    from ._view import Arguments, WebView


@dataclass(frozen=True)
class Made:
    """What a page and its twins are written from.

    Args:
        answer: Of the JSON twin.
        rows: Of the CSV twin.
        body: The page.
        related: Titles and addresses of what is beside it.
    """

    answer: dict[str, Any]
    rows: list[dict[str, Any]]
    body: PageBody
    related: list[tuple[str, str]]

    @classmethod
    def of(cls, view: WebView, work: Work, arguments: Arguments) -> Made:
        """Make the answer of a view.

        Raises:
            HashpivotError: If it cannot be answered.
        """
        result = view.answer(work, arguments)
        return cls(
            result.to_dict(),
            result.records() if view.table else [],
            view.body(work, result, arguments),
            view.related(result, arguments) if view.related else [],
        )

    def to_dict(self) -> dict[str, Any]:
        """The JSON twin."""
        return self.answer

    def records(self) -> list[dict[str, Any]]:
        """The rows of the CSV twin."""
        return self.rows
