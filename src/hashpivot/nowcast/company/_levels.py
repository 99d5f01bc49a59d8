"""Levels of a company's lines in the latest quarter reported, whether it split that quarter or not.

Quarters are gone through in their order. A line that is reported is known; one that is not is carried forward
by the growth of such lines (mining by its hash rate and what the network paid). Lines carried forward share
what a reported total leaves to them, the least certain ones moving most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from typing import Protocol

from hashpivot.core import Figure, Line, Quarter
from hashpivot.ledger import CompanyEvent, QuarterLines

from ..hash_rate import EvidenceKind, HashRateEvidence, HashRatePosterior
from ._events import UNKNOWN_VARIANCE, concerns, ends, log_scale
from ._information import Information

LEAST_REST = 0.02
"""Share of total revenue from which unattributed revenue is nowcast as a line; less is rounding and sales
between lines."""
INCOMPARABLE = 20.0
"""A total this many times its known lines is of another kind (turnover of trading, gross). Judged: reports
that name one small line leave up to nine tenths to no line; gross trading is hundreds of times a line."""
LARGEST_RISE = 2.0
"""Factor up to which a line may take up what a total leaves to it; the rest belongs to no line."""
MOST_RISE, MOST_FALL = 1.0, 2.0
"""Standard deviations up to which a total moves a line. Lines must fit into a total that leaves less; what is
left over may as well be something new. Judged: 1 and 2 for both are alike on outcomes to the end of 2024."""
_LEAST_VARIANCE = 1e-6  # so that a line fitted to a total is still told from one reported
_ROUNDS = 8  # of fitting lines to a total; the sum is then within a thousandth


class Reports(Protocol):
    """What levels are made of: a `CompanyQuarter`, as far as they read it."""

    ticker: str
    information: Information

    @property
    def reported_quarters(self) -> Sequence[Quarter]: ...
    @property
    def events(self) -> Sequence[CompanyEvent]: ...
    @property
    def evidence(self) -> Sequence[HashRateEvidence]: ...
    @property
    def posterior(self) -> HashRatePosterior | None: ...
    def mining_estimate(self, quarter: Quarter) -> tuple[float, float] | None: ...


@dataclass(frozen=True, slots=True)
class ReportedLevel:
    """A line in the latest reported quarter.

    Args:
        usd: Its revenue, reported or carried forward.
        variance: Of its logarithm; 0 if it is reported.
        reported: The quarter it was last reported in; None if it is what other lines leave of a total.
    """

    usd: float
    variance: float
    reported: Quarter | None


@dataclass(frozen=True, slots=True)
class Levels:
    """Lines of the latest quarter reported.

    Args:
        quarter: The quarter.
        lines: By line; they and the rest sum to `total`.
        rest_usd: What belongs to no line: rounding, and sales between lines.
        total: Its total as reported; None if none is, or it is of another kind.
        turnover: The latest total that is of another kind than the lines.
    """

    quarter: Quarter
    lines: Mapping[Line, ReportedLevel]
    rest_usd: float
    total: Figure | None
    turnover: Figure | None

    def mining_shift(self, context: Reports) -> float:
        """Log of the mining that the latest total leaves over what its hash rate alone would give."""
        level = self.lines.get(Line.SELF_MINING)
        estimate = context.mining_estimate(self.quarter) if level and level.variance else None
        return log(level.usd / estimate[0]) if level and estimate else 0.0


def levels_of(context: Reports) -> dict[Quarter, Levels]:
    """The levels of a company's lines in each of its reported quarters, in their order."""
    result: dict[Quarter, Levels] = {}
    before: Levels | None = None
    for quarter in context.reported_quarters:
        before = _next(context, context.information.view.quarter_lines(context.ticker, quarter), before)
        result[quarter] = before
    return result


def _next(context: Reports, lines: QuarterLines, before: Levels | None) -> Levels:
    """The levels of one quarter, given those of the reported quarter before it."""
    known = {
        line: ReportedLevel(float(figure.value), 0.0, lines.quarter)
        for line, figure in lines.revenue.items()
        if figure.value > 0
    }
    carried = _carried(context, lines.quarter, before)
    unknown = {line: level for line, level in carried.items() if line not in lines.revenue}
    total = lines.total_revenue if isinstance(lines.total_revenue, Figure) else None
    shown = sum(level.usd for level in (*known.values(), *unknown.values()))
    if total is not None and shown and float(total.value) > INCOMPARABLE * shown:
        return Levels(lines.quarter, {**unknown, **known}, 0.0, None, total)
    turnover = _turnover(before, sum(level.usd for level in known.values())) if total is None else None
    if turnover:
        unknown = {line: level for line, level in unknown.items() if level.reported}
    if total is None or total.value <= 0:
        return Levels(lines.quarter, {**unknown, **known}, 0.0, None, turnover)
    left = float(total.value) - sum(level.usd for level in known.values())
    if left <= LEAST_REST * float(total.value) and Line.SELF_MINING in unknown and _mined(context, lines):
        return Levels(lines.quarter, {**unknown, **known}, 0.0, None, None)
    if left <= LEAST_REST * float(total.value):
        return Levels(lines.quarter, known, left, total, None)
    unknown = _within(_fitted(unknown, left), left)
    left -= sum(level.usd for level in unknown.values())
    if left > LEAST_REST * float(total.value) and Line.OTHER not in lines.revenue:
        other = unknown.get(Line.OTHER, ReportedLevel(0.0, 0.0, None))
        unknown[Line.OTHER] = replace(other, usd=other.usd + left)
        left = 0.0
    return Levels(lines.quarter, {**unknown, **known}, left, total, None)


def _mined(context: Reports, lines: QuarterLines) -> bool:
    """True if bitcoin was mined in a quarter, so that a total without mining is not its total."""
    return any(e.kind is EvidenceKind.BITCOIN and e.within(lines.start, lines.end) for e in context.evidence)


def _turnover(before: Levels | None, known_usd: float) -> Figure | None:
    """The total before, if lines now known show that it is of another kind."""
    if before is None or before.turnover or before.total is None:
        return before.turnover if before else None
    return before.total if 0 < INCOMPARABLE * known_usd < float(before.total.value) else None


def _carried(context: Reports, quarter: Quarter, before: Levels | None) -> dict[Line, ReportedLevel]:
    """Lines of the reported quarter before, carried forward to this one."""
    carried = {}
    for line, level in (before.lines if before else {}).items():
        if before is None or (line is Line.SELF_MINING and context.posterior):
            continue
        gap = quarter.since(before.quarter)
        rate = context.information.line_changes.of(line, level.usd, gap)
        usd, variance = level.usd * exp(rate.mean), level.variance + rate.variance
        moved = after_events(
            context, line, ReportedLevel(usd, variance, level.reported), before.quarter, quarter
        )
        if moved:
            carried[line] = moved
    estimate = context.mining_estimate(quarter)
    if estimate:
        shift = before.mining_shift(context) if before else 0.0
        carried[Line.SELF_MINING] = ReportedLevel(estimate[0] * exp(shift), estimate[1], None)
    return carried


def after_events(
    context: Reports, line: Line, level: ReportedLevel, before: Quarter, after: Quarter
) -> ReportedLevel | None:
    """A line's level after the events between two quarters' ends; None if it has ended."""
    for event in context.events:
        if not (concerns(event, line) and before.end < event.effective <= after.end):
            continue
        if ends(event, line):
            return None
        unknown = UNKNOWN_VARIANCE if event.scale is None else 0.0
        level = replace(level, usd=level.usd * exp(log_scale(event)), variance=level.variance + unknown)
    return level


def _fitted(lines: Mapping[Line, ReportedLevel], total_usd: float) -> dict[Line, ReportedLevel]:
    """Lines as near to a total as is likely: the most likely ones for independent normal logarithms.

    No line rises by more than one standard deviation or doubles, nor falls by more than two.
    """
    if not any(level.variance for level in lines.values()):
        return dict(lines)
    most = {line: min(log(LARGEST_RISE), MOST_RISE * sqrt(lines[line].variance)) for line in lines}
    moved = dict.fromkeys(lines, 0.0)
    for _ in range(_ROUNDS):
        usd = {line: level.usd * exp(moved[line]) for line, level in lines.items()}
        gain = sum(level.variance * usd[line] ** 2 for line, level in lines.items())
        step = (total_usd - sum(usd.values())) / gain
        moved = {
            line: max(
                -MOST_FALL * sqrt(level.variance),
                min(most[line], _limited(moved[line], step * level.variance * usd[line])),
            )
            for line, level in lines.items()
        }
    return {
        line: replace(
            level,
            usd=usd[line],
            variance=level.variance * max(0.0, 1 - level.variance * usd[line] ** 2 / gain) + _LEAST_VARIANCE,
        )
        for line, level in lines.items()
    }


def _within(lines: Mapping[Line, ReportedLevel], total_usd: float) -> dict[Line, ReportedLevel]:
    """Lines that sum to no more than a total, all reduced in proportion."""
    share = min(1.0, total_usd / max(1.0, sum(level.usd for level in lines.values())))
    return {line: replace(level, usd=level.usd * share) for line, level in lines.items()}


def _limited(moved: float, by: float) -> float:
    return moved + max(-1.0, min(1.0, by))
