"""The six numbers one asks for first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hashpivot.core import GROUPS, Figure, Missing, Quarter, short_repr
from hashpivot.ledger import QuarterLines, View
from hashpivot.season import Metric, group_margin, group_share

from ._amount import Amount, absence_of, amount_json, number_in
from ._debt_stack import DebtStack
from ._line_history import LineTable
from ._measure_table import MeasureTable
from ._megawatts import MegawattTimeline
from ._words import percent, plain

PIVOT = ("ai", "chips")


@short_repr
@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One of the numbers at the top.

    Args:
        name: Stable key; the unit is its last word.
        amount: The number.
        caption: What it is, with what it is to be compared with.
    """

    name: str
    amount: Amount
    caption: str

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        return {"name": self.name, "caption": self.caption, **amount_json(self.amount)}


def key_numbers(
    view: View,
    lines: LineTable,
    operating: MeasureTable,
    debt: DebtStack,
    megawatts: MegawattTimeline,
    halved: Quarter | None,
) -> tuple[KeyNumber, ...]:
    """Return revenue, AI share, margin, megawatts, debt and hash rate, each the newest known.

    Args:
        view: What is known.
        lines: Lines by quarter.
        operating: Operating data by quarter.
        debt: What is owed.
        megawatts: Contracted and energized.
        halved: The last quarter before the latest halving, to compare the AI share with.
    """
    newest = newest_lines(lines)
    return (
        _revenue(lines, newest),
        _share(view, lines, halved),
        _margin(lines),
        _megawatts(megawatts),
        _debt(debt),
        _hash_rate(operating),
    )


def newest_lines(table: LineTable) -> QuarterLines:
    """Return the newest quarter with a total or lines; the last one if none has."""
    known = (q for q in reversed(table.quarters) if isinstance(q.total_revenue, Figure) or q.revenue)
    return next(known, table.quarters[-1])


def pivot_group(lines: QuarterLines) -> tuple[str, ...]:
    """Return which groups an AI share is of: AI, with chips where the company has them."""
    chips = any(line.group == "chips" and figure.value for line, figure in lines.revenue.items())
    return PIVOT if chips else ("ai",)


def group_words(groups: Sequence[str]) -> str:
    """`AI`, or `AI and chips`."""
    return "AI and chips" if len(groups) > 1 else "AI"


def _revenue(table: LineTable, newest: QuarterLines) -> KeyNumber:
    if isinstance(newest.total_revenue, Missing):
        return KeyNumber("revenue_usd", newest.total_revenue, "revenue")
    growth = table.total.quarters[table.quarters.index(newest)].growth_yoy.value
    change = "" if isinstance(growth, (Missing, str)) else f", {growth:+.0%} on the year".replace("-", "−")
    return KeyNumber("revenue_usd", newest.total_revenue, f"revenue {newest.quarter}{change}")


def newest_share(table: LineTable) -> tuple[QuarterLines, Metric]:
    """Return the newest quarter whose AI (and chip) share is known, with it; else the newest and why not."""
    newest = newest_lines(table)
    for lines in (q for q in reversed(table.quarters) if q.quarter <= newest.quarter):
        share = group_share(lines, *pivot_group(lines))
        if number_in(share) is not None:
            return lines, share
    return newest, group_share(newest, *pivot_group(newest))


def _share(view: View, table: LineTable, halved: Quarter | None) -> KeyNumber:
    lines, share = newest_share(table)
    groups = pivot_group(lines)
    then = group_share(view.quarter_lines(lines.ticker, halved), *groups).value if halved else None
    since = (
        "" if then is None or isinstance(then, (Missing, str)) else f"; {percent(then)} before the halving"
    )
    words = f"{group_words(groups)} share of revenue{_of(table, lines)}{since}"
    return KeyNumber("ai_chips_share", share, words)


def _margin(table: LineTable) -> KeyNumber:
    """Of AI (and chips) where they earn anything, else of all lines; of the newest quarter that knows it."""
    newest = newest_lines(table)
    for lines in (q for q in reversed(table.quarters) if q.quarter <= newest.quarter):
        groups = pivot_group(lines)
        for names, words in ((groups, f"{group_words(groups)} gross margin"), (GROUPS, _ALL_LINES)):
            margin = group_margin(lines, *names)
            if number_in(margin) is not None:
                return KeyNumber("gross_margin_share", margin, f"{words}{_of(table, lines)}")
    return KeyNumber("gross_margin_share", group_margin(newest, *GROUPS), _ALL_LINES)


_ALL_LINES = "gross margin, all lines"


def _of(table: LineTable, lines: QuarterLines) -> str:
    """The quarter, where it is not the newest."""
    return "" if lines is newest_lines(table) else f", {lines.quarter}"


def _megawatts(timeline: MegawattTimeline) -> KeyNumber:
    contracted = timeline.contracted[-1].mw if timeline.contracted else None
    if isinstance(timeline.energized, Missing):
        if contracted is None:
            return KeyNumber("energized_mw", timeline.energized, "AI megawatts, contracted or energized")
        value = Metric("contracted_mw", float(contracted), (), "critical IT megawatts of contracts in force")
        return KeyNumber("contracted_mw", value, f"AI contracted; energized {timeline.energized.code.words}")
    last = timeline.energized[-1]
    of = f" of {plain(contracted)} MW AI contracted" if contracted is not None else ""
    assert last.figure
    return KeyNumber("energized_mw", last.figure, f"energized {last.day}{of}")


def _debt(stack: DebtStack) -> KeyNumber:
    if isinstance(stack.total, Missing):
        return KeyNumber("debt_usd", stack.total, "debt")
    due = stack.next_maturity
    words = f"next maturity {due}" if isinstance(due, date) else f"next maturity {due.code.words}"
    return KeyNumber("debt_usd", stack.total, f"debt at {stack.day}; {words}")


def _hash_rate(operating: MeasureTable) -> KeyNumber:
    """Installed at the end of the newest quarter that has it, with the operating average and efficiency."""
    names = ("hash_rate_period_end", "hash_rate_average")
    at, name = next(
        (
            (at, name)
            for at in reversed(range(len(operating.quarters)))
            for name in names
            if absence_of(_cell(operating, name, at)) is None
        ),
        (len(operating.quarters) - 1, names[0]),
    )
    other = number_in(_cell(operating, "hash_rate_average", at)) if name == names[0] else None
    efficiency = number_in(_cell(operating, "fleet_efficiency", at))
    said = [
        f"{operating.quarters[at]}",
        f"{plain(other)} operating on average" if other is not None else "",
        f"{plain(efficiency)} J/TH" if efficiency is not None else "",
    ]
    words = "hash rate at period end" if name == names[0] else "average operating hash rate"
    return KeyNumber("hash_rate_ehs", _cell(operating, name, at), ", ".join(filter(None, (words, *said))))


def _cell(table: MeasureTable, name: str, at: int) -> Amount:
    return next(row.amounts[at] for row in table.rows if row.measure.name == name)
