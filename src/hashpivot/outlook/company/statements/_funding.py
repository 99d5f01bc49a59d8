"""Cash, treasury, debt and shares: who pays, quarter by quarter, and what nobody pays."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.formula import Number, is_zero, max_, min_, power, ratio

from ...inputs import Finance
from ..operations import QuarterFlows
from ..shared import QUARTERS_PER_YEAR, Recorder


@dataclass(frozen=True, eq=False)
class Balance:
    """The balance at a quarter's end.

    Args:
        cash_usd: Cash, never negative.
        bitcoin: Bitcoin held.
        debt_usd: Corporate debt.
        loans_usd: Project loans for AI data halls.
        shares: Shares outstanding.
        shortfall_usd: What nobody has paid so far.
        interest_usd: Paid in the quarter.
    """

    cash_usd: Number
    bitcoin: Number
    debt_usd: Number
    loans_usd: Number
    shares: Number
    shortfall_usd: Number
    interest_usd: Number = 0.0

    @classmethod
    def of(cls, finance: Finance, record: Recorder) -> Balance:
        """The balance at the start."""
        return cls(
            cash_usd=record("cash", finance.cash_usd),
            bitcoin=record("bitcoin", finance.bitcoin),
            debt_usd=record("debt", finance.debt_usd),
            loans_usd=record("loans", finance.loans_usd),
            shares=record("shares", finance.shares),
            shortfall_usd=record("shortfall", 0.0),
        )

    def spare_usd(self, finance: Finance, price_usd: Number) -> Number:
        """Cash above the minimum, and bitcoin that may be sold."""
        spare = self.cash_usd - finance.minimum_cash_usd
        return spare + self.bitcoin * price_usd * finance.sells_treasury


def settle(
    balance: Balance, finance: Finance, flows: QuarterFlows, ebitda: Number, start_price_usd: Number,
    record: Recorder,
) -> Balance:  # fmt: skip
    """The balance a quarter later.

    Interest is paid on the debt of the quarter's start, in cash. Lenders pay their share of AI capex. Then,
    as long as cash is below the minimum: bitcoin held is sold (if the policy allows), debt is raised up to
    its limit, shares are sold up to theirs at the start's price times (bitcoin price / start's) ^ beta.
    What is left below zero is the shortfall; cash is then zero.

    Args:
        balance: At the quarter's start.
        finance: The company's inputs.
        flows: The quarter's lines.
        ebitda: Gross profit less overheads, bitcoin mined counted as revenue at its price.
        start_price_usd: Bitcoin price on the last known day.
        record: Takes every payment.
    """
    price = flows.bitcoin_usd
    kept = record("mined_kept", flows.mined_btc * (1 - finance.sold_share))
    interest = record("interest", _yearly_interest(balance, finance) / QUARTERS_PER_YEAR)
    loan = record("loan", flows.ai_capex_usd * finance.debt_share)
    earned = balance.cash_usd + ebitda - kept * price - interest
    cash = record("cash_before", earned - flows.capex_usd + loan)
    bitcoin = balance.bitcoin + kept
    need = record("need", max_(finance.minimum_cash_usd - cash, 0.0))
    from_coins = record("from_coins", min_(need, bitcoin * price * finance.sells_treasury))
    need = need - from_coins
    room = max_(finance.debt_limit_usd - balance.debt_usd, 0.0)
    borrowed = record("borrowed", min_(need, room))
    need = need - borrowed
    issued = record("issued", min_(need, finance.equity_limit_usd))
    cash = cash + from_coins + borrowed + issued
    return Balance(
        cash_usd=record("cash", max_(cash, 0.0)),
        bitcoin=record("bitcoin", bitcoin - from_coins / price),
        debt_usd=record("debt", balance.debt_usd + borrowed),
        loans_usd=record("loans", balance.loans_usd + loan),
        shares=record("shares", balance.shares + _sold(finance, issued, price / start_price_usd)),
        shortfall_usd=record("shortfall", balance.shortfall_usd + max_(-cash, 0.0)),
        interest_usd=interest,
    )


def _yearly_interest(balance: Balance, finance: Finance) -> Number:
    """On the debt of the start at its rate, on what has been borrowed since and on loans at that of new."""
    new_debt = balance.debt_usd - finance.debt_usd + balance.loans_usd
    return finance.debt_usd * finance.interest + new_debt * finance.new_interest


def _sold(finance: Finance, issued_usd: Number, price_ratio: Number) -> Number:
    """Shares sold for so many dollars; none are counted where the share price is not known."""
    if is_zero(finance.share_price_usd):
        return 0.0
    return ratio(issued_usd, finance.share_price_usd * power(price_ratio, finance.share_beta))
