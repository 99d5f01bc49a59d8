"""What a company owes: the totals of its balance sheet, and each instrument as its report tags it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import sub
from typing import Any

from hashpivot.core import (
    DebtInstrument,
    Figure,
    Missing,
    Quarter,
    Source,
    not_in_ledger,
    short_repr,
)
from hashpivot.ledger import View
from hashpivot.season import Formula, computed

from ._amount import Amount, amount_json


@short_repr
@dataclass(frozen=True, slots=True)
class DebtPart:
    """A part of the debt that the balance sheet shows.

    Args:
        title: What it is.
        amount: In dollars.
    """

    title: str
    amount: Amount


@short_repr
@dataclass(frozen=True, slots=True)
class TaggedDebt:
    """A loan, note or credit line with the report that tags it.

    Args:
        instrument: Its amount, rate, maturity and conversion terms.
        source: The report; None if the ledger does not hold it.
    """

    instrument: DebtInstrument
    source: Source | None

    def to_dict(self) -> dict[str, Any]:
        """Stable keys: those of the instrument, and `source`, `url`."""
        source = self.source
        named = {"source": source.title if source else None, "url": source.url or None if source else None}
        return self.instrument.to_dict() | named


@short_repr
@dataclass(frozen=True, slots=True)
class DebtStack:
    """A company's debt.

    Args:
        quarter: The newest quarter whose balance is known.
        day: Day of that balance; the quarter's end if nothing is known.
        total: All of it.
        parts: Convertible notes, and the rest.
        instruments: Each by the last report that tags them, the largest first; or why there are none.
        next_maturity: Of the instruments, the next to fall due; or why it is not known.
    """

    quarter: Quarter
    day: date
    total: Figure | Missing
    parts: tuple[DebtPart, ...]
    instruments: tuple[TaggedDebt, ...] | Missing
    next_maturity: date | Missing

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        due, held = self.next_maturity, self.instruments
        absent = {"instruments": held, "next_maturity": due}
        return {
            "quarter": str(self.quarter),
            "day": self.day.isoformat(),
            "total_usd": amount_json(self.total),
            "parts": [{"title": part.title, **amount_json(part.amount)} for part in self.parts],
            "instruments": [] if isinstance(held, Missing) else [debt.to_dict() for debt in held],
            "next_maturity": None if isinstance(due, Missing) else due.isoformat(),
            "missing": {n: why.to_json() for n, why in absent.items() if isinstance(why, Missing)},
        }


def debt_stack(view: View, ticker: str, newest: Quarter, day: date) -> DebtStack:
    """Return a company's debt, the balance that of the newest quarter up to a given one that has it.

    Args:
        view: What is known.
        ticker: The company.
        newest: The last quarter looked at; two years back from it are searched.
        day: The day it is seen from: only what falls due later is to come.
    """
    quarter = next((q for q in _back(newest) if _known(view, ticker, q)), newest)
    total, convertible = (
        view.company_measure(ticker, quarter, name) for name in ("debt", "convertible_notes")
    )
    instruments = tuple(
        TaggedDebt(instrument, view.sources.get(fact.source))
        for instrument, fact in view.debt_instruments(ticker, day)
    )
    balance = next((f.end for f in (total, convertible) if isinstance(f, Figure)), quarter.end)
    return DebtStack(
        quarter,
        balance,
        total,
        _parts(total, convertible),
        instruments or _none_tagged(view, ticker, quarter),
        _next_due(instruments, day) if instruments else _none_tagged(view, ticker, quarter),
    )


def _back(newest: Quarter) -> list[Quarter]:
    return [newest - back for back in range(8)]


def _known(view: View, ticker: str, quarter: Quarter) -> bool:
    names = ("debt", "convertible_notes")
    return any(isinstance(view.company_measure(ticker, quarter, name), Figure) for name in names)


def _none_tagged(view: View, ticker: str, quarter: Quarter) -> Missing:
    statements = view.company_statements(ticker)
    terms = "amount, rate, maturity and conversion terms of each debt instrument"
    read = statements.report_read("debt", quarter)
    if read:
        reason = f"the tags of {read.title} name no debt instrument"
        return not_in_ledger(reason, f"{read.title}, its notes on debt: {terms}")
    reason = "no report that tags debt by instrument has been read"
    return not_in_ledger(reason, f"{statements.expected(quarter)}: {terms}")


def _next_due(instruments: Sequence[TaggedDebt], day: date) -> date | Missing:
    """The next day on which one falls due. A maturity that is not tagged may stand in the report's words."""
    due = [debt.instrument.matures for debt in instruments]
    later = [when for when in due if when and when > day]
    if later:
        return min(later)
    source = instruments[0].source
    report = source.title if source else "the report"
    return untagged(report, f"maturity after {day}")


def untagged(report: str, term: str) -> Missing:
    """Why a term of a debt instrument is absent: it is read from tags, and the notes may say it in words.

    Args:
        report: Title of the report whose tags were read.
        term: Such as `rate`.
    """
    return not_in_ledger(f"the tags of {report} give no {term}", f"{report}, its notes on debt: {term}")


def _parts(total: Figure | Missing, convertible: Figure | Missing) -> tuple[DebtPart, ...]:
    notes = DebtPart("Convertible notes", convertible)
    if isinstance(total, Missing) or isinstance(convertible, Missing) or total.value < convertible.value:
        return (notes,)
    operands = (total, convertible)
    rest = computed("other_debt_usd", Formula(sub, operands), operands, "debt less convertible notes")
    return (notes, DebtPart("Other debt", rest))
