"""What the numbers say of a company in one sentence, and the caveat that matters most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hashpivot.core import Figure, Line, Missing, Quarter, short_repr
from hashpivot.ledger import QuarterLines, View
from hashpivot.season import Metric, group_share

from ._amount import number_in
from ._key_numbers import group_words, newest_lines, newest_share, pivot_group
from ._line_history import LineHistory, LineTable
from ._measure_table import MeasureTable
from ._quarters import newest_day, newest_in_ledger
from ._words import dollars, moved, percent, plain

_SMALL = 0.05
"""Shares below one twentieth change no message."""

_ALL = 0.995
"""Shares that would be written as 100%."""

_OLD = 1
"""Quarters a company may lie behind the ledger's newest without a word."""


@short_repr
@dataclass(frozen=True, slots=True)
class Message:
    """What the page of a company begins with.

    Args:
        title: The message.
        caveat: What a reader must know before quoting it; empty if nothing stands out.
    """

    title: str
    caveat: str


def message(
    view: View,
    name: str,
    lines: LineTable,
    operating: MeasureTable,
    newest: Quarter | Missing,
) -> Message:
    """Return what the newest quarter says.

    Args:
        view: What is known.
        name: The company's name.
        lines: Lines by quarter.
        operating: Operating data by quarter.
        newest: The newest quarter with revenue, or why there is none.
    """
    if isinstance(newest, Missing):
        return Message(_without_revenue(name, operating), _first_report(newest))
    quarter = newest_lines(lines)
    title = _title(lines, quarter)
    found = (_one_off(lines, quarter), _unattributed(quarter), _no_lines(quarter))
    others = (_secondary(view, quarter), _behind(view, quarter), _margin(lines, quarter))
    return Message(title, _stopped(next(filter(None, (*found, *others)), "")))


def _title(table: LineTable, quarter: QuarterLines) -> str:
    groups = pivot_group(quarter)
    share = group_share(quarter, *groups)
    if isinstance(share.value, (Missing, str)):
        return _whole(table, quarter)
    if share.value <= 0:
        return _mining_only(table, quarter)
    return _pivot(table, quarter, share)


def _whole(table: LineTable, quarter: QuarterLines) -> str:
    """Of a quarter that is not known by line."""
    if not isinstance(quarter.total_revenue, Figure):
        return f"{quarter.quarter} is known by line only: {_named(quarter)}."
    change = _move(table.total, table, quarter, "growth_yoy", " on the year, to")
    what = f"Revenue {change}" if change else f"Revenue of {quarter.quarter} was"
    return f"{what} {dollars(quarter.total_revenue.value)}; {_last_share(table)}."


def _last_share(table: LineTable) -> str:
    """What AI last brought, where the newest quarter does not say."""
    lines, share = newest_share(table)
    number = number_in(share)
    if number is None:
        return "what AI brings of it is not known"
    words = group_words(pivot_group(lines))
    least = "at least " if share.at_least else ""
    brought = (
        f"{words} brought {least}{percent(float(number), share.at_least)}"
        if number
        else "nothing came from AI or chips"
    )
    return f"in {lines.quarter}, the last known by line, {brought}"


def _named(quarter: QuarterLines) -> str:
    return ", ".join(f"{line.heading} {dollars(f.value)}" for line, f in quarter.revenue.items())


def _mining_only(table: LineTable, quarter: QuarterLines) -> str:
    first, share = _largest(quarter, lambda line: True)
    change = _move(table.total, table, quarter, "growth_yoy", " on the year")
    whole = f"; revenue {change}" if change else ""
    if share > _ALL:
        return f"All revenue is {first.heading.lower()}{f'; it {change}' if change else ''}."
    return f"{first.heading} is {percent(share)} of revenue and nothing comes from AI or chips{whole}."


def _pivot(table: LineTable, quarter: QuarterLines, share: Metric) -> str:
    groups = pivot_group(quarter)
    first, part = _largest(quarter, lambda line: line.group in groups)
    whole = float(str(share.value))
    alone = whole - part < _SMALL
    subject = first.heading if alone else group_words(groups)
    row = next(row for row in table.lines if row.line is first)
    change = _move(row, table, quarter, "growth_qoq", " in a quarter") if alone else ""
    then = f" and {change}" if change else ""
    verb = "bring" if first is Line.CHIPS or (not alone and len(groups) > 1) else "brings"
    least = "at least " if share.at_least else ""
    brought = f"{least}{percent(part if alone else whole, share.at_least)}"
    return f"{subject} {verb} {brought} of revenue{then}{_mining(table, quarter)}."


def _mining(table: LineTable, quarter: QuarterLines) -> str:
    """How the largest mining line moved, if there is one."""
    if not any(line.group == "mining" and f.value for line, f in quarter.revenue.items()):
        return ""
    line, _ = _largest(quarter, lambda line: line.group == "mining")
    row = next(row for row in table.lines if row.line is line)
    change = _move(row, table, quarter, "growth_yoy", " on the year")
    return f"; {line.heading.lower()} {change}" if change else ""


def _largest(quarter: QuarterLines, of: Callable[[Line], bool]) -> tuple[Line, float]:
    """The line with the most revenue, and its share of the total."""
    line = max((line for line in quarter.revenue if of(line)), key=lambda line: quarter.revenue[line].value)
    total = quarter.total_revenue
    whole = total.value if isinstance(total, Figure) else sum(f.value for f in quarter.revenue.values())
    return line, float(quarter.revenue[line].value / whole) if whole else 0.0


def _move(row: LineHistory, table: LineTable, quarter: QuarterLines, growth: str, since: str) -> str:
    """`grew 67% in a quarter`; empty if the change is not known."""
    cell = row.quarters[table.quarters.index(quarter)]
    change = number_in(getattr(cell, growth))
    if change is None:
        return ""
    return moved(float(change)) + since


def _without_revenue(name: str, operating: MeasureTable) -> str:
    mined = next((row for row in operating.rows if row.measure.name == "bitcoin_mined"), None)
    if mined:
        columns = zip(reversed(operating.quarters), reversed(mined.amounts), strict=True)
        known = ((quarter, number) for quarter, one in columns if (number := number_in(one)) is not None)
        for quarter, number in known:
            return f"{name} mined {plain(number)} bitcoin in {quarter}; its revenue is not in the ledger."
    return f"No revenue of {name} is in the ledger."


def _first_report(why: Missing) -> str:
    return f"The first report to get: {why.needs}." if why.needs else _sentence(why)


def _one_off(table: LineTable, newest: QuarterLines) -> str:
    """That part of AI revenue is not rent, where the rows of the last quarter known by line say so.

    A share of AI revenue is given only if the lines add up to the total; else only the amount is known.
    """
    quarter, _ = newest_share(table)
    parts = [figure for figure in quarter.split if figure.line and figure.line.group == "ai"]
    earned = sum((f.value for line, f in quarter.revenue.items() if line.group == "ai"), Decimal(0))
    other = [figure for figure in parts if figure.qualifier != "rent" and figure.value > 0]
    share = float(sum((f.value for f in other), Decimal(0)) / earned) if earned else 0.0
    if share < _SMALL:
        return ""
    names = " and ".join(dict.fromkeys(_QUALIFIED.get(f.qualifier, f.qualifier) for f in other))
    when, verb = ("", "is") if quarter is newest else (f" of {quarter.quarter}", "was")
    rest = _unattributed(quarter)
    known = dollars(sum((f.value for f in other), Decimal(0))) if rest else percent(share)
    return "; ".join(filter(None, (f"{known} of its AI revenue{when} {verb} {names}, not rent", rest)))


_QUALIFIED = {"fit_out": "fit-out", "pass_through": "power passed through", "resale": "resale"}


def _unattributed(quarter: QuarterLines) -> str:
    left, total = quarter.unattributed, quarter.total_revenue
    if not (isinstance(left, Figure) and isinstance(total, Figure) and total.value):
        return ""
    share = float(left.value / total.value)
    return f"{percent(share)} of revenue is not attributed to a line" if share >= _SMALL else ""


def _no_lines(quarter: QuarterLines) -> str:
    why = quarter.missing.get("revenue")
    return "" if why is None else _sentence(why)


def _secondary(view: View, quarter: QuarterLines) -> str:
    total = quarter.total_revenue
    if isinstance(total, Missing):
        return ""
    grades = {end.source.grade for end in view.trace(total.id).reported() if end.source}
    if "C" not in grades:
        return ""
    if len(grades) > 1:
        return f"Its revenue of {quarter.quarter} stands in part on a secondary source."
    return f"Its revenue of {quarter.quarter} comes from a secondary source; no filing of it has been read."


def _behind(view: View, quarter: QuarterLines) -> str:
    """That other companies have newer quarters; they are looked at only if there can be any."""
    if Quarter.of_period_end(newest_day(view)).since(quarter.quarter) <= _OLD:
        return ""
    late = newest_in_ledger(view).since(quarter.quarter)
    if late <= _OLD:
        return ""
    report = view.company_statements(quarter.ticker).expected(quarter.quarter + 1)
    newest = f"Its newest quarter here is {quarter.quarter}, {late} behind the newest of the ledger"
    return f"{newest}; next would be the {report}."


def _margin(table: LineTable, quarter: QuarterLines) -> str:
    margin = table.total.quarters[table.quarters.index(quarter)].margin.value
    if isinstance(margin, Missing):
        return f"What the lines earn after cost is not known: {margin.reason}."
    return f"Gross margin of all lines {percent(float(margin))}." if not isinstance(margin, str) else ""


def _sentence(why: Missing) -> str:
    return _stopped(why.reason[:1].upper() + why.reason[1:])


def _stopped(words: str) -> str:
    """With a full stop, if there is anything to end."""
    return words if not words or words.endswith(".") else f"{words}."
