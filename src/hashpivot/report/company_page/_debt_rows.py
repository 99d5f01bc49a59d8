"""The debt of a company as rows: the balance sheet's totals, then each instrument."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.company import DebtStack, TaggedDebt, untagged
from hashpivot.core import DebtInstrument, Missing

from ..shared import (
    Cell,
    EvidenceList,
    Link,
    clean,
    plain_number,
    rate_words,
    source_link,
    unit_scale,
    value_cell,
)
from ._quarter_rows import quarter_cell


@dataclass(frozen=True, slots=True)
class DebtLine:
    """A part of the debt as the balance sheet shows it."""

    title: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """A loan, note or credit line.

    Args:
        name: As the report calls it.
        amount: Owed, in millions.
        basis: Whether at carrying or at face value; the limit of a credit line.
        rate: Interest a year.
        due: Last day of its term.
        terms: Conversion price.
        link: The report, at the amount where it can be opened there.
        grade: Of the report.
    """

    name: str
    amount: Cell
    basis: str
    rate: Cell
    due: Cell
    terms: Cell
    link: Link
    grade: str


@dataclass(frozen=True, slots=True)
class DebtView:
    """The section on debt.

    Args:
        day: Of the balance.
        parts: Totals.
        tagged: Day of the balance sheet the instruments are of; empty without any.
        instruments: The largest first.
        reason: Why there are none; empty if there are.
        needs: What would end that.
    """

    day: str
    parts: list[DebtLine]
    tagged: str
    instruments: list[InstrumentLine]
    reason: str
    needs: str


def debt_view(debt: DebtStack, evidence: EvidenceList) -> DebtView:
    """Return the section; figures of the totals are added to the evidence."""
    named = (("Debt, all", debt.total), *((part.title, part.amount) for part in debt.parts))
    write = unit_scale("usd").write
    parts = [DebtLine(title, quarter_cell(amount, write, evidence).cell) for title, amount in named]
    held = debt.instruments
    if isinstance(held, Missing):
        reason = f"{held.code.words}: {clean(held.reason)}"
        return DebtView(debt.day.isoformat(), parts, "", [], reason, clean(held.needs))
    tagged = max(one.instrument.day for one in held).isoformat()
    return DebtView(debt.day.isoformat(), parts, tagged, [_line(one) for one in held], "", "")


def _line(debt: TaggedDebt) -> InstrumentLine:
    one, source = debt.instrument, debt.source
    report = clean(source.title) if source else "the report"
    price = one.conversion_price_usd
    locators = dict(one.locators)
    place = locators.get("carrying_usd") or locators.get("principal_usd")
    link = Link("report")
    if source:
        link = source_link(source, place) if place else source_link(source)
    return InstrumentLine(
        name=clean(one.name),
        amount=value_cell(
            untagged(report, "amount") if one.owed_usd is None else one.owed_usd, unit_scale("usd").write
        ),
        basis=_basis(one),
        rate=_rate(one, untagged(report, "rate")),
        due=_due(one, untagged(report, "maturity")),
        terms=value_cell(
            untagged(report, "conversion price") if price is None else price,
            lambda usd: f"converts at ${plain_number(usd)}",
        ),
        link=link,
        grade=source.grade if source else "",
    )


def _basis(one: DebtInstrument) -> str:
    """At which value, and the limit of a credit line."""
    limit = "" if one.limit_usd is None else f"limit {unit_scale('usd').write(one.limit_usd)}"
    value = "" if one.owed_usd is None else "carrying" if one.carrying_usd is not None else "face value"
    return ", ".join(filter(None, (value, limit)))


def _due(one: DebtInstrument, absent: Missing) -> Cell:
    return Cell(one.matures.isoformat()) if one.matures else Cell(absent.code.words, absent.reason)


def _rate(one: DebtInstrument, absent: Missing) -> Cell:
    low, high = one.rate_low, one.rate_high
    if low is None or high is None:
        return Cell(absent.code.words, absent.reason)
    return Cell(rate_words(low, high))
