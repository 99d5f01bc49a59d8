"""What is said instead of an answer: errors and refusals, as a page or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from hashpivot.core import HashpivotError, InvalidInput, MissingLibrary, NoData, UnknownKey, json_text

from ._frame import Frame, error_body, framed
from ._twins import MEDIA_TYPES
from .access import Refusal
from .shared import JobCancelled, TooManyJobs

UNKEPT = {"Cache-Control": "no-store"}


class Errors:
    """Says what was wrong.

    Args:
        ledger: Path of the user's ledger.
        on_failure: Told of errors that nobody foresaw.
    """

    def __init__(self, ledger: str, on_failure: Callable[[Exception], None]) -> None:
        self._ledger, self._on_failure = ledger, on_failure

    def said(self, ending: str, error: Exception, frame: Frame | None = None) -> Response:
        """What is said of an error; one that nobody foresaw is told to who started the desk.

        Args:
            ending: Of the twin that was asked for; empty for a page.
            error: The error.
            frame: What stands around it; that of no page if not given.
        """
        if isinstance(error, HashpivotError):
            return self._error(ending, status_of(error), error.to_dict(), frame)
        self._on_failure(error)
        hint = "the terminal of hashpivot serve says what failed"
        return self._error(ending, 500, {"kind": "failure", "message": "this page failed", "hint": hint})

    def refused(self, path: str, refusal: Refusal) -> Response:
        """What is said to a request that is not answered.

        Args:
            path: What was asked for.
            refusal: Why not.
        """
        ending = "json" if path.rpartition(".")[2] in MEDIA_TYPES else ""
        said = {"kind": "refused", "message": refusal.message, "hint": refusal.hint}
        if refusal.status == 404:
            said["kind"] = "unknown_page"
        response = self._error(ending, refusal.status, said)
        response.headers.update(refusal.headers)
        return response

    def _error(
        self, ending: str, status: int, said: Mapping[str, str], frame: Frame | None = None
    ) -> Response:
        if ending:
            return json_response({"error": dict(said)}, status, UNKEPT)
        page = framed(error_body(status, said["message"], said["hint"]), frame or Frame(self._ledger))
        return Response(page, status, UNKEPT, "text/html")


def status_of(error: HashpivotError) -> int:
    """Status of HTTP of an error."""
    if isinstance(error, InvalidInput):
        return 400
    if isinstance(error, MissingLibrary):
        return 501
    if isinstance(error, TooManyJobs):
        return 429
    if isinstance(error, JobCancelled):
        return 409
    return 404 if isinstance(error, UnknownKey | NoData) else 503


def json_response(said: Mapping[str, Any], status: int, headers: Mapping[str, str]) -> Response:
    """An answer as JSON.

    Args:
        said: What it holds.
        status: Of HTTP.
        headers: To be sent with it.
    """
    return Response(json_text(said) + "\n", status, dict(headers), "application/json")
