"""What a company owes: the totals of its balance sheet, and each instrument where the ledger holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import sub
from typing import Any

from hashpivot.core import Figure, Missing, Quarter, not_in_ledger, short_repr
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
class DebtStack:
    """A company's debt at one quarter's end.

    Args:
        quarter: The quarter.
        day: Day of the balance; the quarter's end if nothing is known.
        total: All of it.
        parts: Convertible notes, and the rest.
        instruments: Why no instrument stands by itself: amount, rate, maturity and conversion.
        next_maturity: When the next of it is due, or why that is not known.
    """

    quarter: Quarter
    day: date
    total: Figure | Missing
    parts: tuple[DebtPart, ...]
    instruments: Missing
    next_maturity: date | Missing

    def to_dict(self) -> dict[str, Any]:
        """Stable keys; see docs/json.md."""
        due = self.next_maturity
        return {
            "quarter": str(self.quarter),
            "day": self.day.isoformat(),
            "total_usd": amount_json(self.total),
            "parts": [{"title": part.title, **amount_json(part.amount)} for part in self.parts],
            "instruments": [],
            "missing": {"instruments": self.instruments.to_json()},
            "next_maturity": due.to_json() if isinstance(due, Missing) else due.isoformat(),
        }


def debt_stack(view: View, ticker: str, newest: Quarter) -> DebtStack:
    """Return a company's debt at the end of the newest quarter, up to a given one, whose balance is known.

    Args:
        view: What is known.
        ticker: The company.
        newest: The last quarter looked at; two years back from it are searched.
    """
    quarter = next((q for q in _back(newest) if _known(view, ticker, q)), newest)
    total, convertible = (
        view.company_measure(ticker, quarter, name) for name in ("debt", "convertible_notes")
    )
    report = view.company_statements(ticker).expected(quarter)
    untold = not_in_ledger(
        "the ledger holds no debt by instrument",
        f"{report}: amount, rate, maturity and conversion terms of each debt instrument",
    )
    day = next((f.end for f in (total, convertible) if isinstance(f, Figure)), quarter.end)
    return DebtStack(quarter, day, total, _parts(total, convertible), untold, untold)


def _back(newest: Quarter) -> list[Quarter]:
    return [newest - back for back in range(8)]


def _known(view: View, ticker: str, quarter: Quarter) -> bool:
    names = ("debt", "convertible_notes")
    return any(isinstance(view.company_measure(ticker, quarter, name), Figure) for name in names)


def _parts(total: Figure | Missing, convertible: Figure | Missing) -> tuple[DebtPart, ...]:
    notes = DebtPart("Convertible notes", convertible)
    if isinstance(total, Missing) or isinstance(convertible, Missing) or total.value < convertible.value:
        return (notes,)
    operands = (total, convertible)
    rest = computed("other_debt_usd", Formula(sub, operands), operands, "debt less convertible notes")
    return (notes, DebtPart("Other debt", rest))
