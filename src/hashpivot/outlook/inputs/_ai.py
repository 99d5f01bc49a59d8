"""What an outlook knows of a company's AI lines: GPUs at work, data halls let, contracts ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hashpivot.core import InvalidInput, Quarter, short_repr
from hashpivot.formula import Number, if_

from ._ranges import BILLIONS, check_ranges, ranged

ContractKind = Literal["colocation", "cloud"]
Pricing = Literal["signed", "market"]
Evidence = Literal["user", "filing", "release", "secondary"]
KINDS: tuple[ContractKind, ...] = ("colocation", "cloud")
PRICINGS: tuple[Pricing, ...] = ("signed", "market")
EVIDENCE: tuple[Evidence, ...] = ("user", "filing", "release", "secondary")

KW_PER_MW, MONTHS_PER_QUARTER = 1_000, 3
USD_PER_MW_QUARTER = KW_PER_MW * MONTHS_PER_QUARTER
"""Dollars a quarter that one megawatt brings at 1 USD per kW-month."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """GPU time sold at the start; later capacity comes by contracts.

    Args:
        gpus: GPUs at work.
        utilisation: Share of hours sold.
        usd_per_gpu_hour: Mean price at the start.
        contract_share: Share sold by contract, the rest at spot prices.
        contract_quarters: Quarters in which contracted prices come to follow spot prices.
        margin: Gross profit over revenue at the start's price; costs do not fall with the price.
        spot_decay: Yearly fall of spot prices, in logs.
        spot_volatility: Standard deviation of spot prices, per year.
        gpu_years: Years over which the capex of cloud contracts is depreciated.
        one_off_usd: Revenue of the start's quarter that does not recur: machines sold on, set-up.
        one_off_quarters: Quarters for which it still comes.
        one_off_margin: Gross profit over it.
        margin_spread: Standard deviation of the margin, drawn once a path: between the company's quarters, or
            between companies where it is others'.
        loss_chance: Yearly probability that a contract, or what is sold at the start, loses its customer.
        empty_quarters: Mean quarters until it is sold again, at spot prices if they are lower.
    """

    gpus: float = ranged(0.0, 10_000_000.0, "GPUs", 0.0)
    utilisation: float = ranged(0.0, 1.0, "share", 0.9)
    usd_per_gpu_hour: float = ranged(0.0, 100.0, "USD per GPU-hour", 2.0)
    contract_share: float = ranged(0.0, 1.0, "share", 0.8)
    contract_quarters: float = ranged(1.0, 40.0, "quarters", 8.0)
    margin: float = ranged(-2.0, 1.0, "share", 0.6)
    spot_decay: float = ranged(-1.0, 3.0, "per year", 0.2)
    spot_volatility: float = ranged(0.0, 2.0, "per year", 0.2)
    gpu_years: float = ranged(1.0, 20.0, "years", 5.0)
    one_off_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    one_off_quarters: int = ranged(0, 40, "quarters", 0)
    one_off_margin: float = ranged(-2.0, 1.0, "share", 0.0)
    margin_spread: float = ranged(0.0, 1.0, "share", 0.0)
    loss_chance: float = ranged(0.0, 0.9, "per year", 0.0)
    empty_quarters: float = ranged(1.0, 40.0, "quarters", 2.0)

    def __post_init__(self) -> None:
        check_ranges(self, "cloud")


@short_repr
@dataclass(frozen=True, slots=True)
class AiContract:
    """A contract to house or rent AI machines, or a data hall without a tenant, not yet at full revenue.

    Its rate is given in one of three ways: `usd_per_quarter`, `critical_mw` at `usd_per_kw_month`, or, with
    `pricing = "market"`, `critical_mw` at the market's colocation rate of the quarter it starts in.

    Args:
        name: Customer and site.
        start: First quarter with revenue, as announced.
        kind: `colocation` or `cloud`.
        usd_per_quarter: The company's share of revenue a quarter once ramped up.
        term_quarters: Quarters of revenue.
        ramp_quarters: Quarters until full, in equal steps.
        margin: Gross profit over revenue, power passed through and fit-out apart.
        escalator: Yearly rise of the rate.
        capex_usd: What is still to be spent on it.
        build_quarters: Quarters before the start in which spending begins, if not past. It goes on evenly
            until the last step of the ramp comes; a late contract is paid late.
        converts_mw: Mining megawatts it takes, off when the build begins.
        critical_mw: The company's share of the megawatts of machines.
        usd_per_kw_month: Rent of a kilowatt of them.
        pricing: `signed`, or `market` for a hall without a tenant.
        rate_spread: Standard deviation of the log rate: its median is the rate above.
        tenant_chance: Probability that the tenant comes; the hall earns nothing where none does.
        passthrough_usd_per_mwh: Price of power the tenant pays on top, at the company's cost; 0 if none.
        fitout_usd: One-off revenue for fitting out the hall, over the build.
        fitout_margin: Gross profit over it.
        overdue_quarters: Quarters since the announced start without the revenue; 0 if the start is ahead.
        evidence: Where read: a `filing`, the company's `release`, a `secondary` account; or the `user`.
    """

    name: str
    start: Quarter
    kind: ContractKind = "colocation"
    usd_per_quarter: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    term_quarters: int = ranged(1, 120, "quarters", 40)
    ramp_quarters: int = ranged(1, 20, "quarters", 4)
    margin: float = ranged(-2.0, 1.0, "share", 0.7)
    escalator: float = ranged(-0.1, 0.2, "per year", 0.0)
    capex_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)
    build_quarters: int = ranged(1, 20, "quarters", 4)
    converts_mw: float = ranged(0.0, 10_000.0, "MW", 0.0)
    critical_mw: float = ranged(0.0, 10_000.0, "MW", 0.0)
    usd_per_kw_month: float = ranged(0.0, 2_000.0, "USD per kW-month", 0.0)
    pricing: Pricing = "signed"
    rate_spread: float = ranged(0.0, 1.0, "in logs", 0.0)
    tenant_chance: float = ranged(0.0, 1.0, "probability", 1.0)
    passthrough_usd_per_mwh: float = ranged(0.0, 500.0, "USD/MWh", 0.0)
    fitout_usd: float = ranged(0.0, BILLIONS, "USD", 0.0)
    fitout_margin: float = ranged(-2.0, 1.0, "share", 0.0)
    overdue_quarters: int = ranged(0, 40, "quarters", 0)
    evidence: Evidence = "user"

    def __post_init__(self) -> None:
        where = f"contract {self.name!r}"
        check_ranges(self, where)
        _one_of("kind", self.kind, KINDS, where)
        _one_of("pricing", self.pricing, PRICINGS, where)
        _one_of("evidence", self.evidence, EVIDENCE, where)
        _one_rate(self.usd_per_quarter, "usd_per_quarter", self.usd_per_kw_month, "usd_per_kw_month", where)
        by_mw = {
            "usd_per_kw_month": self.usd_per_kw_month,
            "passthrough_usd_per_mwh": self.passthrough_usd_per_mwh,
            'pricing = "market"': self.pricing == "market",
        }
        _check_megawatts([key for key, value in by_mw.items() if value], self.critical_mw, self.kind, where)
        if self.pricing == "market" and (self.usd_per_quarter or self.usd_per_kw_month):
            hint = "leave out usd_per_quarter and usd_per_kw_month, or the pricing"
            raise InvalidInput('pricing = "market" goes with no rate of its own', where=where, hint=hint)

    @property
    def full_usd(self) -> Number:
        """Revenue of a quarter once ramped up, at its own rate; 0 at the market's."""
        return _one_rate_usd(self.usd_per_quarter, self.critical_mw, self.usd_per_kw_month)

    @property
    def customer(self) -> str:
        """The name without the number in brackets a calibration adds."""
        return self.name.rsplit(" [", 1)[0]

    def overlaps(self, other: AiContract) -> bool:
        """True if both are with the same customer and site, in part at the same time."""
        apart = abs(self.start.since(other.start))
        first = self if self.start <= other.start else other
        return self.customer == other.customer and apart < first.term_quarters


@dataclass(frozen=True, slots=True)
class Colocation:
    """AI data halls already let, the market for data halls, and what is known about starts.

    Args:
        running_usd: Rent a quarter at the start, which recurs; or, instead, megawatts and their rate.
        margin: Its gross profit over revenue.
        on_time: Probability that a contract starts when announced.
        late_quarters: Mean delay in quarters of one that does not, at least one.
        running_critical_mw: Megawatts of machines in halls already let.
        running_usd_per_kw_month: Rent of a kilowatt of them, in place of `running_usd`.
        market_usd_per_kw_month: Rent at which a hall without a tenant would be let at the start.
        market_drift: Growth of its median, per year, in logs.
        market_volatility: Its standard deviation, per year; a log process, the same for all companies.
        repricing: Share of a fall of market rates (of GPU spot prices for cloud contracts) since the start
            that a tenant gets off a signed rate before moving in; 0 if signed rates hold.
        meter_ratio: MWh at the meter over critical megawatts times hours: overhead times load.
        passthrough_usd_per_mwh: Price of power the tenants of the halls let pay on top of the revenue above,
            at the company's cost; 0 if none, or if it is in that revenue.
        hall_years: Years over which the capex of colocation contracts is depreciated.
        passthrough_usd: Power and costs passed on a quarter at the start, in dollars, at cost; it recurs.
        one_off_usd: Revenue of the start's quarter that does not recur: fit-out, machines sold on.
        one_off_quarters: Quarters for which it still comes: the build of the contracts known.
        one_off_margin: Gross profit over it.
        margin_spread: Standard deviation of the margin, drawn once a path: between the company's quarters, or
            between companies where it is others'.
        loss_chance: Yearly probability that a contract, or the rent running at the start, loses its tenant.
        empty_quarters: Mean quarters until the hall is let again, at the market's rent if that is lower.
        running_spread: Standard deviation of the log of what the rent running settles at, where megawatts are
            told; its start moves there.
    """

    running_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    margin: float = ranged(-2.0, 1.0, "share", 0.6)
    on_time: float = ranged(0.0, 1.0, "probability", 0.5)
    late_quarters: float = ranged(1.0, 20.0, "quarters", 2.0)
    running_critical_mw: float = ranged(0.0, 20_000.0, "MW", 0.0)
    running_usd_per_kw_month: float = ranged(0.0, 2_000.0, "USD per kW-month", 0.0)
    market_usd_per_kw_month: float = ranged(1.0, 2_000.0, "USD per kW-month", 150.0)
    market_drift: float = ranged(-2.0, 2.0, "per year", 0.0)
    market_volatility: float = ranged(0.0, 1.0, "per year", 0.0)
    repricing: float = ranged(0.0, 1.0, "share", 0.0)
    meter_ratio: float = ranged(0.0, 3.0, "times", 1.0)
    passthrough_usd_per_mwh: float = ranged(0.0, 500.0, "USD/MWh", 0.0)
    hall_years: float = ranged(1.0, 60.0, "years", 20.0)
    passthrough_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    one_off_usd: float = ranged(0.0, BILLIONS, "USD per quarter", 0.0)
    one_off_quarters: int = ranged(0, 40, "quarters", 0)
    one_off_margin: float = ranged(-2.0, 1.0, "share", 0.0)
    margin_spread: float = ranged(0.0, 1.0, "share", 0.0)
    loss_chance: float = ranged(0.0, 0.9, "per year", 0.0)
    empty_quarters: float = ranged(1.0, 40.0, "quarters", 4.0)
    running_spread: float = ranged(0.0, 1.0, "in logs", 0.0)

    def __post_init__(self) -> None:
        check_ranges(self, "colocation")
        rate = self.running_usd_per_kw_month
        _one_rate(self.running_usd, "running_usd", rate, "running_usd_per_kw_month", "colocation")
        by_mw = {"running_usd_per_kw_month": rate, "passthrough_usd_per_mwh": self.passthrough_usd_per_mwh}
        given = [key for key, value in by_mw.items() if value]
        if given and not self.running_critical_mw:
            raise InvalidInput(f"{given[0]} needs running_critical_mw", where="colocation")

    @property
    def full_usd(self) -> Number:
        """Revenue of a quarter of the halls already let, power passed through apart."""
        return _one_rate_usd(self.running_usd, self.running_critical_mw, self.running_usd_per_kw_month)


def _one_rate_usd(own_usd: Number, megawatts: Number, usd_per_kw_month: Number) -> Number:
    """Revenue of a quarter: the amount given, else megawatts at their rent."""
    return if_(own_usd > 0, own_usd, megawatts * usd_per_kw_month * USD_PER_MW_QUARTER)


def _one_of(key: str, value: str, allowed: tuple[str, ...], where: str) -> None:
    if value not in allowed:
        raise InvalidInput(f"{key} = {value!r}", where=where, hint=" or ".join(allowed))


def _one_rate(one: float, key: str, other: float, other_key: str, where: str) -> None:
    if one and other:
        raise InvalidInput(f"{key} and {other_key} both give the rate", where=where, hint="keep one of them")


def _check_megawatts(given: list[str], critical_mw: float, kind: str, where: str) -> None:
    """Refuse what needs megawatts of halls where there are none."""
    if given and kind == "cloud":
        raise InvalidInput(f"{given[0]} is of halls, not of cloud contracts", where=where)
    if given and not critical_mw:
        raise InvalidInput(f"{given[0]} needs critical_mw", where=where)
