"""Every page of the web desk: the one list that routes, navigation and twins are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hashpivot.core import InvalidInput, Quarter

from ._parameter import Parameter
from ._view import Arguments, WebView, address, same_day

if TYPE_CHECKING:
    from hashpivot.desk import Desk, SeasonResult
    from hashpivot.report import PageBody
    from hashpivot.season import CompanySeason

    from ._live_desk import Work

_SEASON, _COMPANY, _NOWCAST = "/season/{quarter}", "/company/{ticker}", "/nowcast"
_IN_SEASON = "/season/{quarter}/{ticker}"
_MOST_QUARTERS = 13  # of a company: a page of more would be larger than 400 kB
_YEAR = 4  # quarters

_QUARTER = Parameter("quarter", "quarter", "the calendar quarter")
_TICKER = Parameter("ticker", "text", "the company, by ticker, name or CIK")
_TICKERS = Parameter("ticker", "text", "a company; all if none is given", repeated=True)


def _desk(work: Work, arguments: Arguments) -> Desk:
    return work.desk(arguments.get("as_of"))


def _season(work: Work, arguments: Arguments) -> Any:
    return _desk(work, arguments).season(arguments.get("quarter"))


def _season_body(work: Work, season: Any, arguments: Arguments) -> PageBody:
    return _season_parts(work, season, arguments)[""]


def _season_parts(work: Work, season: Any, arguments: Arguments) -> dict[str, PageBody]:
    """The season's page in parts, made once for all of them."""
    from hashpivot.report import season_bodies

    day = same_day(arguments)

    def address_of(ticker: str) -> str:
        place = {"quarter": season.quarter, "ticker": ticker}
        return (
            address(_IN_SEASON, place | day) if ticker else address(_SEASON, {**place, "ticker": None} | day)
        )

    def make() -> dict[str, PageBody]:
        report = _desk(work, arguments).season_report(season, nowcast=False)
        return season_bodies(report, address_of)

    return work.kept(("season parts", season.quarter, arguments.get("as_of")), make)


def _season_beside(season: Any, arguments: Arguments) -> list[tuple[str, str]]:
    quarter, day = season.quarter, same_day(arguments)
    newer = [counts.quarter for counts in season.newer][:1]
    return [
        *((str(q), address(_SEASON, {"quarter": q} | day)) for q in (quarter - 1, *newer)),
        (
            "Against a year before",
            address("/compare", {"from": quarter - _YEAR, "to": quarter} | day),
        ),
        ("Nowcast and surprise", address(_NOWCAST, {"quarter": quarter} | day)),
        ("Coverage", address("/coverage", {"quarters": f"{quarter}..{quarter}"} | day)),
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
    desk = _desk(work, arguments)
    season = desk.season(arguments["quarter"])
    return CompanyInSeason(season, season[desk.ticker_of(arguments["ticker"])])


def _in_season_body(work: Work, inside: CompanyInSeason, arguments: Arguments) -> PageBody:
    return _season_parts(work, inside.result, arguments)[inside.company.ticker]


def _in_season_beside(inside: CompanyInSeason, arguments: Arguments) -> list[tuple[str, str]]:
    quarter, ticker, day = inside.result.quarter, inside.company.ticker, same_day(arguments)
    return [
        (f"Season {quarter}", address(_SEASON, {"quarter": quarter} | day)),
        (f"All of {ticker}", address(_COMPANY, {"ticker": ticker} | day)),
    ]


def _company(work: Work, arguments: Arguments) -> Any:
    return _desk(work, arguments).company(arguments["ticker"], quarters=arguments.get("quarters", 9))


def _company_body(_work: Work, company: Any, _arguments: Arguments) -> PageBody:
    from hashpivot.report import company_body

    return company_body(company.profile)


def _company_beside(company: Any, arguments: Arguments) -> list[tuple[str, str]]:
    place, day = {"ticker": company.ticker}, same_day(arguments)
    newest = company.profile.newest
    inside = [("In its newest season", address(_IN_SEASON, {"quarter": newest} | place | day))]
    return [
        *(inside if isinstance(newest, Quarter) else []),
        ("Nowcast", address(_NOWCAST, place | day)),
        ("Coverage", address("/coverage", place | day)),
    ]


def _compare(work: Work, arguments: Arguments) -> Any:
    desk = _desk(work, arguments)
    last = arguments.get("to") or desk.season().quarter
    first = arguments.get("from") or last - _YEAR
    if not first < last:
        raise InvalidInput(
            f"{first} is not before {last}", where="from", hint="give the earlier quarter first"
        )
    return desk.compare((first, last))


def _compare_body(_work: Work, comparison: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import comparison_body

    return comparison_body(comparison.comparison, _by_ticker(_COMPANY, arguments))


def _coverage(work: Work, arguments: Arguments) -> Any:
    from hashpivot.coverage import parse_window

    span = arguments.get("quarters")
    return _desk(work, arguments).coverage(arguments.get("ticker"), parse_window(span) if span else None)


def _coverage_body(_work: Work, coverage: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import coverage_body

    return coverage_body(coverage.coverage, _by_ticker(_COMPANY, arguments))


def _nowcast(work: Work, arguments: Arguments) -> Any:
    return work.desk().nowcast(arguments.get("quarter"), arguments.get("ticker"), arguments.get("as_of"))


def _nowcast_body(_work: Work, nowcast: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import nowcast_body

    asked = same_day(arguments) | {"quarter": nowcast.quarter}
    return nowcast_body(nowcast.nowcast, _by_ticker(_NOWCAST, asked), nowcast.notes)


def _nowcast_beside(nowcast: Any, arguments: Arguments) -> list[tuple[str, str]]:
    quarter, day = nowcast.quarter, same_day(arguments)
    tickers = arguments.get("ticker", ())
    return [
        (str(quarter - 1), address(_NOWCAST, {"quarter": quarter - 1, "ticker": tickers} | day)),
        *((f"All of {ticker}", address(_COMPANY, {"ticker": ticker} | day)) for ticker in tickers),
        ("Track record", "/nowcast/track-record"),
    ]


def _track_record(work: Work, _arguments: Arguments) -> Any:
    return work.desk().backtest()


def _track_record_body(_work: Work, backtest: Any, _arguments: Arguments) -> PageBody:
    from hashpivot.report import track_record_body

    return track_record_body(backtest.summary)


def _halving(work: Work, arguments: Arguments) -> Any:
    return work.desk().halving(arguments.get("number"))


def _halving_body(_work: Work, halving: Any, arguments: Arguments) -> PageBody:
    from hashpivot.report import halving_body

    return halving_body(
        halving.schedule, halving.next, halving.past, halving.impacts, halving.hashprices,
        _by_ticker(_COMPANY, arguments),
    )  # fmt: skip


def _health(work: Work, _arguments: Arguments) -> Any:
    return work.desk().health()


def _health_body(_work: Work, health: Any, _arguments: Arguments) -> PageBody:
    from hashpivot.report import health_body

    title = f"{health.figures:,} figures of {health.companies} companies from {health.sources} sources"
    return health_body(title, health.facts())


def _by_ticker(path: str, arguments: Arguments) -> Callable[[str], str]:
    """Addresses by ticker, as of the day of this page."""
    kept = {name: arguments[name] for name in ("as_of", "quarter") if name in arguments}
    day = kept if path == _NOWCAST else same_day(arguments)
    return lambda ticker: address(path, {"ticker": ticker} | day)


WEB_VIEWS = (
    WebView(
        "season", _SEASON, "Four answers for every company of a quarter", "Desk.season(quarter)",
        _season, _season_body, (_QUARTER,),
        menu="Season", also=("/", "/season"), command="hashpivot season QUARTER --json",
        related=_season_beside,
    ),
    WebView(
        "season-company", _IN_SEASON, "The four answers of one company, with their evidence",
        "Desk.season(quarter)[ticker]", _in_season, _in_season_body, (_QUARTER, _TICKER),
        related=_in_season_beside,
    ),
    WebView(
        "company", _COMPANY, "One company whole", "Desk.company(ticker, quarters=quarters)",
        _company, _company_body,
        (_TICKER, Parameter("quarters", "integer", "how many to show", least=1, most=_MOST_QUARTERS)),
        command="hashpivot company TICKER --json", related=_company_beside,
    ),
    WebView(
        "compare", "/compare", "How the answers moved between two quarters", "Desk.compare((first, last))",
        _compare, _compare_body,
        (
            Parameter("from", "quarter", "the earlier quarter; a year before the later one if not given"),
            Parameter("to", "quarter", "the later quarter; the latest season if not given"),
        ),
        menu="Compare", command="hashpivot season --compare FROM TO --json",
    ),
    WebView(
        "coverage", "/coverage", "What the ledger holds, and the reports to get",
        "Desk.coverage(tickers, quarters)", _coverage, _coverage_body,
        (_TICKERS, Parameter("quarters", "text", "a span such as 2024Q1..2026Q2")),
        menu="Coverage", command="hashpivot coverage TICKER --quarters SPAN --json",
    ),
    WebView(
        "nowcast", _NOWCAST, "The quarter about to be reported", "Desk.nowcast(quarter, tickers, as_of)",
        _nowcast, _nowcast_body, (_QUARTER, _TICKERS),
        menu="Nowcast", command="hashpivot nowcast QUARTER TICKER --json", related=_nowcast_beside,
    ),
    WebView(
        "track-record", "/nowcast/track-record", "How well the nowcast has done", "Desk.backtest()",
        _track_record, _track_record_body,
        dated=False, command="hashpivot nowcast --backtest --json", slow=True,
    ),
    WebView(
        "halving", "/halving", "Halvings, and what one did to each company", "Desk.halving(number)",
        _halving, _halving_body,
        (Parameter("number", "integer", "the past halving; the latest if not given", least=1, most=9),),
        dated=False, menu="Halving", command="hashpivot halving --json",
    ),
    WebView(
        "health", "/health", "Ledger, store and versions", "Desk.health()", _health, _health_body,
        dated=False, menu="Health", kept=False,
    ),
)  # fmt: skip
"""All pages, in the order of the navigation."""
