"""On what an outlook's cash, debt and shares stand: facts, the user's assumptions, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from hashpivot.core import Missing, short_repr

from ._company import CompanyInputs
from ._finance import BALANCE, REQUIRED

Basis = Literal["facts", "assumed", "absent"]
SECTION = "finance"
SHARE_PRICE = "finance.share_price_usd"
"""No filing gives it: a price other than book equity a share is the user's."""


@dataclass(frozen=True, slots=True)
class AbsentInput:
    """An input of the balance sheet that is not known.

    Args:
        key: Such as `finance.cash_usd`.
        missing: Why, and the filing that would give it.
    """

    key: str
    missing: Missing

    def to_dict(self) -> dict[str, str]:
        """`{"input", "missing", "reason", "needs"}`, the last only if a filing would give it."""
        return {"input": self.key, **self.missing.to_json()}


@short_repr
@dataclass(frozen=True, slots=True)
class Solvency:
    """On what cash, debt, dilution and the chance of a shortfall stand.

    Args:
        absent: Inputs that are not known.
        assumed: Keys of the inputs that the user assumed, and `contracts.capex_usd` where what is still to be
            built has no announced cost.
        as_of: Day of the balance sheet; None if none is known.
        carried: What the quarters from that day to the start brought to cash, a sentence; empty if none lie
            between.
    """

    absent: tuple[AbsentInput, ...] = ()
    assumed: tuple[str, ...] = ()
    as_of: date | None = None
    carried: str = ""

    @property
    def basis(self) -> Basis:
        """`absent` if an input that cash depends on is not known, `assumed` if one is assumed."""
        required = {f"{SECTION}.{name}" for name in REQUIRED}
        if any(each.key in required for each in self.absent):
            return "absent"
        return "assumed" if self.assumed else "facts"

    def after(self, before: CompanyInputs, changed: CompanyInputs) -> Solvency:
        """The solvency once the user has changed some inputs of the balance sheet or its debt."""
        old, new = before.finance, changed.finance
        keys = [f"{SECTION}.{name}" for name in BALANCE if getattr(old, name) != getattr(new, name)]
        keys += [SHARE_PRICE] if old.share_price_usd != new.share_price_usd else []
        keys += ["debt"] if before.debt != changed.debt else []
        absent = tuple(each for each in self.absent if each.key not in keys)
        carried = "" if f"{SECTION}.cash_usd" in keys else self.carried
        return replace(
            self, absent=absent, carried=carried, assumed=tuple(dict.fromkeys((*self.assumed, *keys)))
        )

    def to_dict(self) -> dict[str, Any]:
        """`{"basis", "as_of", "carried", "assumed", "absent"}`."""
        return {
            "basis": self.basis,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "carried": self.carried,
            "assumed": list(self.assumed),
            "absent": [each.to_dict() for each in self.absent],
        }


ON_FACTS = Solvency()
"""Of inputs that are all known."""
