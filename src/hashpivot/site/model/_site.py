"""The site: machines, AI load, power, tariffs, reserves and credits, as the operator describes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

PRODUCTS = ("regup", "regdn", "rrs", "nspin", "ecrs")
"""Reserve products; the price of each stands in the column `as_<product>`."""

RTC_START = date(2025, 12, 5)
"""From this day ERCOT clears reserves again in real time: what a load does not hold, it only forgoes."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How a group of machines can run.

    Args:
        name: `eco`, `normal` or `turbo`.
        hashrate_ph: PH/s of the whole group.
        power_mw: MW of the whole group at the meter, cooling included.
    """

    name: str
    hashrate_ph: float
    power_mw: float

    @property
    def j_per_th(self) -> float:
        """Energy per hash at the meter."""
        return self.power_mw / self.hashrate_ph * 1000


@dataclass(frozen=True, slots=True)
class Machines:
    """A group of like machines that is switched as one.

    Args:
        name: How it is called.
        modes: Its ways of running, by rising power. Off is always possible and not listed.
        start_cost_usd: Wear and work of each start.
        stop_cost_usd: The same of each stop.
        restart_minutes: Minutes of normal hashing lost at each start, at full power.
        min_on_hours: Hours it stays on once started.
        min_off_hours: Hours it stays off once stopped.
        ramp_mw_per_hour: Most its power may change from one hour to the next; None for no limit.
        max_off_hours_per_month: Most hours it may stand still in a month of market local time; None for no
            limit.
        reserve_share: Share of its power that may be sold as reserve while it runs.
        derate_from_c: Temperature above which it hashes less.
        derate_per_c: Share of its hash rate lost for each degree above.
    """

    name: str
    modes: tuple[Mode, ...]
    start_cost_usd: float = 0.0
    stop_cost_usd: float = 0.0
    restart_minutes: float = 0.0
    min_on_hours: int = 1
    min_off_hours: int = 1
    ramp_mw_per_hour: float | None = None
    max_off_hours_per_month: int | None = None
    reserve_share: float = 1.0
    derate_from_c: float = 0.0
    derate_per_c: float = 0.0

    @property
    def normal(self) -> int:
        """Position in `modes` of the mode it runs in unless told otherwise."""
        names = [mode.name for mode in self.modes]
        return names.index("normal") if "normal" in names else len(names) - 1


@dataclass(frozen=True, slots=True)
class AiLoad:
    """An AI or other computing load.

    Args:
        name: How it is called.
        firm_mw: Never interrupted.
        firm_usd_per_mwh: What a firm MWh earns.
        flexible_mw: May be interrupted, all at once and for whole hours.
        flexible_usd_per_mwh: What a flexible MWh earns.
        interruption_cost_usd_per_mwh: Cost of each MWh interrupted, on top of what it would have earned.
        max_hours_per_day: Hours it may be interrupted in a day of market local time.
        max_hours_per_month: The same in a month.
        sla_penalty_usd_per_mwh: Penalty for each MWh interrupted beyond these hours; None if they are hard
            limits.
    """

    name: str
    firm_mw: float = 0.0
    firm_usd_per_mwh: float = 0.0
    flexible_mw: float = 0.0
    flexible_usd_per_mwh: float = 0.0
    interruption_cost_usd_per_mwh: float = 0.0
    max_hours_per_day: int = 24
    max_hours_per_month: int = 744
    sla_penalty_usd_per_mwh: float | None = None


@dataclass(frozen=True, slots=True)
class Power:
    """How power is bought. Whatever is bought ahead and not used is sold at the real-time price.

    Args:
        kind: `indexed` (all at the real-time price), `block` (a fixed block, the rest at the real-time price)
            or `day_ahead` (a block bought hour by hour at the day-ahead price, the rest at the real-time
            price).
        block_mw: MW bought ahead.
        block_usd_per_mwh: Price of a fixed block.
        adder_usd_per_mwh: Retail and delivery charges on each MWh used.
    """

    kind: str
    block_mw: float = 0.0
    block_usd_per_mwh: float = 0.0
    adder_usd_per_mwh: float = 0.0


@dataclass(frozen=True, slots=True)
class Tariff:
    """A charge with first and last day.

    Args:
        name: How it is called.
        kind: `coincident_peak` (on the power used in the system's peak hour of each of `months`), `energy`
            (on each MWh used) or `demand` (on the contracted power, whatever is used).
        start: First day, market local time.
        end: Last day.
        months: Months whose peak counts, for `coincident_peak`.
        usd_per_kw_year: Rate of `coincident_peak`, spread evenly over its months, and of `demand`.
        usd_per_mwh: Rate of `energy`.
        minimum_share: Share of the contracted power that `coincident_peak` is billed for at least.
        contracted_mw: Power contracted; None for the site's limit.
    """

    name: str
    kind: str
    start: date
    end: date
    months: tuple[int, ...] = ()
    usd_per_kw_year: float = 0.0
    usd_per_mwh: float = 0.0
    minimum_share: float = 0.0
    contracted_mw: float | None = None

    def contracted_of(self, limit_mw: float) -> float:
        """Power contracted by a site of this limit."""
        return limit_mw if self.contracted_mw is None else self.contracted_mw


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve product the site may sell as a load resource.

    Args:
        product: One of `PRODUCTS`; its price is the column `as_<product>`.
        cap_mw: Most the site may sell of it; None for no limit.
        start: First day, market local time.
        end: Last day.
        deployed_share: Share of the sold energy that is called, on average.
        deployment_cost_usd_per_mwh: What a called MWh costs the site.
        shortfall_multiple: Before real-time co-optimisation, penalty for each MW sold and not held, as a
            multiple of the price, on top of the price forgone.
    """

    product: str
    cap_mw: float | None
    start: date
    end: date
    deployed_share: float = 0.0
    deployment_cost_usd_per_mwh: float = 0.0
    shortfall_multiple: float = 1.0


@dataclass(frozen=True, slots=True)
class Credit:
    """A demand response programme or curtailment credit.

    Args:
        name: How it is called.
        usd_per_mwh: Paid for each MWh the machines leave unused of their normal power, in hours that count.
        capacity_usd_per_mw_month: Paid for the machines' normal power each month, whatever happens.
        start: First day, market local time.
        end: Last day.
        months: Months that count.
        hours: Hours of the day that count, by their beginning, market local time.
        min_price_usd_per_mwh: Real-time price from which an hour counts; None if every hour does.
    """

    name: str
    usd_per_mwh: float
    capacity_usd_per_mw_month: float
    start: date
    end: date
    months: tuple[int, ...]
    hours: tuple[int, ...]
    min_price_usd_per_mwh: float | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """What turning megawatts into AI would cost and bring, for `allocate`.

    Args:
        kind: `colocation` or `cloud`.
        usd_per_mwh: What a converted MW earns for each hour at work, before power.
        capex_usd_per_mw: Investment for each MW.
        months_to_energise: Months from the decision to the first revenue; the MW does not mine meanwhile.
        utilisation: Share of hours at work.
        power_passed_through: Whether the tenant pays for power.
        max_mw: Most that can be converted.
        step_mw: Step in which it is converted.
        horizon_years: Years looked ahead.
        discount_rate: A year.
        hashprices_usd_per_ph_day: Scenarios of hashprice in the first year.
        probabilities: Weight of each scenario.
        hashprice_growth: Change a year from then on, as a share; difficulty growth makes it negative.
        flexible_mw: MW kept flexible for the grid whatever is converted.
        machines_usd_per_mw_year: What keeping a MW of machines young costs a year.
    """

    kind: str
    usd_per_mwh: float
    capex_usd_per_mw: float
    months_to_energise: int
    utilisation: float
    power_passed_through: bool
    max_mw: float
    step_mw: float
    horizon_years: int
    discount_rate: float
    hashprices_usd_per_ph_day: tuple[float, ...]
    probabilities: tuple[float, ...]
    hashprice_growth: float
    flexible_mw: float
    machines_usd_per_mw_year: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """A power site, read by `load_site`.

    Args:
        name: How it is called.
        limit_mw: Most it may draw.
        timezone: Market local time.
        power: How power is bought.
        zone: Load zone it pays the price of; empty if the prices say.
        pool_fee: Share of mining revenue the pool keeps.
        risk_aversion: 0 decides by expected value, 1 by the mean of the worst tenth of price scenarios.
        machines: Groups of machines.
        ai: AI loads.
        tariffs: Charges, dated.
        reserves: Reserve products.
        credits: Demand response and curtailment credits.
        conversion: Terms of a conversion to AI, if the file gives them.
    """

    name: str
    limit_mw: float
    timezone: str
    power: Power
    zone: str = ""
    pool_fee: float = 0.0
    risk_aversion: float = 0.0
    machines: tuple[Machines, ...] = ()
    ai: tuple[AiLoad, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    credits: tuple[Credit, ...] = ()
    conversion: Conversion | None = None

    @property
    def zoneinfo(self) -> ZoneInfo:
        """Market local time."""
        return ZoneInfo(self.timezone)

    @property
    def ai_mw(self) -> float:
        """Power all AI loads draw together; their room under the limit is kept while they are interrupted."""
        return sum(load.firm_mw + load.flexible_mw for load in self.ai)

    @property
    def machines_limit_mw(self) -> float:
        """What is left of the limit for machines."""
        return self.limit_mw - self.ai_mw

    @property
    def normal_mw(self) -> float:
        """Power of all machines in normal mode."""
        return sum(group.modes[group.normal].power_mw for group in self.machines)

    @property
    def capacity_mw(self) -> float:
        """Power of all machines in normal mode and of all AI loads."""
        return self.normal_mw + self.ai_mw
