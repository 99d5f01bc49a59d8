"""One company whole on the terminal: its message, its tables, and what is absent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from hashpivot.company import (
    Amount,
    CompanyProfile,
    LineHistory,
    MeasureTable,
    TaggedDebt,
    absence_of,
    number_in,
)
from hashpivot.core import Absence, Figure, Kind, Missing

from ..company_words import company_title, key_text
from ..shared import (
    clean,
    compact_money,
    format_change,
    format_share,
    rate_words,
    target_text,
    unit_scale,
    verdict_words,
)
from ._console import print_line, print_table, print_words

if TYPE_CHECKING:
    from rich.console import Console

_TITLE, _COLUMN = 34, 9
"""Characters of a row's title and of a quarter's column."""

_MOST = 8
"""Targets, reports and the like that a terminal lists; the page has all."""

Row = tuple[str, Callable[[int], str]]


def print_company(profile: CompanyProfile, console: Console) -> None:
    """Print a company: message, key numbers, tables by quarter, contracts, targets, answers, absences.

    Of the quarters the last are shown, as many as fit; derived amounts carry a star.
    """
    first = _first_column(profile, console.width)
    _head(profile, console)
    _lines(profile, first, console)
    for table in (*profile.statements, profile.operating):
        _measures(table, first, console)
    _shares(profile, first, console)
    _debt(profile, console)
    _contracts(profile, console)
    _events(profile, console)
    _targets(profile, console)
    _answers(profile, console)
    _absences(profile, console)


def _first_column(profile: CompanyProfile, width: int) -> int:
    return max(0, len(profile.quarters) - max(1, (width - _TITLE) // _COLUMN))


def _head(profile: CompanyProfile, console: Console) -> None:
    print_words(console, company_title(profile), "bold")
    if profile.message.caveat:
        print_words(console, clean(profile.message.caveat))
    print_words(console, f"As known on {profile.day}; * derived; – absent, see below", "dim")
    for number in profile.key_numbers:
        print_words(console, f"{key_text(number):>12}  {clean(number.caption)}")
    print_line(console)


def _lines(profile: CompanyProfile, first: int, console: Console) -> None:
    rows = list(profile.lines.rows())
    earned = [*map(_revenue, rows)]
    if profile.lines.unattributed:
        earned.insert(-1, ("Unattributed", _of_row(profile.lines.unattributed, "usd")))
    _quarters(profile, first, console, "Revenue by line, $m", earned)
    changes = [
        (f"{row.title}, {words}", _growth(row, name))
        for row in rows
        for name, words in (("growth_qoq", "on the quarter"), ("growth_yoy", "on the year"))
        if any(absence_of(getattr(cell, name)) is None for cell in row.quarters[first:])
    ]
    _quarters(profile, first, console, "Growth", changes)
    profits = [row for row in rows if any(absence_of(cell.gross_profit) is None for cell in row.quarters)]
    both = [(f"{row.title}{what}", write(row)) for row in profits for what, write in _PROFIT]
    _quarters(profile, first, console, "Gross profit, $m, and margin", both)


def _revenue(row: LineHistory) -> Row:
    return row.title, lambda at: _amount(row.quarters[at].revenue, "usd")


def _growth(row: LineHistory, name: str) -> Callable[[int], str]:
    return lambda at: _change(getattr(row.quarters[at], name))


_PROFIT: tuple[tuple[str, Callable[[LineHistory], Callable[[int], str]]], ...] = (
    ("", lambda row: lambda at: _amount(row.quarters[at].gross_profit, "usd", derived=False)),
    (", margin", lambda row: lambda at: _share(row.quarters[at].margin)),
)


def _measures(table: MeasureTable, first: int, console: Console) -> None:
    rows = [
        (f"{row.measure.title}, {unit_scale(row.measure.unit).words}", _of_row(row.amounts, row.measure.unit))
        for row in table.known_rows()
    ]
    heads = [str(quarter) for quarter in table.quarters[first:]]
    _print(console, table.section.heading, heads, rows, first, len(table.quarters))
    silent = [row.measure.title for row in table.rows if not row.known]
    if silent and rows:
        print_words(console, f"  no value in any of these quarters: {', '.join(silent)}")


def _of_row(amounts: Sequence[Amount], unit: str) -> Callable[[int], str]:
    return lambda at: _amount(amounts[at], unit)


def _shares(profile: CompanyProfile, first: int, console: Console) -> None:
    shares = profile.shares
    if not any(isinstance(count, Figure) for count in shares.reported):
        return
    rows: list[Row] = [
        ("As reported", lambda at: _amount(shares.reported[at], "shares")),
        ("Adjusted for splits", lambda at: _amount(shares.adjusted[at], "shares", derived=False)),
        ("On the year", lambda at: _change(shares.growth_yoy[at])),
    ]
    _quarters(profile, first, console, "Shares outstanding, m", rows)
    for split in shares.splits:
        print_line(console, f"  split {split.day}: {split.ratio.normalize():f} for one")


def _debt(profile: CompanyProfile, console: Console) -> None:
    debt = profile.debt
    named = (("Debt, all", debt.total), *((part.title, part.amount) for part in debt.parts))
    known = [(title, _amount(amount, "usd", derived=False)) for title, amount in named]
    print_table(console, f"Debt at {debt.day}, $m", ("Part", "Amount"), known)
    if isinstance(debt.instruments, Missing):
        print_words(console, f"  by instrument: {debt.instruments}; {debt.instruments.needs}")
    else:
        _instruments(debt.instruments, console)


def _instruments(debts: Sequence[TaggedDebt], console: Console) -> None:
    heads = ("Instrument", "Owed", "Rate", "Due", "Converts at")
    rows = [
        (
            clean(one.name, 60),
            "–" if one.owed_usd is None else unit_scale("usd").write(one.owed_usd),
            _rates(one.rate_low, one.rate_high),
            one.matures.isoformat() if one.matures else "–",
            "–" if one.conversion_price_usd is None else f"${one.conversion_price_usd:f}",
        )
        for one in (debt.instrument for debt in debts)
    ]
    print_table(console, f"Debt by instrument at {debts[0].instrument.day}, $m", heads, rows)


def _rates(low: Decimal | None, high: Decimal | None) -> str:
    if low is None or high is None:
        return "–"
    return rate_words(low, high)


def _contracts(profile: CompanyProfile, console: Console) -> None:
    heads = ("Known", "Counterparty", "State", "Critical IT MW", "Years", "Value", "Start")
    rows = [
        (
            entry.contract.known.isoformat(),
            clean(entry.contract.counterparty, 60),
            entry.state.words,
            _plain(entry.contract.mw_critical_it),
            _plain(entry.contract.term_years),
            "–"
            if entry.contract.contract_value_usd is None
            else compact_money(entry.contract.contract_value_usd),
            entry.contract.start or "–",
        )
        for entry in profile.contracts
    ]
    if rows:
        print_table(console, "AI contracts, newest first", heads, rows, left=3)


def _events(profile: CompanyProfile, console: Console) -> None:
    rows = [
        (
            event.effective.isoformat(),
            event.kind.words,
            event.line.heading if event.line else "whole company",
            _plain(event.mw),
            clean(event.counterparty, 60),
            clean(profile.view.sources[event.source].title, 40),
        )
        for event in profile.events[:_MOST]
    ]
    if rows:
        heads = ("Effective", "Event", "Line", "MW", "With", "Source")
        print_table(console, "Events that changed the company, newest first", heads, rows, left=3)


def _targets(profile: CompanyProfile, console: Console) -> None:
    judged = [t for t in profile.targets if t.judged.verdict.value != "cannot_be_judged"]
    newest = sorted(judged, key=lambda t: t.judged.target.said_on, reverse=True)[:_MOST]
    rows = [
        (
            target_text(tracked),
            tracked.judged.target.said_on.isoformat(),
            tracked.judged.target.due.isoformat() if tracked.judged.target.due else "–",
            verdict_words(tracked.judged.verdict.value),
            clean(tracked.judged.reason, 60),
        )
        for tracked in newest
    ]
    if profile.targets:
        title = f"Targets that can be judged: {len(judged)} of {len(profile.targets)}, those said last"
        print_table(console, title, ("Target", "Said", "Due", "State", "Why"), rows, left=5)


def _answers(profile: CompanyProfile, console: Console) -> None:
    if isinstance(profile.season, Missing):
        print_words(console, f"No answers: {clean(profile.season.reason)}")
        return
    print_words(console, f"The four answers for {profile.season.lines.quarter}", "bold")
    for answer in profile.season.answers:
        grade = f", grade {answer.grade}" if answer.grade else ""
        held = f"{answer.inputs_held} of {answer.inputs_total} inputs{grade}"
        words = f"{verdict_words(answer.verdict)} ({held})"
        print_words(console, f"{answer.question:<14}{words}: {clean(answer.headline)}")
    print_line(console)


def _absences(profile: CompanyProfile, console: Console) -> None:
    for kind in Absence:
        groups = [group for group in profile.absences if group.kind is kind]
        if not groups or kind is Absence.NOT_APPLICABLE:
            continue
        count = sum(group.count for group in groups)
        print_words(console, f"{kind.words.capitalize()}: {count} numbers", "bold")
        for group in groups[:_MOST]:
            print_words(console, f"  {clean(group.ends or group.reason)} ({group.count})")
        if len(groups) > _MOST:
            print_words(console, f"  and {len(groups) - _MOST} more; --json and the page list all")


def _quarters(profile: CompanyProfile, first: int, console: Console, title: str, rows: Iterable[Row]) -> None:
    heads = [str(quarter) for quarter in profile.quarters[first:]]
    _print(console, title, heads, list(rows), first, len(profile.quarters))


def _print(
    console: Console, title: str, heads: list[str], rows: Sequence[Row], first: int, count: int
) -> None:
    if rows:
        written = ([clean(name, _TITLE), *_cells(write, first, count)] for name, write in rows)
        print_table(console, title, ["", *heads], written)


def _cells(write: Callable[[int], str], first: int, count: int) -> Iterator[str]:
    return (write(at) for at in range(first, count))


def _amount(amount: Amount, unit: str, *, derived: bool = True) -> str:
    number = number_in(amount)
    if number is None:
        return "–"
    star = "*" if derived and not (isinstance(amount, Figure) and amount.kind is Kind.REPORTED) else ""
    return f"{unit_scale(unit).write(number)}{star}"


def _share(amount: Amount) -> str:
    number = number_in(amount)
    return "–" if number is None else format_share(number)


def _change(amount: Amount) -> str:
    number = number_in(amount)
    return "–" if number is None else format_change(number)


def _plain(number: object) -> str:
    return "–" if number is None else f"{float(str(number)):,.4g}"
