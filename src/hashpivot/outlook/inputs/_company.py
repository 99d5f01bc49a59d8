"""What a company's outlook starts from: every input with its unit and allowed range."""

from __future__ import annotations

from dataclasses import dataclass, field

from hashpivot.core import InvalidInput, short_repr

from ._ai import AiContract, Cloud, Colocation
from ._chips import Chips
from ._mining import Mining
from ._power import PowerQuarter, check_seasons
from ._ranges import BILLIONS, check_ranges, ranged
from ._run_rate import RunRateLines


@short_repr
@dataclass(frozen=True, slots=True)
class Finance:
    """Overheads, balance sheet, treasury and funding.

    Args:
        sga_usd: Selling, general and administrative a quarter, without stock-based pay.
        rd_usd: Research and development a quarter, chips apart.
        cash_usd: Cash at the start.
        bitcoin: Bitcoin held at the start.
        debt_usd: Debt at the start; it is rolled over.
        interest: Yearly rate on it.
        shares: Shares outstanding.
        share_price_usd: Price at the start; 0 if not known, shares sold are then not counted.
        share_beta: Elasticity of the share price to the bitcoin price.
        equity_limit_usd: Most that can be raised by shares in a quarter.
        debt_share: Share of AI capex that lenders pay, before all else.
        debt_limit_usd: Most debt there can be, project loans apart.
        sold_share: Share of the bitcoin mined that is sold at once.
        sells_treasury: 1 if held bitcoin is sold before debt or shares are raised, 0 if never.
        minimum_cash_usd: Minimum cash balance; funding starts below it.
        machine_days: Price of a TH of new machines in days of hashprice per TH.
        new_interest: Yearly rate on new debt and on project loans.
        depreciation_usd: Depreciation a quarter of what is owned at the start.
        property_years: Years until the last of it is written off; its parts are of all ages, so that its
            depreciation falls evenly to zero.
        machine_years: Years over which mining machines bought are depreciated.
        loans_usd: Project loans at the start, at the rate of new debt.
    """

    sga_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    rd_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    cash_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)
    bitcoin: float = ranged(0.0, 2_000_000.0, "BTC", 0.0)
    debt_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)
    interest: float = ranged(0.0, 0.5, "per year", 0.06)
    shares: float = ranged(0.0, 1e11, "shares", 0.0)
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
    depreciation_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    property_years: float = ranged(0.25, 60.0, "years", 10.0)
    machine_years: float = ranged(0.25, 20.0, "years", 4.0)
    loans_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)

    def __post_init__(self) -> None:
        check_ranges(self, "finance")


@short_repr
@dataclass(frozen=True, slots=True)
class CompanyInputs:
    """Everything a company's outlook starts from.

    `power` are past quarters of its site; with them `mining.power_usd_per_mwh` is not used.
    """

    ticker: str
    mining: Mining = field(default_factory=Mining)
    steady: RunRateLines = field(default_factory=RunRateLines)
    cloud: Cloud = field(default_factory=Cloud)
    colocation: Colocation = field(default_factory=Colocation)
    chips: Chips = field(default_factory=Chips)
    finance: Finance = Finance()
    contracts: tuple[AiContract, ...] = field(default=())
    power: tuple[PowerQuarter, ...] = field(default=())

    def __post_init__(self) -> None:
        check_seasons(self.power)
        for number, contract in enumerate(self.contracts):
            for other in self.contracts[:number]:
                if contract.overlaps(other):
                    raise InvalidInput(
                        f"contracts {other.name!r} and {contract.name!r} overlap",
                        where="contracts",
                        hint="they would count twice: keep one, or name the stages apart",
                    )
