"""Cash, treasury, debt and shares: who pays, quarter by quarter, and what nobody pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.formula import Number, is_zero, max_, min_, power, ratio

from ...inputs import Finance
from ..operations import QuarterFlows
from ..shared import QUARTERS_PER_YEAR, Recorder
from ._debt import DueDebt, Matured, StartDebt, matured
from ._income import Income
from ._projects import ProjectQuarter


@dataclass(frozen=True, eq=False)
class Balance:
    """The balance at a quarter's end.

    Args:
        cash_usd: Cash, never negative.
        bitcoin: Bitcoin held.
        debt_usd: Corporate debt.
        loans_usd: Project loans for AI data halls.
        coin_loan_usd: Borrowed against bitcoin held.
        shares: Shares outstanding; None where they are not known.
        shortfall_usd: Bills in arrears: they are paid first when cash returns.
        price_usd: Price at which bitcoin stands in it.
        property_usd: Property and other assets less other liabilities; None where equity is not known.
        equity_usd: Stockholders' equity; None where it is not known.
        borrowed_usd: Corporate debt raised since the start, part of all of it.
        refinanced_usd: What of the debt of the start was lent again, part of it too.
        unmet_usd: What was needed to keep the minimum of cash and nobody paid.
        due_usd: Debt and instalments that fell due in the quarter, what was exchanged for shares apart; None
            where debt is owed at the start and no maturity of it is known.
        gap_usd: Needed beyond cash in the quarter: debt refinanced, then bitcoin, new debt, shares, arrears.
        convertible_shares: Shares that convertibles would become.
        interest_usd: Paid in the quarter.
        free_cash_usd: Cash from operations less capex of the quarter, that which lenders paid included.
    """

    cash_usd: Number
    bitcoin: Number
    debt_usd: Number
    loans_usd: Number
    coin_loan_usd: Number
    shares: Number | None
    shortfall_usd: Number
    price_usd: Number
    property_usd: Number | None = None
    equity_usd: Number | None = None
    borrowed_usd: Number = 0.0
    refinanced_usd: Number = 0.0
    unmet_usd: Number = 0.0
    due_usd: Number | None = None
    gap_usd: Number = 0.0
    convertible_shares: Number = 0.0
    interest_usd: Number = 0.0
    free_cash_usd: Number = 0.0

    @classmethod
    def of(cls, finance: Finance, price_usd: Number, record: Recorder) -> Balance:
        """The balance at the start; what equity leaves beside cash, bitcoin and debt is property."""
        cash, bitcoin = record("cash", finance.cash_usd), record("bitcoin", finance.bitcoin)
        debt, loans = record("debt", finance.debt_usd), record("loans", finance.loans_usd)
        equity, rest = finance.equity_usd, None
        if equity is not None:
            equity = record("equity", equity)
            rest = record("property", equity + debt + loans - cash - bitcoin * price_usd)
        return cls(
            cash_usd=cash,
            bitcoin=bitcoin,
            debt_usd=debt,
            loans_usd=loans,
            coin_loan_usd=record("coin_loan", 0.0),
            shares=None if finance.shares is None else record("shares", finance.shares),
            shortfall_usd=record("shortfall", 0.0),
            price_usd=price_usd,
            property_usd=rest,
            equity_usd=equity,
        )

    def spare_usd(self, finance: Finance, price_usd: Number) -> Number:
        """Cash above the minimum, and bitcoin that may be sold."""
        free = _less(self.bitcoin * price_usd, self.coin_loan_usd)
        return self.cash_usd - finance.minimum_cash_usd + free * finance.sells_treasury


def interest_due(balance: Balance, stack: StartDebt, finance: Finance, record: Recorder) -> Number:
    """Interest of a quarter on the debt of its start, paid in cash: that on new debt at the rate of new."""
    new = _plus(balance.borrowed_usd + balance.loans_usd, balance.refinanced_usd)
    yearly = stack.yearly_interest_usd + new * finance.new_interest
    yearly = _plus(yearly, balance.coin_loan_usd * finance.treasury_interest)
    return record("interest", yearly / QUARTERS_PER_YEAR)


def _plus(number: Number, more: Number) -> Number:
    """The sum; no array is made where there is nothing to add."""
    return number if is_zero(more) else number + more


def _minus(number: Number, less: Number) -> Number:
    """The difference; no array is made where there is nothing to take off."""
    return number if is_zero(less) else number - less


def _less(number: Number, less: Number) -> Number:
    """The difference, never below zero where something is taken off."""
    return number if is_zero(less) else max_(number - less, 0.0)


def settle(
    balance: Balance, finance: Finance, flows: QuarterFlows, ebitda: Number, interest: Number,
    income: Income | None, stack: StartDebt, capex: Number, project: ProjectQuarter, project_loans: Number,
    working_capital: Number, start_price_usd: Number, record: Recorder,
) -> Balance:  # fmt: skip
    """The balance a quarter later.

    Interest and tax are paid, then bills in arrears. Tenants and lenders pay their shares of AI capex,
    project loans their instalments. Debt that falls due is exchanged for shares, repaid or refinanced
    (`matured`). Then, as long as cash is below the minimum: bitcoin held is pledged (as far as lenders take
    it), the quarter's bitcoin is sold and, if the policy says so, what was held before, debt is raised up to
    its limit, shares are sold up to theirs at the start's price times (bitcoin price / start's) ^ beta, and
    bitcoin that the policy holds is sold last.
    What is left below zero is in arrears, the shortfall; cash is then zero.

    Args:
        balance: At the quarter's start.
        finance: The company's inputs.
        flows: The quarter's lines.
        ebitda: Gross profit less overheads, bitcoin mined counted as revenue at its price.
        interest: As `interest_due`.
        income: The quarter's; None where depreciation is not known, no tax then.
        stack: What is owed of the debt of the start.
        capex: Spent on machines, AI data halls and GPUs, by lenders too, not by tenants.
        project: What lenders pay of data halls ahead, and get back.
        project_loans: Owed on them at the quarter's end.
        working_capital: What the quarter puts into it.
        start_price_usd: Bitcoin price on the last known day.
        record: Takes every payment.
    """
    price = flows.bitcoin_usd
    kept = 0.0 if is_zero(1 - finance.sold_share) else flows.mined_btc * (1 - finance.sold_share)
    kept = record("mined_kept", kept)
    loan, instalments = record("loan", project.drawn_usd), record("instalments", project.instalments_usd)
    tax = 0.0 if income is None else income.tax_usd
    free = _minus(_minus(_minus(ebitda, kept * price) - interest, tax) - capex, working_capital)
    free = record("free_cash", free)
    cash = balance.cash_usd - balance.shortfall_usd + free
    cash = record("cash_before", _plus(cash, loan - instalments))
    fallen = _matured(stack.fall_due(), balance, finance, cash, price / start_price_usd, record)
    if fallen:
        cash = record("cash_after_debt", cash - fallen.repaid_usd + fallen.refinanced_usd)
    gap = max_(max_(finance.minimum_cash_usd - cash, 0.0) - balance.unmet_usd, 0.0)
    bitcoin = _plus(balance.bitcoin, kept)
    pledged = _pledged(balance, finance, cash, bitcoin * price, record)
    cash = _plus(cash, pledged - balance.coin_loan_usd)
    need = record("need", max_(finance.minimum_cash_usd - cash, 0.0))
    raised = _raise(balance, finance, need, bitcoin * price, kept * price, pledged, record)
    cash = cash + raised.coins_usd + raised.borrowed_usd + raised.issued_usd
    new, again = (
        record("new_debt", balance.borrowed_usd + raised.borrowed_usd),
        _refinanced(balance, fallen, record),
    )
    return Balance(
        cash_usd=record("cash", max_(cash, 0.0)),
        bitcoin=record("bitcoin", bitcoin - raised.coins_usd / price),
        debt_usd=record("debt", _plus(stack.owed_usd + new, again)),
        loans_usd=record("loans", _plus(project_loans, finance.loans_usd)),
        coin_loan_usd=pledged,
        shares=_shares(balance, finance, raised.issued_usd, fallen, price / start_price_usd, record),
        shortfall_usd=record("shortfall", max_(-cash, 0.0)),
        price_usd=price,
        **_book(balance, finance, capex, working_capital, income, raised.issued_usd, fallen, record),
        borrowed_usd=new,
        refinanced_usd=again,
        unmet_usd=raised.unmet_usd,
        due_usd=_due(stack, fallen, instalments),
        gap_usd=gap + fallen.refinanced_usd if fallen else gap,
        convertible_shares=stack.convertible_shares,
        interest_usd=interest,
        free_cash_usd=free,
    )


@dataclass(frozen=True, eq=False)
class Raised:
    """What a need for cash is met by.

    Args:
        coins_usd: Bitcoin sold.
        borrowed_usd: New corporate debt.
        issued_usd: Shares sold.
        unmet_usd: By nobody.
    """

    coins_usd: Number
    borrowed_usd: Number
    issued_usd: Number
    unmet_usd: Number


def _raise(
    balance: Balance, finance: Finance, need: Number, worth: Number, kept_usd: Number, pledged: Number,
    record: Recorder,
) -> Raised:  # fmt: skip
    """Meet a need in the order `settle` tells.

    Args:
        balance: At the quarter's start.
        finance: The company's inputs.
        need: Dollars.
        worth: Of all bitcoin.
        kept_usd: Of the bitcoin the quarter brought and kept.
        pledged: Of bitcoin that lenders hold.
        record: Takes every payment.
    """
    coins = record("from_coins", min_(need, _less(_sold_first(finance, worth, kept_usd), pledged)))
    need = need - coins
    owed: Number = finance.debt_usd
    room = max_(finance.debt_limit_usd - owed - balance.borrowed_usd, 0.0)
    borrowed = record("borrowed", min_(need, room))
    need = need - borrowed
    issued = record("issued", min_(need, finance.equity_limit_usd))
    need = need - issued
    if not is_zero(1 - finance.sells_treasury):
        last = record("from_coins_last", min_(need, _less(worth - coins, pledged)))
        coins, need = coins + last, need - last
    return Raised(coins, borrowed, issued, need)


def _sold_first(finance: Finance, worth: Number, kept_usd: Number) -> Number:
    """Bitcoin sold before debt and shares are raised: the quarter's, and of what was held as much as told."""
    if is_zero(1 - finance.sells_treasury):
        return worth
    held = 0.0 if is_zero(finance.sells_treasury) else (worth - kept_usd) * finance.sells_treasury
    return kept_usd + held


def _pledged(balance: Balance, finance: Finance, cash: Number, value_usd: Number, record: Recorder) -> Number:
    """The loan against bitcoin held: what cash lacks to its minimum, as far as lenders give it.

    It is repaid from cash above the minimum, and called where the price no longer covers it.
    """
    if is_zero(finance.treasury_ltv):
        return balance.coin_loan_usd
    wanted = max_(balance.coin_loan_usd + finance.minimum_cash_usd - cash, 0.0)
    return record("coin_loan", min_(wanted, finance.treasury_ltv * value_usd))


def _due(stack: StartDebt, fallen: Matured | None, instalments: Number) -> Number | None:
    """What fell due in cash; None where debt is owed and no maturity of it is known."""
    if not stack.maturities_known:
        return None
    return instalments + fallen.repaid_usd if fallen else instalments


def _matured(
    due: Sequence[DueDebt], balance: Balance, finance: Finance, cash: Number, price_ratio: Number,
    record: Recorder,
) -> Matured | None:  # fmt: skip
    """What becomes of what falls due; None if nothing does."""
    if all(is_zero(each.due_usd) for each in due):
        return None
    price = None if balance.shares is None else _share_price(finance, price_ratio)
    return matured(due, finance, cash - finance.minimum_cash_usd, price, record)


def _refinanced(balance: Balance, fallen: Matured | None, record: Recorder) -> Number:
    if fallen is None:
        return balance.refinanced_usd
    return record("refinanced_debt", balance.refinanced_usd + fallen.refinanced_usd)


def _book(
    balance: Balance, finance: Finance, capex: Number, working_capital: Number, income: Income | None,
    issued: Number, fallen: Matured | None, record: Recorder,
) -> dict[str, Number]:  # fmt: skip
    """Property and equity a quarter later, where both are known."""
    if income is None or balance.equity_usd is None:
        return {}
    added = _plus(_plus(capex, income.capitalised_usd), working_capital)
    rest = balance.property_usd + added - income.depreciation_usd
    equity = balance.equity_usd + income.net_usd + finance.stock_pay_usd + issued
    if fallen:
        equity = equity + fallen.converted_usd
    return {"property_usd": record("property", rest), "equity_usd": record("equity", equity)}


def _shares(
    balance: Balance, finance: Finance, issued_usd: Number, fallen: Matured | None, price_ratio: Number,
    record: Recorder,
) -> Number | None:  # fmt: skip
    if balance.shares is None:
        return None
    shares = balance.shares + fallen.shares if fallen else balance.shares
    return record("shares", shares + _sold(finance, issued_usd, price_ratio))


def _share_price(finance: Finance, price_ratio: Number) -> Number:
    """Price of a share, at (bitcoin price / start's) ^ beta of the start's."""
    return finance.share_price_usd * power(price_ratio, finance.share_beta)


def _sold(finance: Finance, issued_usd: Number, price_ratio: Number) -> Number:
    """Shares sold for so many dollars; none are counted where the share price is not known."""
    if is_zero(finance.share_price_usd):
        return 0.0
    return ratio(issued_usd, _share_price(finance, price_ratio))
