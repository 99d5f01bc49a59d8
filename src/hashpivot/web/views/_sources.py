"""Sources and health: what the ledger was read from, what was fetched, what failed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..shared import Arguments, WebView, address
from ._common import SOURCES, STORED

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Work


def _sources(work: Work, _arguments: Arguments) -> Any:
    return work.desk().sources()


def _sources_body(_work: Work, result: Any, _arguments: Arguments) -> PageBody:
    from hashpivot.report import sources_body

    return sources_body(
        [(one.source, one.figures, one.text_facts, _stored(one)) for one in result.sources],
        result.grades,
        [(s.service, f"{s.documents:,}", _megabytes(s), _moment(s.fetched)) for s in result.stored],
        [(f.document, f.state, _moment(f.when), f.reason) for f in result.failed],
        [(s.service, f"{s.rate:g}" if s.rate else "", _moment(s.asked), _now(s)) for s in result.limits],
    )


def _stored(one: Any) -> str:
    return address(STORED, {"sha256": one.source.sha256}) if one.stored else ""


def _megabytes(stored: Any) -> str:
    return f"{stored.stored_bytes / 1e6:,.1f} MB"


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _now(limit: Any) -> str:
    return f"blocked until {_moment(limit.blocked_until)}" if limit.blocked_until else "may be asked"


def _beside(_result: Any, _arguments: Arguments) -> list[tuple[str, str]]:
    return [("Ledger and versions", "/health"), ("Coverage, and the reports to get", "/coverage")]


SOURCES_VIEWS = (
    WebView(
        "sources", SOURCES, "Sources and health: what was read, fetched, and failed", "Desk.sources()",
        _sources, _sources_body,
        schema="Sources", dated=False, menu="Sources", kept=False, sortable=True, related=_beside,
    ),
)  # fmt: skip
