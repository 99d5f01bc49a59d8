"""The least believable outputs over all companies: what a reader would doubt first.

    python -m tools review

Each finding has a score, a multiple of what its kind allows, so that findings of all kinds can be ranked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hashpivot.core import Line, NoData
from hashpivot.desk import Desk
from hashpivot.outlook import CompanyResults, OutlookCase, OutlookSummary, outlook

QUARTERS, PATHS = 12, 1_000
JUMP = 1.5
"""Judged: revenue with a line's change over revenue before it, beyond which the change wants a reason."""
BEYOND = 1.2
"""Judged: AI revenue over what is signed that escalators and market rents may explain."""
NO_WIDTH, WIDE = 1.05, 10.0
"""Judged: 90% over 10% quantile of revenue a year ahead that is too narrow, or too wide to say anything."""
MARGIN_GAP = 0.3
"""Judged: distance from the peers' median gross margin that wants a reason."""
LEAST_USD = 2e6
"""Lines below are too small to look at."""
_AI = tuple(line for line in Line if line.group == "ai")


@dataclass(frozen=True, slots=True)
class Finding:
    """One output to doubt.

    Args:
        score: Multiple of what is allowed; the largest is the least believable.
        ticker: The company.
        number: The output, in words.
        why: Why it is suspicious.
    """

    score: float
    ticker: str
    number: str
    why: str

    def __str__(self) -> str:
        return f"{self.score:5.1f}  {self.number}: {self.why}\n       hashpivot outlook {self.ticker}"


def run(count: int) -> list[Finding]:
    """The `count` least believable outputs of the newest outlooks, at most one of a company and kind."""
    found = outlooks()
    findings = [
        finding
        for case, summary in found
        for kind in (jumps(summary), widths(summary), growth(case, summary), shortfalls(summary))
        if (finding := max(kind, key=lambda one: one.score, default=None))
    ]
    findings += margins(summary for _, summary in found)
    return sorted(findings, key=lambda one: -one.score)[:count]


def outlooks() -> list[tuple[OutlookCase, OutlookSummary]]:
    """The case and the outlook of every company that has one."""
    desk, found = Desk.open(), []
    for ticker in desk.view.tickers():
        try:
            case = desk.outlook_case(ticker).case
        except NoData:
            continue
        found.append((case, outlook(case, quarters=QUARTERS, paths=PATHS).summary))
    return found


def jumps(summary: OutlookSummary) -> Iterator[Finding]:
    """Medians of a line whose change from one quarter to the next is large beside all revenue before it."""
    for before, after in pairwise(summary.quarters):
        base = max(before.revenue_usd.p50 or 0.0, LEAST_USD)
        for line in Line:
            change = abs((after.lines[line].p50 or 0.0) - (before.lines[line].p50 or 0.0))
            factor = (base + change) / base
            if change > LEAST_USD and factor > JUMP:
                said = f"{summary.ticker} {line.heading} {_change(before, after, line)}"
                why = f"moves by {change / base:.0%} of all revenue in a quarter"
                yield Finding(factor / JUMP, summary.ticker, said, why)


def widths(summary: OutlookSummary) -> Iterator[Finding]:
    """Revenue a year ahead whose 80% interval says nothing, or says too much."""
    row = summary.quarters[3]
    low, high = row.revenue_usd.p10 or 0.0, row.revenue_usd.p90 or 0.0
    said = f"{summary.ticker} revenue {row.quarter}, 80%: {_m(low)} to {_m(high)}"
    if high > LEAST_USD and high > WIDE * low:
        yield Finding(
            high / max(low, LEAST_USD / 10) / WIDE, summary.ticker, said, "is too wide to say anything"
        )
    elif high > LEAST_USD and high < NO_WIDTH * low:
        yield Finding(NO_WIDTH * low / high, summary.ticker, said, "is too narrow for a year ahead")


def growth(case: OutlookCase, summary: OutlookSummary) -> Iterator[Finding]:
    """AI revenue beyond what runs today and what contracts bring at their full rate."""
    first, last = (
        sum(row.lines[line].p50 or 0.0 for line in _AI) for row in (summary.quarters[0], summary.quarters[-1])
    )
    signed = first + sum(float(contract.full_usd) for contract in case.inputs.contracts)
    if last > LEAST_USD and last > BEYOND * signed:
        said = f"{summary.ticker} AI revenue {_m(last)} in {summary.quarters[-1].quarter}"
        why = f"what runs today and all contracts bring {_m(signed)}"
        yield Finding(last / max(signed, LEAST_USD) / BEYOND, summary.ticker, said, why)


def shortfalls(summary: OutlookSummary) -> Iterator[Finding]:
    """Bills left unpaid on most paths."""
    last = summary.quarters[-1]
    if last.p_shortfall is not None and last.p_shortfall > 0.5:
        said = f"{summary.ticker} leaves a bill unpaid on {last.p_shortfall:.0%} of paths"
        yield Finding(2 * last.p_shortfall, summary.ticker, said, "lenders and shareholders would act before")


def margins(found: Iterable[OutlookSummary]) -> Iterator[Finding]:
    """Gross margins a year ahead far from the peers' median."""
    shares = {
        summary.ticker: profit / revenue
        for summary in found
        if (revenue := summary.quarters[3].revenue_usd.p50 or 0.0) > LEAST_USD
        and (profit := summary.quarters[3].gross_profit_usd.p50) is not None
    }
    middle = median(shares.values()) if shares else 0.0
    for ticker, share in shares.items():
        if abs(share - middle) > MARGIN_GAP:
            said = f"{ticker} gross margin a year ahead {share:.0%}"
            why = f"the peers' median is {middle:.0%}"
            yield Finding(abs(share - middle) / MARGIN_GAP, ticker, said, why)


def _change(before: CompanyResults, after: CompanyResults, line: Line) -> str:
    start, end = (_m(row.lines[line].p50 or 0.0) for row in (before, after))
    return f"{before.quarter} to {after.quarter}, {start} to {end}"


def _m(usd: float) -> str:
    return f"${usd / 1e6:,.1f}m"
