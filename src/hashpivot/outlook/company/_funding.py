"""Cash, treasury, debt and shares: who pays, quarter by quarter, and what nobody pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..inputs import Finance
from ._lines import LineAmounts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

QUARTERS_PER_YEAR = 4


@dataclass
class Balance:
    """The balance at a quarter's end; all shapes `(paths,)`.

    Args:
        cash_usd: Cash, never negative.
        bitcoin: Bitcoin held.
        debt_usd: Corporate debt.
        loans_usd: Project loans for AI halls.
        shares: Shares outstanding.
        shortfall_usd: What nobody has paid so far.
        interest_usd: Paid in the quarter.
    """

    cash_usd: NDArray[np.float64]
    bitcoin: NDArray[np.float64]
    debt_usd: NDArray[np.float64]
    loans_usd: NDArray[np.float64]
    shares: NDArray[np.float64]
    shortfall_usd: NDArray[np.float64]
    interest_usd: NDArray[np.float64]

    @classmethod
    def of(cls, finance: Finance, paths: int) -> Balance:
        """The balance at the start."""
        import numpy as np

        amounts = (
            finance.cash_usd, finance.bitcoin, finance.debt_usd, finance.loans_usd, finance.shares, 0.0, 0.0
        )  # fmt: skip
        return cls(*(np.full(paths, amount) for amount in amounts))

    def spare_usd(self, finance: Finance, price_usd: NDArray[np.float64]) -> NDArray[np.float64]:
        """Cash above the least, and bitcoin that may be sold."""
        spare: NDArray[np.float64] = self.cash_usd - finance.least_cash_usd
        return spare + self.bitcoin * price_usd * finance.sells_treasury


def settle(
    balance: Balance, finance: Finance, amounts: LineAmounts, ebitda: NDArray[np.float64],
    start_price_usd: float,
) -> Balance:  # fmt: skip
    """The balance a quarter later.

    Interest is paid on the debt of the quarter's start, in cash. Lenders pay their share of AI capex. Then,
    as long as cash is below the least: bitcoin held is sold (if the policy allows), debt is raised up to
    its limit, shares are sold up to theirs at the start's price times (bitcoin price / start's) ^ beta.
    What is left below zero is the shortfall; cash is then zero.

    Args:
        balance: At the quarter's start.
        finance: The company's inputs.
        amounts: The quarter's lines.
        ebitda: Gross profit less overheads, bitcoin mined counted as revenue at its price.
        start_price_usd: Bitcoin price on the last known day.
    """
    import numpy as np

    price = amounts.bitcoin_usd
    kept = amounts.mined_btc * (1 - finance.sold_share)
    new_debt = balance.debt_usd - finance.debt_usd + balance.loans_usd
    yearly = finance.debt_usd * finance.interest + new_debt * finance.new_interest
    interest = yearly / QUARTERS_PER_YEAR
    loan = amounts.ai_capex_usd * finance.debt_share
    cash = balance.cash_usd + ebitda - kept * price - interest - amounts.capex_usd + loan
    bitcoin = balance.bitcoin + kept
    need = np.maximum(finance.least_cash_usd - cash, 0.0)
    from_coins = np.minimum(need, bitcoin * price * finance.sells_treasury)
    need = need - from_coins
    borrowed = np.minimum(need, np.maximum(finance.debt_limit_usd - balance.debt_usd, 0.0))
    need = need - borrowed
    share_price = finance.share_price_usd * (price / start_price_usd) ** finance.share_beta
    issued = np.minimum(need, finance.equity_limit_usd)
    cash = cash + from_coins + borrowed + issued
    return Balance(
        cash_usd=np.maximum(cash, 0.0),
        bitcoin=bitcoin - from_coins / price,
        debt_usd=balance.debt_usd + borrowed,
        loans_usd=balance.loans_usd + loan,
        shares=balance.shares + (issued / share_price if finance.share_price_usd else 0.0),
        shortfall_usd=balance.shortfall_usd + np.maximum(-cash, 0.0),
        interest_usd=interest,
    )
