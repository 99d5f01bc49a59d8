"""A company's debt by instrument: what it owes, at what rate, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hashpivot.core import InvalidInput, Quarter

from ._ranges import BILLIONS, check_ranges, ranged

_ROUNDING_USD = 1.0


@dataclass(frozen=True, slots=True)
class Debt:
    """A loan or note owed at the start, repaid in one amount when it falls due.

    Args:
        name: What the report calls it.
        principal_usd: Owed.
        rate: Yearly interest, paid in cash.
        matures: Quarter it falls due in; None if that is not known, it is then rolled over.
        conversion_price_usd: Price of a share it converts at; None if it cannot be exchanged for shares, or
            if its price is not known.
    """

    name: str
    principal_usd: float = ranged(0.0, BILLIONS, "USD")
    rate: float = ranged(0.0, 0.5, "per year", 0.06)
    matures: Quarter | None = None
    conversion_price_usd: float | None = ranged(0.01, 100_000.0, "USD per share", None, optional=True)

    def __post_init__(self) -> None:
        check_ranges(self, f"debt {self.name!r}")


def check_debt(debt: Sequence[Debt], total_usd: float | None) -> None:
    """Refuse instruments of one name, or that come to more than all debt.

    Raises:
        InvalidInput: Naming the instrument, or the sum.
    """
    names = [each.name for each in debt]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidInput(f"{twice!r} stands twice", where="debt", hint="give each instrument its own name")
    owed = sum(each.principal_usd for each in debt)
    if debt and (total_usd is None or owed > total_usd + _ROUNDING_USD):
        known = "is not known" if total_usd is None else f"is {total_usd:,.0f}"
        raise InvalidInput(
            f"instruments of {owed:,.0f} USD, and finance.debt_usd {known}",
            where="debt",
            hint="finance.debt_usd is all debt at the start, instruments included: change it or [[debt]]",
        )


@dataclass(frozen=True, slots=True)
class MaturityWall:
    """When the debt of the start falls due, in dollars.

    Args:
        by_year: By calendar year, in order; convertibles included.
        without_usd: Debt whose maturity no instrument tells.
    """

    by_year: Mapping[int, float]
    without_usd: float

    @classmethod
    def of(cls, debt: Sequence[Debt], total_usd: float | None) -> MaturityWall | None:
        """The wall of instruments that are part of all debt; None if that is not known."""
        if total_usd is None:
            return None
        due = sorted((each.matures.year, each.principal_usd) for each in debt if each.matures)
        by_year: dict[int, float] = {}
        for year, usd in due:
            by_year[year] = by_year.get(year, 0.0) + usd
        return cls(by_year, max(0.0, total_usd - sum(by_year.values())))

    def to_dict(self) -> dict[str, Any]:
        """`{"by_year": [{"year", "usd"}], "without_maturity_usd"}`."""
        years = [{"year": year, "usd": usd} for year, usd in self.by_year.items()]
        return {"by_year": years, "without_maturity_usd": self.without_usd}
