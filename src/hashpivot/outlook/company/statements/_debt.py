"""The debt of the start by instrument: what is still owed, its interest, and what falls due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hashpivot.formula import Number, equal, if_, indicator, is_zero, max_, min_, total

from ...inputs import CompanyInputs, Debt, Finance, quarter_number
from ..shared import Recorder


@dataclass(frozen=True, eq=False)
class DueDebt:
    """An instrument in the quarter it may fall due in.

    Args:
        key: Name of its quantities, such as `debt_0`.
        due_usd: What falls due; 0 in any other quarter.
        conversion_price_usd: As in `Debt`.
    """

    key: str
    due_usd: Number
    conversion_price_usd: Number | None


class StartDebt:
    """What is owed of the debt of the start, the same on all paths.

    Args:
        inputs: The company's.
        first: The first quarter, as a number.
        record: Takes what is owed of each instrument that has a maturity, and what falls due of it.
    """

    def __init__(self, inputs: CompanyInputs, first: Number, record: Recorder) -> None:
        self._first, self._step, self._record = first, 0, record
        every = [(f"debt_{number}", each) for number, each in enumerate(inputs.debt)]
        self._maturing = [(key, each) for key, each in every if each.matures is not None]
        self._lasting, self._lasting_interest = _without_maturity(inputs)
        self._convertibles: list[tuple[str, Any]] = [
            (key, each) for key, each in every if each.conversion_price_usd is not None
        ]
        self._owed = {key: record(key, each.principal_usd) for key, each in self._maturing}

    @property
    def maturities_known(self) -> bool:
        """True if some maturity is known, or nothing is owed."""
        return bool(self._maturing) or is_zero(self._lasting)

    @property
    def owed_usd(self) -> Number:
        """What is owed of all of it."""
        return total([self._lasting, *self._owed.values()])

    @property
    def yearly_interest_usd(self) -> Number:
        """Interest of a year on what is owed."""
        return total([self._lasting_interest, *(self._owed[key] * each.rate for key, each in self._maturing)])

    @property
    def convertible_shares(self) -> Number:
        """Shares that all that is owed and tells a conversion price would become."""
        shares: list[Number] = [0.0]
        for key, each in self._convertibles:
            shares.append(self._owed.get(key, each.principal_usd) / each.conversion_price_usd)
        return total(shares)

    def fall_due(self) -> list[DueDebt]:
        """What falls due in the next quarter, no longer owed from then on; call it once a quarter.

        What fell due before the first quarter falls due in it.
        """
        found = [
            DueDebt(key, self._due(key, each), each.conversion_price_usd) for key, each in self._maturing
        ]
        for each in found:
            self._owed[each.key] = self._record(each.key, self._owed[each.key] - each.due_usd)
        self._step += 1
        return found

    def _due(self, key: str, debt: Debt) -> Number:
        now, then = self._first + self._step, quarter_number(debt.matures)
        is_due = equal(now, then) if self._step else then <= now
        return self._record(f"{key}_due", self._owed[key] * indicator(is_due))


def _without_maturity(inputs: CompanyInputs) -> tuple[Number, Number]:
    """Debt that no instrument tells the maturity of, and its interest of a year."""
    rest: Number = inputs.finance.debt_usd
    for each in inputs.debt:
        rest = rest - each.principal_usd
    known = [each for each in inputs.debt if each.matures is None]
    owed: list[Number] = [each.principal_usd for each in known]
    interest: list[Number] = [each.principal_usd * each.rate for each in known]
    return total([rest, *owed]), total([rest * inputs.finance.interest, *interest])


@dataclass(frozen=True, eq=False)
class Matured:
    """What becomes of the debt that falls due in a quarter.

    Args:
        repaid_usd: Owed in cash: what is not exchanged for shares.
        refinanced_usd: Of that, lent again.
        converted_usd: Exchanged for shares.
        shares: Shares it is exchanged for.
    """

    repaid_usd: Number
    refinanced_usd: Number
    converted_usd: Number
    shares: Number


def matured(
    due: Sequence[DueDebt], finance: Finance, spare_usd: Number, share_price_usd: Number | None,
    record: Recorder,
) -> Matured:  # fmt: skip
    """Convertibles worth more as shares are exchanged; cash pays the rest, lenders what cash does not.

    Args:
        due: What falls due.
        finance: The company's inputs.
        spare_usd: Cash above the minimum; below zero if there is none.
        share_price_usd: None where shares are not known: nothing is exchanged then.
        record: Takes every quantity.
    """
    converted: list[Number] = [0.0]
    shares: list[Number] = [0.0]
    for each in due:
        price = each.conversion_price_usd
        if price is not None and share_price_usd is not None and not is_zero(each.due_usd):
            exchanged = if_(share_price_usd > price, each.due_usd, 0.0)
            converted.append(record(f"{each.key}_converted", exchanged))
            shares.append(converted[-1] / price)
    exchanged = total(converted)
    repaid = record("repaid", total([each.due_usd for each in due]) - exchanged)
    unpaid = repaid - min_(repaid, max_(spare_usd, 0.0))
    refinanced = record("refinanced", unpaid * finance.refinance_share)
    return Matured(repaid, refinanced, exchanged, total(shares))
