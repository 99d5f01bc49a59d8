"""What a company's outlook starts from: every input with its unit and allowed range."""

from __future__ import annotations

from dataclasses import dataclass, field

from hashpivot.core import InvalidInput, Quarter, short_repr

from ._ai import AiContract, Cloud, Colocation
from ._power import PowerQuarter, check_seasons
from ._ranges import BILLIONS, check_ranges, ranged


@dataclass(frozen=True, slots=True)
class Mining:
    """Self-mining: a fleet, its power and its growth plan.

    Args:
        hash_rate_ehs: Installed hash rate at the start.
        uptime: Share of the time it runs, curtailment counted as downtime.
        j_per_th: Efficiency of the fleet.
        class_spread: Standard deviation of log J/TH between the fleet's machines, five equal classes of them;
            a class stops where hashprice does not pay for its power.
        power_usd_per_mwh: All-in power price, credits taken off.
        non_power_opex_usd_per_mwh: Other cash cost of mining, per MW installed and hour, run or not.
        pool_fee: Share of revenue kept by the pool.
        growth_ehs: Hash rate added each quarter of the plan.
        growth_quarters: Quarters of the plan.
        growth_j_per_th: Efficiency of the machines added at the start.
        improvement: Yearly fall of the J/TH of machines added, in logs.
        renewal: Share of the fleet's megawatts that gets new machines each quarter.
        fleet_noise: Standard deviation of the log change of the fleet from quarter to quarter, beyond plan
            and renewal: sites opened, sold, converted, idle. Like renewal, growth is a discretionary
            purchase: from cash above the minimum and bitcoin that may be sold.
        age_quarters: Quarters from the one `hash_rate_ehs` was measured in to the first simulated one.
    """

    hash_rate_ehs: float = ranged(0.0, 1_000.0, "EH/s", 0.0)
    uptime: float = ranged(0.0, 1.0, "share", 0.9)
    j_per_th: float = ranged(1.0, 500.0, "J/TH", 20.0)
    class_spread: float = ranged(0.0, 1.0, "in logs", 0.2)
    power_usd_per_mwh: float = ranged(0.0, 500.0, "USD/MWh", 45.0)
    non_power_opex_usd_per_mwh: float = ranged(0.0, 500.0, "USD/MWh", 0.0)
    pool_fee: float = ranged(0.0, 0.2, "share", 0.0)
    growth_ehs: float = ranged(0.0, 100.0, "EH/s per quarter", 0.0)
    growth_quarters: int = ranged(0, 40, "quarters", 0)
    growth_j_per_th: float = ranged(1.0, 200.0, "J/TH", 15.0)
    improvement: float = ranged(0.0, 1.0, "per year", 0.2)
    renewal: float = ranged(0.0, 0.5, "share per quarter", 0.0)
    fleet_noise: float = ranged(0.0, 1.0, "per quarter", 0.0)
    age_quarters: int = ranged(0, 40, "quarters", 0)

    def __post_init__(self) -> None:
        check_ranges(self, "mining")


@dataclass(frozen=True, slots=True)
class RunRateLines:
    """Lines held at their current run rate: hosting, engineering, power and other.

    Args:
        hosting_usd: Revenue a quarter, likewise the next three.
        margin: Gross profit of all four over revenue.
    """

    hosting_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    engineering_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    power_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    other_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    margin: float = ranged(-2.0, 1.0, "share", 0.2)

    def __post_init__(self) -> None:
        check_ranges(self, "steady")


@dataclass(frozen=True, slots=True)
class Chips:
    """Own ASIC chips and the machines made of them.

    Args:
        first_quarter: Quarter of the first sale if the tape-out works at once; None for no programme.
        tape_out_success: Probability that a tape-out works; a failed one costs `respin_quarters`.
        respin_quarters: Quarters to the next try.
        sold_ehs: Hash rate of machines sold to outsiders a quarter, once ramped up.
        ramp_quarters: Quarters until full, in equal steps.
        price_days: Price of a TH in days of hashprice per TH.
        cost_usd_per_th: Cost of making a TH, own use included.
        market_share_kept: Share of the sales that remains, below 1 where exports are banned.
        rd_usd: Research, development and tape-outs a quarter.
    """

    first_quarter: Quarter | None = None
    tape_out_success: float = ranged(0.01, 1.0, "probability", 0.7)
    respin_quarters: int = ranged(1, 8, "quarters", 2)
    sold_ehs: float = ranged(0.0, 1_000.0, "EH/s per quarter", 0.0)
    ramp_quarters: int = ranged(1, 20, "quarters", 4)
    price_days: float = ranged(10.0, 3_000.0, "days", 505.0)
    cost_usd_per_th: float = ranged(0.0, 100.0, "USD per TH", 9.0)
    market_share_kept: float = ranged(0.0, 1.0, "share", 1.0)
    rd_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)

    def __post_init__(self) -> None:
        check_ranges(self, "chips")


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
    mining: Mining = Mining()
    steady: RunRateLines = RunRateLines()
    cloud: Cloud = field(default_factory=Cloud)
    colocation: Colocation = field(default_factory=Colocation)
    chips: Chips = Chips()
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
