"""The sheets of one company beside its lines: statements, operating data, debt and promises, absences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hashpivot.company import (
    Amount,
    CompanyProfile,
    ContractEntry,
    MeasureTable,
    ShareCounts,
    TaggedDebt,
    untagged,
)
from hashpivot.core import Absence, Figure, Missing, ReportSection, not_in_ledger
from hashpivot.season import Metric, TrackedTarget

from ..shared import Link, clean, link_to, target_text, unit_scale, verdict_words
from ._book import Book
from ._charts import style_chart
from ._figure_cells import FigureCells
from ._metric_cells import MetricCells
from ._sheet import COUNT, DECIMAL, EXACT, MONEY, SHARE, ComputedNumber, Sheet, SourcedNumber

FIRST_QUARTER = 2
"""Column of the oldest quarter; before it stand title and unit."""

_TOP = 3
_UNTOLD = not_in_ledger("the row of the announcement in the ledger does not give it")
_FORMS = {"usd": MONEY, "shares": COUNT, "blocks": COUNT}
_CHARTED = {
    "Statements": ("total_revenue", "net_income", "operating_cash_flow", "capital_expenditure"),
    "Operating data": ("bitcoin_mined", "bitcoin_held", "hash_rate_period_end", "hash_rate_average"),
}
"""Measures drawn on a sheet, those of one unit in one chart."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet by quarter.

    Args:
        title: What it is.
        unit: Its unit, as measures name it.
        amounts: One a quarter.
        measure: The measure's name; empty of what is computed.
        form: How its numbers are written; that of the unit if empty.
    """

    title: str
    unit: str
    amounts: Sequence[Amount]
    measure: str = ""
    form: str = ""


def statements_sheet(book: Book, profile: CompanyProfile) -> None:
    """Write income statement, cash flow, balance sheet with shares, and notes by quarter, with charts."""
    blocks = [(table.section.heading, _rows(table, profile.shares)) for table in profile.statements]
    _quarter_sheet(book, profile, "Statements", blocks)


def operating_sheet(book: Book, profile: CompanyProfile) -> None:
    """Write the operating data by quarter, with charts."""
    _quarter_sheet(
        book, profile, "Operating data", [(profile.operating.section.heading, _rows(profile.operating))]
    )


def promises_sheet(book: Book, profile: CompanyProfile) -> None:
    """Write debt, contracts and targets."""
    page = book.page("Debt, contracts, targets")
    page.text(0, 0, f"{profile.ticker}: debt, contracts and targets", bold=True, font_size=14)
    page.layout([52, 14, 24, 16, 16, 12, 16, 16, 40], freeze=(1, 1))
    held = profile.debt.instruments
    tagged = 0 if isinstance(held, Missing) else len(held)
    below = _TOP + len(profile.debt.parts) + tagged + len(profile.contracts) + len(profile.targets) + 14
    row = _debt(page, FigureCells(book, page, profile.view, below), profile, _TOP - 1)
    row = _contracts(page, profile.contracts, row + 1)
    _targets(page, profile.targets, row + 1)


def absences_sheet(book: Book, profile: CompanyProfile) -> None:
    """Write what is absent, by kind, and what would end it."""
    page = book.page("Absent")
    heads = ("Kind", "What would end it, or why", "Numbers", "Which")
    page.band(0, heads, len(heads), numbers=range(2, 3))
    page.layout([16, 60, 10, 120], freeze=(1, 1))
    groups = [group for group in profile.absences if group.kind is not Absence.NOT_APPLICABLE]
    for row, group in enumerate(groups, 1):
        which = "; ".join(
            f"{subject} {' '.join(map(str, quarters))}".strip()
            for subject, quarters in group.subjects.items()
        )
        page.text(row, 0, group.kind.words)
        page.text(row, 1, group.ends or group.reason)
        page.number(row, 2, group.count, COUNT)
        page.text(row, 3, which)
    page.filter(0, len(groups), len(heads))


def _rows(table: MeasureTable, shares: ShareCounts | None = None) -> list[SheetRow]:
    rows = [
        SheetRow(row.measure.title, row.measure.unit, row.amounts, row.measure.name) for row in table.rows
    ]
    if shares and table.section is ReportSection.BALANCE:
        rows.append(SheetRow("Shares outstanding, adjusted for splits", "shares", shares.adjusted))
        rows.append(SheetRow("Shares, adjusted, on the year", "", shares.growth_yoy, form=SHARE))
    return rows


def _quarter_sheet(
    book: Book, profile: CompanyProfile, name: str, blocks: Sequence[tuple[str, Sequence[SheetRow]]]
) -> None:
    page = book.page(name)
    width = FIRST_QUARTER + len(profile.quarters)
    heads = ("", "Unit", *map(str, profile.quarters))
    page.text(0, 0, f"{profile.ticker}: {name.lower()} by quarter", bold=True, font_size=14)
    page.text(1, 0, "Blue: reported, click for the source. Black: formula. Grey: absent, why in the comment.")
    page.layout([44, 12] + [14] * len(profile.quarters), freeze=(_TOP, FIRST_QUARTER))
    bottom = _TOP + sum(len(rows) + 2 for _, rows in blocks)
    figures = FigureCells(book, page, profile.view, bottom + _CHART_ROWS)
    metrics = MetricCells(figures, {})
    placed = list(_placed(blocks))
    for at, row in placed:
        for column, amount in enumerate(row.amounts, FIRST_QUARTER):
            if isinstance(amount, Figure):
                figures.reserve(amount, at, column)
    at = _TOP
    for title, rows in blocks:
        page.band(at - 1, (title, *heads[1:]), width, numbers=range(FIRST_QUARTER, width))
        at += len(rows) + 2
    for at, row in placed:
        _write_row(page, figures, metrics, row, at)
    _charts(book, page, profile, name, {row.measure: (at, row) for at, row in placed}, bottom)


_CHART_ROWS = 18
_COLOURS = ("#5D6773", "#2458A6", "#A87412", "#1F7A68")


def _placed(blocks: Sequence[tuple[str, Sequence[SheetRow]]]) -> Iterator[tuple[int, SheetRow]]:
    at = _TOP
    for _, rows in blocks:
        yield from enumerate(rows, at)
        at += len(rows) + 2


def _write_row(page: Sheet, figures: FigureCells, metrics: MetricCells, row: SheetRow, at: int) -> None:
    form = row.form or _FORMS.get(row.unit, EXACT)
    page.text(at, 0, row.title)
    page.text(
        at, 1, "USD" if row.unit == "usd" else row.unit and unit_scale(row.unit).words.removeprefix("m ")
    )
    for column, amount in enumerate(row.amounts, FIRST_QUARTER):
        if isinstance(amount, Figure):
            figures.write(amount, at, column)
        elif isinstance(amount, Missing):
            page.missing(at, column, amount)
        else:
            _write_metric(page, metrics, amount, at, column, form)


def _write_metric(page: Sheet, metrics: MetricCells, metric: Metric, at: int, column: int, form: str) -> None:
    content = metrics.content(metric)
    if isinstance(content, Missing):
        page.missing(at, column, content)
    elif isinstance(content, ComputedNumber):
        page.number(at, column, content, form)
    else:
        page.formula(at, column, content, form)


def _charts(
    book: Book,
    page: Sheet,
    profile: CompanyProfile,
    name: str,
    rows: dict[str, tuple[int, SheetRow]],
    below: int,
) -> None:
    """One chart a unit, side by side below the tables."""
    known = [rows[measure] for measure in _CHARTED[name] if measure in rows and _any(rows[measure][1])]
    by_unit: dict[str, list[tuple[int, SheetRow]]] = {}
    for at, row in known:
        by_unit.setdefault(row.unit, []).append((at, row))
    last = FIRST_QUARTER + len(profile.quarters) - 1
    for number, (unit, series) in enumerate(by_unit.items()):
        chart = book.chart("column")
        for colour, (at, row) in zip(_COLOURS, series, strict=False):
            chart.add_series(
                {
                    "name": row.title,
                    "categories": page.span(_TOP - 1, FIRST_QUARTER, last),
                    "values": page.span(at, FIRST_QUARTER, last),
                    "fill": {"color": colour},
                }
            )
        words = "USD" if unit == "usd" else unit_scale(unit).words
        style_chart(chart, f"{profile.ticker}: {words} a quarter", dollars=unit == "usd")
        page.place(below, number * 6, chart)


def _any(row: SheetRow) -> bool:
    return any(isinstance(amount, Figure) for amount in row.amounts)


def _debt(page: Sheet, figures: FigureCells, profile: CompanyProfile, row: int) -> int:
    """The debt from a row on; the first free row below."""
    debt = profile.debt
    page.band(row, (f"Debt at {debt.day}", "USD"), 9, numbers=range(1, 2))
    metrics = MetricCells(figures, {})
    named = (("Debt, all", debt.total), *((part.title, part.amount) for part in debt.parts))
    for at, (title, amount) in enumerate(named, row + 1):
        page.text(at, 0, title)
        if isinstance(amount, Figure):
            figures.write(amount, at, 1)
        elif isinstance(amount, Missing):
            page.missing(at, 1, amount)
        else:
            _write_metric(page, metrics, amount, at, 1, MONEY)
    last = row + len(named) + 1
    if isinstance(debt.instruments, Missing):
        page.text(last, 0, "By instrument")
        page.missing(last, 1, debt.instruments)
        page.text(last, 2, debt.instruments.needs)
        return last + 1
    return _instruments(page, debt.instruments, last + 1)


def _instruments(page: Sheet, debts: Sequence[TaggedDebt], row: int) -> int:
    """The instruments from a row on; the first free row below."""
    heads = (
        "Debt by instrument",
        "Owed, USD",
        "Report",
        "Carrying",
        "Face value",
        "Limit",
        "Rate",
        "Due",
        "",
    )
    page.band(row, heads, len(heads), numbers=range(3, 7))
    for at, debt in enumerate(debts, row + 1):
        one, source = debt.instrument, debt.source
        title, url = (source.title, source.url) if source else ("", "")
        absent = untagged(title or "the report", "such term")
        page.text(at, 0, one.name)
        page.link(at, 2, f"{title} at {one.day}", url)
        amounts = ((1, one.owed_usd), (3, one.carrying_usd), (4, one.principal_usd), (5, one.limit_usd))
        for column, amount, form in (*((c, a, MONEY) for c, a in amounts), (6, one.rate_high, SHARE)):
            if amount is None:
                page.missing(at, column, absent)
            else:
                page.number(at, column, SourcedNumber(float(amount), url, f"{title}: {one.name}"), form)
        page.text(at, 7, one.matures.isoformat() if one.matures else "")
        price = one.conversion_price_usd
        page.text(at, 8, "" if price is None else f"converts at ${price:f}")
    return row + len(debts) + 1


def _contracts(page: Sheet, entries: Sequence[ContractEntry], row: int) -> int:
    heads = (
        "AI contracts, newest first", "Known", "State", "Critical IT MW", "Gross MW", "Years",
        "Value, USD", "To build, USD", "Start",
    )  # fmt: skip
    page.band(row, heads, len(heads), numbers=range(3, 8))
    for at, entry in enumerate(entries, row + 1):
        contract = entry.contract
        page.link(at, 0, contract.counterparty, contract.url)
        page.text(at, 1, contract.known.isoformat())
        page.text(at, 2, f"{entry.state.words}{f' {entry.since}' if entry.since else ''}")
        numbers: tuple[tuple[Decimal | None, str], ...] = (
            (contract.mw_critical_it, DECIMAL), (contract.mw_gross, DECIMAL), (contract.term_years, DECIMAL),
            (contract.contract_value_usd, MONEY), (contract.capex_usd, MONEY),
        )  # fmt: skip
        for column, (number, form) in enumerate(numbers, 3):
            if number is None:
                page.missing(at, column, _UNTOLD)
            else:
                note = f"{contract.counterparty}, announced {contract.announced}"
                page.number(at, column, SourcedNumber(float(number), contract.url, note), form)
        page.text(at, 8, contract.start)
    return row + len(entries) + 1


def _targets(page: Sheet, targets: Sequence[TrackedTarget], row: int) -> None:
    heads = ("Targets, those said last first", "Said", "Stance", "Due", "State", "", "", "", "Source, why")
    page.band(row, heads, len(heads))
    newest = sorted(targets, key=lambda tracked: tracked.judged.target.said_on, reverse=True)
    for at, tracked in enumerate(newest, row + 1):
        judged, target = tracked.judged, tracked.judged.target
        page.text(at, 0, target_text(tracked))
        page.text(at, 1, target.said_on.isoformat())
        page.text(at, 2, target.stance.value)
        page.text(at, 3, target.due.isoformat() if target.due else "")
        page.text(at, 4, verdict_words(judged.verdict.value))
        link = _source(tracked)
        page.link(at, 8, f"{link.text}: {clean(judged.reason)}", link.url)


def _source(tracked: TrackedTarget) -> Link:
    if tracked.source is None:
        return Link(clean(tracked.judged.target.source))
    return link_to(tracked.source.title, tracked.source.url, excerpt=tracked.judged.target.excerpt)
