"""A stored filing as a page to frame: under a policy of its own, nothing outside the store, bounded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from html import escape

from starlette.responses import Response

from hashpivot.core import HashpivotError

from .shared import Parameter, read_parameters

_ASKED = (
    Parameter("sha256", "text", "digest of the stored file"),
    Parameter("document", "integer", "number of the document in the file", most=99_999),
    Parameter("colour", "integer", "number of the operand, which gives the colour of the box", most=999),
    Parameter("at", "text", "a place to box", repeated=True),
)


@cache
def _headers() -> dict[str, str]:
    from hashpivot.filings import SHOWN_POLICY

    return {
        "Content-Security-Policy": SHOWN_POLICY,
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }


def filing_page(given: Sequence[tuple[str, str]], headers: Mapping[str, str]) -> Response:
    """Return a page of a stored filing, or a note that the client has it already.

    Args:
        given: Names and texts of the address.
        headers: Of the request.

    Raises:
        NoData: If the store has no such file, or the file no such document.
        InvalidInput: If it has no page that can be shown, or the address is wrong.
        DocumentStoreError: If the store cannot be read.
    """
    from hashpivot.desk import Desk

    asked = read_parameters(_ASKED, given)
    page = Desk.stored_page(
        asked["sha256"], asked.get("document"), anchors=asked.get("at", ()), colour=asked.get("colour", 0)
    )
    sent = _headers() | {"ETag": f'"{sha256(page).hexdigest()[:24]}"'}
    if headers.get("if-none-match") == sent["ETag"]:
        return Response(None, 304, sent)
    return Response(page, headers=sent, media_type="text/html")


def filing_error(status: int, error: HashpivotError) -> Response:
    """Return what is said in the frame instead of a page.

    Args:
        status: Of HTTP.
        error: What was wrong.
    """
    said = "".join(f"<p>{escape(text)}</p>" for text in (error.message, error.hint) if text)
    page = f'<!DOCTYPE html><html lang="en"><head><title>{status}</title></head><body>{said}</body></html>'
    return Response(page, status, _headers() | {"Cache-Control": "no-store"}, "text/html")
