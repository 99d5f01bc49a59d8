"""Evidence on a company's effective hash rate: one observation a figure.

Blocks won are not bitcoin, so they are no evidence. Average operating hash rate and hash rate at a period's
end (energized) are different kinds, each with its own realised share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import log

from hashpivot.core import Figure, Line, Quarter, short_repr
from hashpivot.ledger import DETAIL, View

from ..network import Days, day_count
from ._kind import EvidenceKind

LONGEST = 100
"""Days of the longest period whose production says something about single months."""


@dataclass(frozen=True, slots=True)
class HashRateEvidence:
    """One figure as an observation of effective hash rate: the EH/s that would have earned it (FPPS).

    Args:
        kind: What it measures.
        start: First day; the moment itself for an instant.
        end: Last day.
        log_ehs: Natural logarithm of the EH/s it stands for.
        figure: The figure.
    """

    kind: EvidenceKind
    start: date
    end: date
    log_ehs: float
    figure: Figure

    def within(self, start: date, end: date) -> bool:
        """True if its period lies in another."""
        return start <= self.start and self.end <= end


@short_repr
@dataclass(frozen=True, slots=True)
class Excluded:
    """A figure the nowcast does not use, and why."""

    figure: Figure
    reason: str


def evidence_of(view: View, ticker: str, days: Days) -> tuple[list[HashRateEvidence], list[Excluded]]:
    """Return all evidence on a company's hash rate, and the figures that had to be excluded.

    Of several figures of one measure and period the one of the best grade counts, then the latest known.
    """
    found: list[HashRateEvidence] = []
    aside: list[Excluded] = []
    for kind in (EvidenceKind.BITCOIN, EvidenceKind.AVERAGE, EvidenceKind.PERIOD_END):
        for figure in _best(view, view.figures(ticker, kind.value)):
            if not _in_reach(figure, days):
                continue
            if figure.value <= 0:
                reason = (
                    f"{figure.label or figure.measure} of zero or less says nothing about a fleet at work"
                )
                aside.append(Excluded(figure, reason))
            else:
                found.append(_evidence(kind, figure, days))
    revenue = [_evidence(kind, figure, days) for kind, figure in _revenue(view, ticker, days)]
    return found + revenue, aside


def mining_figure(view: View, ticker: str, quarter: Quarter) -> tuple[EvidenceKind, Figure] | None:
    """The quarter's mining revenue; its total, if the company has shown no line but mining so far."""
    lines = view.quarter_lines(ticker, quarter)
    mining = lines.revenue.get(Line.SELF_MINING)
    if mining:
        return EvidenceKind.REVENUE, mining
    total = lines.total_revenue
    if isinstance(total, Figure) and not lines.revenue and mines_only(view, ticker):
        return EvidenceKind.TOTAL, total
    return None


def lines_shown(view: View, ticker: str) -> set[Line]:
    """Lines of business the company has reported revenue of."""
    return {line for quarter in view.quarters(ticker) for line in view.quarter_lines(ticker, quarter).revenue}


def mines_only(view: View, ticker: str) -> bool:
    """True of a company that reports bitcoin mined and has shown no line of business beside mining."""
    if not view.figures(ticker, "bitcoin_mined"):
        return False
    quarters = (view.quarter_lines(ticker, quarter) for quarter in view.quarters(ticker))
    return all(lines.revenue.keys() <= {Line.SELF_MINING} for lines in quarters)


def _revenue(view: View, ticker: str, days: Days) -> Iterator[tuple[EvidenceKind, Figure]]:
    for quarter in view.quarters(ticker):
        found = mining_figure(view, ticker, quarter)
        if found and found[1].value > 0 and _in_reach(found[1], days):
            yield found


def _best(view: View, figures: Iterable[Figure]) -> list[Figure]:
    best: dict[tuple[date | None, date], Figure] = {}
    order = sorted(
        (f for f in figures if f.breakdown != DETAIL),
        key=lambda f: (view.sources[f.source].grade, -f.known.toordinal(), f.id),
    )
    for figure in order:
        best.setdefault((figure.start, figure.end), figure)
    return list(best.values())


def _in_reach(figure: Figure, days: Days) -> bool:
    start = figure.start or figure.end
    return days.holds(start, figure.end) and day_count(start, figure.end) <= LONGEST


def _evidence(kind: EvidenceKind, figure: Figure, days: Days) -> HashRateEvidence:
    start = figure.start or figure.end
    span = days.span(start, figure.end)
    per_eh = {
        EvidenceKind.BITCOIN: days.btc_per_eh,
        EvidenceKind.REVENUE: days.usd_per_eh,
        EvidenceKind.TOTAL: days.usd_per_eh,
    }.get(kind)
    earned = 1.0 if per_eh is None else float(per_eh[span].sum())
    return HashRateEvidence(kind, start, figure.end, log(float(figure.value) / earned), figure)
