"""AI lines at the quarter's end against simple rivals, each from what was known on the day.

    python -m tools write nowcast-rivals

- last quarter: the last known quarter of the line
- plus change: that and its last change a quarter, for as many quarters
- times growth: that times its last growth a quarter
- ramp alone: that and what announced contracts add in the mean, without anything learned
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import fmean, median

from hashpivot.core import Line, Quarter
from hashpivot.ledger import View, bundled
from hashpivot.nowcast import Horizon, NowcastCase, Subject, parse_track_record, scored
from hashpivot.nowcast.parts import expected_usd, line_series, ramps

from ..parts import Made
from .nowcast_record import TABLE

AI = (Line.AI_CLOUD, Line.AI_COLOCATION)
RIVALS = ("nowcast", "last quarter", "plus change", "times growth", "ramp alone")
LEAST = 0.01
"""Share of the last quarter below which a falling line is not carried."""
Row = tuple[NowcastCase, tuple[float, ...]]


def make() -> Made:
    """The section of the page."""
    return {"nowcast-rivals": section(list(rows()))}


def rows() -> Iterator[Row]:
    """Cases of AI lines that had been reported before, and what each rival says of them."""
    view = View(bundled())
    for each in scored(parse_track_record(TABLE.read_text(encoding="utf-8"))):
        case = each.case
        if case.subject is not Subject.OTHER or case.horizon is not Horizon.END or Line(case.line) not in AI:
            continue
        rivals = _rivals(view.on(case.as_of), case)
        if rivals:
            yield case, (each.median_usd, *rivals)


def section(found: Sequence[Row]) -> str:
    """Mean and median absolute errors by year and by line."""
    groups = {
        "to 2024": lambda case: case.quarter.year <= 2024,
        "2025": lambda case: case.quarter.year == 2025,
        "2026": lambda case: case.quarter.year == 2026,
        "AI cloud": lambda case: case.line == Line.AI_CLOUD,
        "AI colocation": lambda case: case.line == Line.AI_COLOCATION,
        "all": lambda case: True,
    }
    lines = [f"| cases | n | {' | '.join(RIVALS)} |", "|" + "---|" * (len(RIVALS) + 2)]
    for name, belongs in groups.items():
        alike = [row for row in found if belongs(row[0])]
        if alike:
            lines.append(f"| {name} | {len(alike)} | {' | '.join(_errors(alike))} |")
    return "\n".join(lines) + "\n\nMean absolute error, in brackets the median.\n"


def _errors(found: Sequence[Row]) -> Iterator[str]:
    for place in range(len(RIVALS)):
        errors = [abs(values[place] / case.actual_usd - 1) for case, values in found]
        yield f"{fmean(errors):.1%} ({median(errors):.1%})"


def _rivals(view: View, case: NowcastCase) -> tuple[float, ...]:
    """The rivals in their order; none if the line had not been reported."""
    line = Line(case.line)
    series = line_series(view, case.ticker).get(line, {})
    known = [quarter for quarter in sorted(series) if quarter < case.quarter]
    if not known:
        return ()
    amounts = [float(series[quarter].value) for quarter in known]
    last, ahead = amounts[-1], case.quarter.since(known[-1])
    change, growth = 0.0, 1.0
    if len(known) > 1:
        gap = known[-1].since(known[-2])
        change, growth = (last - amounts[-2]) / gap, (last / amounts[-2]) ** (1 / gap)
    contracts = ramps(view.contracts(case.ticker, case.as_of), line)
    added = sum(expected_usd(each, _middle(known[-1]), _middle(case.quarter)) for each in contracts)
    return last, max(LEAST * last, last + change * ahead), last * growth**ahead, last + added


def _middle(quarter: Quarter) -> date:
    return quarter.start + (quarter.end - quarter.start) / 2
