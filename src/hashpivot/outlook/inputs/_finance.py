"""Overheads, balance sheet, treasury and funding: what an outlook's solvency starts from."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import short_repr

from ._ranges import BILLIONS, check_ranges, ranged

BALANCE = ("cash_usd", "debt_usd", "bitcoin", "sga_usd", "shares")
"""Inputs that only a filing, a record or the user can give: None where none does."""

REQUIRED = BALANCE[:4]
"""Those without which nothing is said of cash; without shares only dilution is left out."""


@short_repr
@dataclass(frozen=True, slots=True)
class Finance:
    """Overheads, balance sheet, treasury and funding.

    Overheads, cash, bitcoin, debt, shares and depreciation are None where they are not known.

    Args:
        sga_usd: Selling, general and administrative a quarter, without stock-based pay.
        rd_usd: Research and development a quarter, chips apart.
        cash_usd: Cash at the start.
        bitcoin: Bitcoin held at the start.
        debt_usd: All debt at the start; what no instrument tells the maturity of is rolled over.
        interest: Yearly rate on what no instrument tells the rate of.
        shares: Shares outstanding.
        share_price_usd: Price at the start; 0 if not known, shares sold are then not counted.
        share_beta: Elasticity of the share price to the bitcoin price.
        equity_limit_usd: Most that can be raised by shares in a quarter.
        debt_share: Share of AI capex that lenders pay, before all else.
        debt_limit_usd: Most debt there can be, project loans apart; what falls due and is not refinanced
            frees no room.
        sold_share: Share of the bitcoin mined that is sold at once.
        sells_treasury: 1 if held bitcoin is sold before debt or shares are raised, 0 if only after them; the
            quarter's own bitcoin is sold first in any case.
        minimum_cash_usd: Minimum cash balance; funding starts below it.
        machine_days: Price of a TH of new machines in days of hashprice per TH.
        new_interest: Yearly rate on new debt and on project loans.
        depreciation_usd: Depreciation a quarter of what is owned at the start.
        property_years: Years until the last of it is written off; its parts are of all ages, so that its
            depreciation falls evenly to zero.
        machine_years: Years over which mining machines bought are depreciated.
        loans_usd: Project loans at the start, at the rate of new debt.
        stock_pay_usd: Stock-based pay a quarter: an expense that costs no cash.
        tax_rate: On income less losses carried forward.
        loss_carryforward_usd: Losses of earlier years at the start.
        equity_usd: Stockholders' equity at the start; None where it is not known, no balance sheet then.
        refinance_share: Share of debt falling due, as far as cash above the minimum does not repay it, that
            lenders refinance at the rate of new debt.
        receivable_days: Days of revenue, self-mining apart, that customers have not paid yet.
        payable_days: Days of cash costs that the company has not paid yet.
        prepaid_quarters: Quarters of AI revenue that tenants have paid ahead.
        tenant_capex_share: Share of AI capex that tenants pay and the company does not owe back; lenders pay
            their share of the rest.
        treasury_ltv: Most that lenders give against bitcoin held, over its value; 0 if it is not pledged.
            Such a loan is drawn before anything else and repaid from cash above the minimum.
        treasury_interest: Yearly rate on it.
        covenant_cash_usd: Least cash that a covenant asks for; None if none is recorded.
        covenant_leverage: Most debt less cash over EBITDA of four quarters that one allows; None likewise.
    """

    sga_usd: float | None = ranged(0.0, BILLIONS, "USD per quarter", 0.0, optional=True)
    rd_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    cash_usd: float | None = ranged(0.0, BILLIONS, "USD", 0.0, optional=True)
    bitcoin: float | None = ranged(0.0, 2_000_000.0, "BTC", 0.0, optional=True)
    debt_usd: float | None = ranged(0.0, BILLIONS, "USD", 0.0, optional=True)
    interest: float = ranged(0.0, 0.5, "per year", 0.06)
    shares: float | None = ranged(0.0, 1e11, "shares", 0.0, optional=True)
    share_price_usd: float = ranged(0.0, 100_000.0, "USD", 0.0)
    share_beta: float = ranged(-2.0, 5.0, "", 0.5)
    equity_limit_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    debt_share: float = ranged(0.0, 1.0, "share", 0.7)
    debt_limit_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)
    sold_share: float = ranged(0.0, 1.0, "share", 1.0)
    sells_treasury: float = ranged(0.0, 1.0, "0 or 1", 1.0)
    minimum_cash_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)
    machine_days: float = ranged(10.0, 3_000.0, "days", 505.0)
    new_interest: float = ranged(0.0, 0.5, "per year", 0.06)
    depreciation_usd: float | None = ranged(0.0, BILLIONS, "USD per quarter", 0.0, optional=True)
    property_years: float = ranged(0.25, 60.0, "years", 10.0)
    machine_years: float = ranged(0.25, 20.0, "years", 4.0)
    loans_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)
    stock_pay_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    tax_rate: float = ranged(0.0, 0.6, "share", 0.0)
    loss_carryforward_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)
    equity_usd: float | None = ranged(-BILLIONS, BILLIONS, "USD", None, optional=True)
    refinance_share: float = ranged(0.0, 1.0, "share", 1.0)
    receivable_days: float = ranged(0.0, 365.0, "days", 0.0)
    payable_days: float = ranged(0.0, 365.0, "days", 0.0)
    prepaid_quarters: float = ranged(0.0, 40.0, "quarters", 0.0)
    tenant_capex_share: float = ranged(0.0, 1.0, "share", 0.0)
    treasury_ltv: float = ranged(0.0, 0.9, "share", 0.0)
    treasury_interest: float = ranged(0.0, 0.5, "per year", 0.1)
    covenant_cash_usd: float | None = ranged(0.0, BILLIONS, "USD", None, optional=True)
    covenant_leverage: float | None = ranged(0.0, 100.0, "times", None, optional=True)

    def __post_init__(self) -> None:
        check_ranges(self, "finance")

    @property
    def funding_known(self) -> bool:
        """True if cash, debt, bitcoin and overheads are known."""
        return all(getattr(self, name) is not None for name in REQUIRED)
