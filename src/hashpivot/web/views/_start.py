"""The start page: what changed since one was last here, above the latest season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from ..shared import Arguments, Parameter, WebView, address
from ._common import CHANGES, COMPANY, SEASON, by_ticker
from ._season import season_page

if TYPE_CHECKING:
    from hashpivot.desk import DeskChanges, SeasonResult
    from hashpivot.report import PageBody

    from ..shared import Work

_SINCE = Parameter("since", "moment", "a moment in UTC, such as 2026-11-20 or 2026-11-20T09:30", shown=False)
_SPANS = {"week": 7, "month": 30, "quarter": 91}  # days


@dataclass(frozen=True)
class StartAnswer:
    """What the start page shows.

    Args:
        season: The latest season.
        changes: What changed; None if it is not known since when.
    """

    season: SeasonResult
    changes: DeskChanges | None

    def to_dict(self) -> dict[str, Any]:
        """The quarter of the latest season, and the object of `/changes.json` or null."""
        return {
            "season": str(self.season.quarter),
            "changes": self.changes.to_dict() if self.changes else None,
        }

    def records(self) -> list[dict[str, Any]]:
        """One row a source that came."""
        return self.changes.records() if self.changes else []


def _offers(path: str) -> dict[str, str]:
    """Addresses of the changes of the last week, month and quarter."""
    today = date.today()
    return {name: address(path, {"since": today - timedelta(days)}) for name, days in _SPANS.items()}


def _start(work: Work, arguments: Arguments) -> StartAnswer:
    desk, since = work.desk(), arguments.get("since")
    season = work.kept(("latest season",), desk.season)
    return StartAnswer(season, desk.changes(since) if since else None)


def _start_body(work: Work, answer: StartAnswer, arguments: Arguments) -> PageBody:
    from hashpivot.report import PageBody, changes_above

    season = season_page(work, answer.season)
    above = changes_above(
        answer.changes.changes if answer.changes else None,
        by_ticker(COMPANY, {}),
        _offers("/"),
        address(CHANGES, {"since": arguments.get("since")}),
    )
    return PageBody(season.name, above + season.html, season.style)


def _changes(work: Work, arguments: Arguments) -> DeskChanges:
    since = arguments.get("since") or str(date.today() - timedelta(_SPANS["month"]))
    return work.desk().changes(since)


def _changes_body(_work: Work, changes: DeskChanges, _arguments: Arguments) -> PageBody:
    from hashpivot.report import changes_body

    season = address(SEASON.replace("/{quarter}", ""))
    return changes_body(changes.changes, by_ticker(COMPANY, {}), _offers(CHANGES), season)


START_VIEWS = (
    WebView(
        "start", "/start", "What changed since you were last here, and the latest season",
        "Desk.changes(since), Desk.season()", _start, _start_body, (_SINCE,),
        schema="Start", dated=False, menu="Start", also=("/",),
    ),
    WebView(
        "changes", CHANGES, "What changed since a moment", "Desk.changes(since)",
        _changes, _changes_body, (_SINCE,),
        schema="Changes", dated=False,
    ),
)  # fmt: skip
