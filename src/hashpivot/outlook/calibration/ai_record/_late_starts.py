"""How late AI contracts start: announced starts against the first quarter in which the line's revenue rose.

While the ledger decides fewer than five starts, the dated targets of the bundled guidance stand in: of five
that figures can decide, three were met in time, one came 181 days (two quarters) late and one not at all
(`python -m tools write outlook-delays`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from hashpivot.core import Line, Quarter
from hashpivot.ledger import Contract, View

from ...inputs import USD_PER_MW_QUARTER
from ._known_by_line import known_by_line
from ._line_parts import earns_margin_usd
from ._rents import observed_rents

ON_TIME_SHARE, LATE_QUARTERS = 0.6, 2.0
ORIGIN = "track record: 3 of 5 decided targets met in time, the late one by 181 days"

FEWEST_STARTS = 5
RISE_SHARE = 0.05
"""Judged: a rise by a twentieth of a contract's rate is its revenue, not noise of what ran before."""

LINES = {"colocation": Line.AI_COLOCATION, "cloud": Line.AI_CLOUD}


@dataclass(frozen=True, slots=True)
class StartRecord:
    """What starts seen before say.

    Args:
        on_time: Probability that a contract starts when announced.
        late_quarters: Mean delay of one that does not.
        origin: Where that came from.
    """

    on_time: float
    late_quarters: float
    origin: str


@dataclass(frozen=True, slots=True)
class DecidedStart:
    """An announced start that figures decide.

    Args:
        contract: The contract, as first announced.
        announced: Last quarter of the announced start.
        late: Quarters it came after that; if the revenue has not come, so far.
        come: True if the revenue has come.
    """

    contract: Contract
    announced: Quarter
    late: int
    come: bool


def start_record(view: View, day: date) -> StartRecord:
    """The record on a day, with a prior of one in two; the targets' record while starts are few."""
    decided = list(decided_starts(view, day))
    if len(decided) < FEWEST_STARTS:
        return StartRecord(ON_TIME_SHARE, LATE_QUARTERS, ORIGIN)
    late = [each.late for each in decided if each.late]
    met = len(decided) - len(late)
    words = f"announced starts: {met} of {len(decided)} in time, the others {sum(late)} quarters late in all"
    return StartRecord((met + 1) / (len(decided) + 2), max(1.0, fmean(late or [1])), words)


def decided_starts(view: View, day: date) -> Iterator[DecidedStart]:
    """Starts announced by a day, first announcements only, that quarters known by line decide."""
    seen: set[tuple[str, str]] = set()
    for contract in sorted(view.announced_contracts, key=lambda each: each.known):
        deal = deal_of(contract)
        if contract.known > day or not contract.starts or deal in seen:
            continue
        seen.add(deal)
        if decided := _decided(contract, view, day):
            yield decided


def deal_of(contract: Contract) -> tuple[str, str]:
    """What the stages of one deal have in common: company, and name of the deal or the row itself."""
    return contract.ticker, contract.group or contract.url + contract.counterparty


def _decided(contract: Contract, view: View, day: date) -> DecidedStart | None:
    """Decide a start whose announced span is over in the quarters known by line.

    The revenue has come in the first quarter of the span or later that exceeds all before the span.
    """
    if contract.starts is None:
        return None
    first, announced = map(Quarter.containing, contract.starts)
    earned = earned_by_quarter(view, contract.ticker, LINES[contract.kind])
    last = max(earned, default=None)
    if last is None or last < announced:
        return None
    before = max((usd for quarter, usd in earned.items() if quarter < first), default=0.0)
    enough = before + RISE_SHARE * _rate_usd(contract, view, day)
    risen = next((quarter for quarter, usd in earned.items() if quarter >= first and usd >= enough), None)
    if risen is None:
        return DecidedStart(contract, announced, last.since(announced) + 1, False)
    return DecidedStart(contract, announced, max(0, risen.since(announced)), True)


def earned_by_quarter(view: View, ticker: str, line: Line) -> dict[Quarter, float]:
    """Recurring revenue of a line by quarter, oldest first; 0 only where a quarter is known by line."""
    quarters = ((each, view.quarter_lines(ticker, each)) for each in view.quarters(ticker))
    earned = {
        quarter: (earns_margin_usd(view, lines, line) if line in lines.revenue else 0.0, lines)
        for quarter, lines in quarters
    }
    return {quarter: usd for quarter, (usd, lines) in earned.items() if usd or known_by_line(lines)}


def _rate_usd(contract: Contract, view: View, day: date) -> float:
    if contract.quarterly_usd:
        return float(contract.quarterly_usd)
    megawatts = float(contract.attributable_mw_critical_it or 0)
    return megawatts * observed_rents(view, day).median * USD_PER_MW_QUARTER
