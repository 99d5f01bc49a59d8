"""The nowcast as a desk would have asked for it: every total, 20 days after the quarter's end.

    python -m tools write nowcast-check

Each company is nowcast as of that day, or the day before its report if that was earlier, with what past
nowcasts had taught by then; the outcome is the total reported first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from statistics import fmean, median

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import CompanyNowcast, nowcast, parse_track_record
from hashpivot.nowcast.company import first_view, outcome

from ..parts import Made
from .nowcast_record import TABLE

FIRST = Quarter(2025, 1)
DAYS_AFTER = 20
Case = tuple[CompanyNowcast, float]


def make() -> Made:
    """The section of the page."""
    return {"nowcast-check": section(list(cases()))}


def cases() -> Iterator[Case]:
    """Nowcasts of every quarter from `FIRST` on with the total that was reported."""
    view, history = View(bundled()), NetworkHistory.load()
    first, past = first_view(view), parse_track_record(TABLE.read_text(encoding="utf-8"))
    last = Quarter.containing(history.last_day)
    for quarter in FIRST.through(last - 1):
        day = min(quarter.end + timedelta(days=DAYS_AFTER), history.last_day)
        found = nowcast(view, history, quarter, as_of=day, track=lambda: past)
        for ticker, company in found.companies.items():
            total = outcome(first, ticker, quarter)
            if total is not None and total.value > 0 and not company.turnover:
                yield company, float(total.value)


def section(found: Sequence[Case]) -> str:
    """Scores by year and level, and every case of the latest year."""
    years = sorted({company.quarter.year for company, _ in found})
    lines = ["| year | level | n | in 80% | MAPE | median | bias | too high |", "|" + "---|" * 8]
    for year in years:
        of_year = [case for case in found if case[0].quarter.year == year]
        levels = sorted({company.level for company, _ in of_year})
        for level in [*levels, "all"]:
            alike = [case for case in of_year if level in ("all", case[0].level)]
            lines.append(f"| {year} | {level} | {_scores(alike)} |")
    outside = [_named(case) for case in found if case[0].quarter.year == years[-1] and not _inside(case)]
    return "\n".join(lines) + f"\n\nOutside in {years[-1]}: {'; '.join(outside) or 'none'}.\n"


def _scores(found: Sequence[Case]) -> str:
    errors = [company.total.median_usd / actual - 1 for company, actual in found]
    inside = sum(map(_inside, found))
    return (
        f"{len(found)} | {inside} ({inside / len(found):.0%}) | {fmean(map(abs, errors)):.1%} | "
        f"{median(map(abs, errors)):.1%} | {fmean(errors):.1%} | {sum(error > 0 for error in errors)}"
    )


def _inside(case: Case) -> bool:
    return case[0].total.holds(case[1])


def _named(case: Case) -> str:
    company, actual = case
    return (
        f"{company.ticker} {company.quarter} ({company.total.p10_usd / 1e6:.0f} to "
        f"{company.total.p90_usd / 1e6:.0f} million, reported {actual / 1e6:.0f})"
    )
