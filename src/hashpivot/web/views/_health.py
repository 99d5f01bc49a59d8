"""Ledger, store and versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..shared import Arguments, WebView

if TYPE_CHECKING:
    from hashpivot.report import PageBody

    from ..shared import Work


def _health(work: Work, _arguments: Arguments) -> Any:
    return work.desk().health()


def _health_body(_work: Work, health: Any, _arguments: Arguments) -> PageBody:
    from hashpivot.report import health_body

    title = f"{health.figures:,} figures of {health.companies} companies from {health.sources} sources"
    return health_body(title, health.facts())


HEALTH_VIEWS = (
    WebView(
        "health", "/health", "Ledger, store and versions", "Desk.health()", _health, _health_body,
        schema="Health", dated=False, kept=False,
    ),
)  # fmt: skip
