"""The season, and one company in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..shared import WATCH, Arguments, WebView, address, same_day
from ._common import (
    COMPANY,
    COMPARE,
    COVERAGE,
    IN_SEASON,
    NOWCAST,
    QUARTER,
    SEASON,
    TICKER,
    YEAR,
    chosen,
    desk_of,
    trace_of,
)

if TYPE_CHECKING:
    from hashpivot.desk import SeasonResult
    from hashpivot.report import PageBody
    from hashpivot.season import CompanySeason

    from ..shared import Work


def _season(work: Work, arguments: Arguments) -> Any:
    return desk_of(work, arguments).season(arguments.get("quarter"), chosen(arguments))


def _season_body(work: Work, season: Any, arguments: Arguments) -> PageBody:
    return season_page(work, season, arguments)


def season_page(work: Work, season: SeasonResult, arguments: Arguments = {}) -> PageBody:  # noqa: B006
    """The page of a season.

    Args:
        work: What it is made from.
        season: The season.
        arguments: With the day of `as_of`, if any.
    """
    return _season_parts(work, season, arguments)[""]


def _season_parts(work: Work, season: Any, arguments: Arguments) -> dict[str, PageBody]:
    """The season's page in parts, made once for all of them."""
    from hashpivot.report import season_bodies

    day = same_day(arguments)

    def address_of(ticker: str) -> str:
        place = {"quarter": season.quarter, "ticker": ticker}
        return address(IN_SEASON, place | day) if ticker else address(SEASON, {**place, "ticker": None} | day)

    def make() -> dict[str, PageBody]:
        report = desk_of(work, arguments).season_report(season, nowcast=False)
        return season_bodies(report, address_of, trace_of(arguments))

    return work.kept(("season parts", season.quarter, arguments.get("as_of"), tuple(season)), make)


def _season_beside(season: Any, arguments: Arguments) -> list[tuple[str, str]]:
    quarter, day = season.quarter, same_day(arguments)
    watched = {name: value for name, value in arguments.items() if name == WATCH.name}
    newer = [counts.quarter for counts in season.newer][:1]
    return [
        *((str(q), address(SEASON, {"quarter": q} | watched | day)) for q in (quarter - 1, *newer)),
        (
            "Against a year before",
            address(COMPARE, {"from": quarter - YEAR, "to": quarter} | day),
        ),
        ("Nowcast and surprise", address(NOWCAST, {"quarter": quarter} | day)),
        ("Coverage", address(COVERAGE, {"quarters": f"{quarter}..{quarter}"} | day)),
    ]


@dataclass(frozen=True)
class CompanyInSeason:
    """One company of a season, with the season.

    Args:
        result: The season.
        company: The company.
    """

    result: SeasonResult
    company: CompanySeason

    def to_dict(self) -> dict[str, Any]:
        """Its entry in the JSON contract of `hashpivot season`."""
        return self.result.season.company_to_dict(self.company)

    def records(self) -> list[dict[str, Any]]:
        """One row a question."""
        return self.company.records()


def _in_season(work: Work, arguments: Arguments) -> CompanyInSeason:
    desk = desk_of(work, arguments)
    season = desk.season(arguments["quarter"])
    return CompanyInSeason(season, season[desk.ticker_of(arguments["ticker"])])


def _in_season_body(work: Work, inside: CompanyInSeason, arguments: Arguments) -> PageBody:
    return _season_parts(work, inside.result, arguments)[inside.company.ticker]


def _in_season_beside(inside: CompanyInSeason, arguments: Arguments) -> list[tuple[str, str]]:
    quarter, ticker, day = inside.result.quarter, inside.company.ticker, same_day(arguments)
    return [
        (f"Season {quarter}", address(SEASON, {"quarter": quarter} | day)),
        (f"All of {ticker}", address(COMPANY, {"ticker": ticker} | day)),
    ]


SEASON_VIEWS = (
    WebView(
        "season", SEASON, "Four answers for every company of a quarter", "Desk.season(quarter)",
        _season, _season_body, (QUARTER, WATCH),
        charts=True, schema="Season", sortable=True, menu="Season", also=("/season",),
        command="hashpivot season QUARTER --json", related=_season_beside,
    ),
    WebView(
        "season-company", IN_SEASON, "The four answers of one company, with their evidence",
        "Desk.season(quarter)[ticker]", _in_season, _in_season_body, (QUARTER, TICKER),
        charts=True, schema="SeasonCompany", related=_in_season_beside,
        about=lambda inside: inside.company.ticker,
    ),
)  # fmt: skip
