"""What an outlook knows of a company's self-mining: its fleet, power and growth plan."""

from __future__ import annotations

from dataclasses import dataclass

from ._ranges import check_ranges, ranged


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
        age_quarters: Quarters from the one the company's levels were measured in to the first simulated one;
            0 if they are that quarter's own: all lines then begin as they are, and move from the second on.
        payback_days: Longest payback of a new machine, in days of hashprice less power and other cash cost,
            at which machines are renewed or the fleet grows beyond plan. What the halvings within it take
            off the subsidy comes off the hashprice.
        halving_days: Days from the first quarter's begin to the next halving; those after it come every four
            years.
        trend: Log change a quarter by which the fleet has grown or shrunk; it fades, and growth is
            discretionary as above.
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
    age_quarters: int = ranged(0, 40, "quarters", 1)
    payback_days: float = ranged(30.0, 10_000.0, "days", 1_460.0)
    halving_days: float = ranged(0.0, 20_000.0, "days", 20_000.0)
    trend: float = ranged(-0.5, 0.5, "per quarter", 0.0)

    def __post_init__(self) -> None:
        check_ranges(self, "mining")
