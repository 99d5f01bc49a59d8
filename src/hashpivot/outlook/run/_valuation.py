"""What a company is worth at a given share price, over its megawatts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ..inputs import SHARE_PRICE, CompanyInputs, Solvency

CENT = 2


@dataclass(frozen=True, slots=True)
class Valuation:
    """Enterprise value at the start, in dollars.

    Args:
        share_price_usd: As given by the user.
        market_value_usd: Shares at that price, convertibles not exchanged.
        enterprise_value_usd: Market value and debt, less cash and bitcoin held.
        mining_mw: Megawatts of the mining fleet.
        ai_critical_mw: Critical megawatts let and of contracts ahead, as far as they are known.
    """

    share_price_usd: float
    market_value_usd: float
    enterprise_value_usd: float
    mining_mw: float
    ai_critical_mw: float

    @classmethod
    def of(cls, inputs: CompanyInputs, solvency: Solvency, bitcoin_usd: float) -> Valuation | None:
        """The valuation; None unless the share price was given and shares, debt, cash and bitcoin are known.

        Args:
            inputs: The company.
            solvency: Says whether the share price was given.
            bitcoin_usd: Price of bitcoin on the last known day.
        """
        finance = inputs.finance
        if SHARE_PRICE not in solvency.assumed or not finance.funding_known or finance.shares is None:
            return None
        worth = finance.shares * finance.share_price_usd
        owed = (finance.debt_usd or 0.0) + finance.loans_usd
        held = (finance.cash_usd or 0.0) + (finance.bitcoin or 0.0) * bitcoin_usd
        ahead = sum(each.critical_mw for each in inputs.contracts)
        return cls(
            finance.share_price_usd,
            worth,
            worth + owed - held,
            inputs.mining.hash_rate_ehs * inputs.mining.j_per_th,
            inputs.colocation.running_critical_mw + ahead,
        )

    @property
    def per_mw_usd(self) -> float | None:
        """Enterprise value over all megawatts; None without any."""
        megawatts = self.mining_mw + self.ai_critical_mw
        return self.enterprise_value_usd / megawatts if megawatts else None

    def to_dict(self) -> dict[str, Any]:
        """Its fields and `enterprise_value_per_mw_usd`, rounded."""
        per_mw = self.per_mw_usd
        values = {name: round(value, CENT) for name, value in asdict(self).items()}
        return values | {"enterprise_value_per_mw_usd": None if per_mw is None else round(per_mw, CENT)}
