"""The nowcast of a quarter: every company, as known on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hashpivot.bitcoin import MORE_DAYS_HINT, NetworkHistory
from hashpivot.core import (
    Figure,
    InvalidInput,
    Keyed,
    Missing,
    NoData,
    PowerMonth,
    Quarter,
    Tabular,
    UnknownKey,
    not_applicable,
    not_in_ledger,
)
from hashpivot.ledger import View

from .company import (
    CompanyDraws,
    CompanyNowcast,
    CompanyQuarter,
    Information,
    acquired,
    company_nowcast,
    first_view,
    outcome,
    outcome_known,
)
from .track_record import Learned, NowcastCase, learned_on, load_track_record

PRE_REPORT = timedelta(days=40)
"""How long after a quarter's end its pre-announcement nowcast is made: most reports come later than that."""
STILL_TO_COME = timedelta(days=180)
"""How long after that a report is still waited for; later ones are taken for missing from the ledger."""
FARTHEST_DAYS = 400
"""Days after the end of the network's history up to which it is simulated."""
FARTHEST = 2
"""Quarters after the running one that are still a nowcast."""
Track = Callable[[], Sequence[NowcastCase]]


@dataclass(frozen=True, repr=False)
class Nowcast(Tabular, Keyed[CompanyNowcast]):
    """What the companies are about to report for a quarter: a mapping of tickers to companies.

    Args:
        quarter: The quarter.
        as_of: Nothing known later was used.
        companies: By ticker.
        missing: Why a company has none.
        network_to: Last day of the network that was known; later ones, to `as_of` too, are drawn.
    """

    row_key = "ticker"

    quarter: Quarter
    as_of: date
    companies: Mapping[str, CompanyNowcast]
    missing: Mapping[str, Missing]
    network_to: date

    @property
    def note(self) -> str:
        """What a reader must know of the quarter's network days; empty if all to `as_of` were known."""
        if min(self.as_of, self.quarter.end) <= self.network_to:
            return ""
        return f"Network days after {self.network_to} are drawn, not known: {MORE_DAYS_HINT}."

    def __repr__(self) -> str:
        without = f", {len(self.missing)} without a nowcast" if self.missing else ""
        return f"Nowcast({self.quarter}, as of {self.as_of}, {len(self.companies)} companies{without})"

    def __getitem__(self, ticker: str) -> CompanyNowcast:
        if ticker in self.missing:
            raise UnknownKey(f"no nowcast of {ticker}: {self.missing[ticker].reason}")
        return super().__getitem__(ticker)

    def records(self) -> list[dict[str, Any]]:
        """One row a company: total revenue with its 80% interval, and what was reported."""
        return [
            {
                "ticker": ticker,
                "as_of": company.as_of.isoformat(),
                "level": company.level,
                **company.total.to_dict(),
                "reported_usd": float(company.reported.value) if company.reported else None,
                "surprise": company.surprise,
            }
            for ticker, company in self.companies.items()
        ]

    def _members(self) -> Mapping[str, CompanyNowcast]:
        return self.companies

    def _key_noun(self) -> str:
        return f"company of the nowcast of {self.quarter} is called"

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot nowcast`."""
        return {
            "quarter": str(self.quarter),
            "as_of": self.as_of.isoformat(),
            "network_to": self.network_to.isoformat(),
            "companies": [company.to_dict() for company in self.companies.values()],
            "missing": [{"ticker": ticker, **why.to_json()} for ticker, why in self.missing.items()],
        }


def quarter_due(view: View, as_of: date) -> Quarter:
    """The quarter about to be reported on a day.

    The last one that has ended, until half of the companies that reported the one before have reported it;
    then the running one.
    """
    ended = Quarter.containing(as_of + timedelta(days=1)) - 1
    reported, before = (
        sum(outcome(view, ticker, each) is not None for ticker in view.tickers())
        for each in (ended, ended - 1)
    )
    return ended + 1 if before and reported * 2 >= before else ended


def nowcast(
    view: View,
    history: NetworkHistory,
    quarter: Quarter | None = None,
    tickers: Iterable[str] | None = None,
    as_of: date | None = None,
    power: Mapping[str, Sequence[PowerMonth]] | None = None,
    track: Track = load_track_record,
) -> Nowcast:
    """What companies are about to report for a quarter.

    A company that has reported is nowcast as of the day before, at most 40 days after its quarter's end, and
    compared with what it reported first.

    Args:
        view: The figures; later ones than `as_of` are not looked at.
        history: The network.
        quarter: The quarter; the one about to be reported if not given.
        tickers: Companies; all if not given.
        as_of: The day; the view's if not given, else today. Of a quarter long past, 40 days after its end.
        power: Months of companies' sites, by ticker: `hashpivot.site.power_months`, or their own books.
        track: Past nowcasts with their outcomes, from which medians and intervals learn.

    Raises:
        InvalidInput: If the quarter is too far ahead of the day, or the day of the network's history.
        NoData: If the day lies before all network data, or the quarter before 2021.
    """
    latest = as_of or view.as_of or date.today()
    _check_day(history, latest)
    shown = view.on(latest)
    first = first_view(shown)
    wanted = quarter or quarter_due(shown, latest)
    _check(wanted, latest)
    cases, by_day = track(), dict[date, tuple[Information, Learned]]()
    companies, missing = {}, {}
    for ticker in shown.tickers() if tickers is None else tickers:
        reported = outcome(first, ticker, wanted) or outcome(shown, ticker, wanted)
        day = _last_look(first, ticker, wanted, latest)
        if day not in by_day:
            by_day[day] = known_on(view, history, day, wanted, power), learned_on(cases, day)
        result = _company(*by_day[day], ticker, wanted, reported)
        if isinstance(result, Missing):
            missing[ticker] = result
        else:
            companies[ticker] = result
    as_known = _as_known(wanted, latest)
    return Nowcast(wanted, as_known, companies, missing, min(as_known, history.last_day))


def known_on(
    view: View,
    history: NetworkHistory,
    day: date,
    quarter: Quarter,
    power: Mapping[str, Sequence[PowerMonth]] | None = None,
) -> Information:
    """What was known on a day, with the network drawn to the end of every company's fiscal quarter."""
    then = view.on(day)
    ends = [then.company_statements(ticker).bounds(quarter)[1] for ticker in then.tickers()]
    return Information(then, history, day, max([quarter.end, *ends]), power)


def _company(
    information: Information,
    learned: Learned,
    ticker: str,
    quarter: Quarter,
    reported: Figure | None,
) -> CompanyNowcast | Missing:
    if ticker not in information.view.tickers():
        return not_in_ledger(f"nothing of it was known on {information.as_of}")
    if (gone := ceased(information, ticker, quarter)) is not None:
        return gone
    context = CompanyQuarter(information, ticker, quarter)
    return company_nowcast(CompanyDraws(context, learned), reported)


def ceased(information: Information, ticker: str, quarter: Quarter) -> Missing | None:
    """Why an acquired company does not report a quarter any more; None if it may."""
    event = acquired(information.view, ticker, information.as_of, quarter.end)
    if event is None:
        return None
    by = f" by {event.counterparty}" if event.counterparty else ""
    return not_applicable(f"it was acquired{by} on {event.effective}; no report of its own follows")


def _last_look(first: View, ticker: str, quarter: Quarter, asked: date) -> date:
    """The last day a company's nowcast may know of.

    The day before its report, and no more than 40 days after the quarter. A company that has not reported is
    nowcast as of the day asked for, unless a report would be too late by then to be still to come.
    """
    usual = first.company_statements(ticker).bounds(quarter)[1] + PRE_REPORT
    reported = outcome_known(first, ticker, quarter)
    if reported:
        return min(usual, reported - timedelta(days=1))
    return asked if asked <= usual + STILL_TO_COME else min(usual, asked)


def _as_known(quarter: Quarter, asked: date) -> date:
    """The day a quarter's nowcast stands for, asked for on a day; see `_last_look`."""
    usual = quarter.end + PRE_REPORT
    return asked if asked <= usual + STILL_TO_COME else usual


def _check_day(history: NetworkHistory, day: date) -> None:
    if (day - history.last_day).days > FARTHEST_DAYS:
        raise InvalidInput(
            f"{day} is too long after the last day of the network's history, {history.last_day}",
            hint=f"give an earlier --as-of, or {MORE_DAYS_HINT}",
        )


def _check(quarter: Quarter, day: date) -> None:
    if quarter.since(Quarter.containing(day)) > FARTHEST - 1:
        raise InvalidInput(
            f"{quarter} is too far ahead of {day} for a nowcast",
            hint="use hashpivot outlook for the quarters ahead",
        )
    if quarter.year < 2021:
        raise NoData(f"the nowcast begins with 2021Q1, {quarter} is too early")
