"""The shipped scenarios by name: what each says. The command line's help and every message read them here."""

from __future__ import annotations

from dataclasses import dataclass

GUIDED = "guided_growth"
"""The one scenario that needs what the company announced."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A shipped scenario.

    Args:
        name: What it is called.
        brief: What it says, in one line of a list.
        title: What it says, in a sentence.
    """

    name: str
    brief: str
    title: str


_ALL = (
    Scenario(
        "base",
        "the market as estimated, the company as calibrated",
        "The market as estimated, the company as calibrated.",
    ),
    Scenario(
        "bitcoin_halves",
        "bitcoin loses half its price on the first day",
        "Bitcoin loses half its price on the first day.",
    ),
    Scenario(
        "halving_squeeze",
        "bitcoin stands still, through the halving and after",
        "Bitcoin stands still at today's price, through the halving and after.",
    ),
    Scenario(
        "ai_tenant_late",
        "no AI contract starts on time",
        "No AI contract starts on time: three quarters late on average.",
    ),
    Scenario(
        "gpu_price_collapse",
        "spot prices of GPU time fall by 55% a year",
        "Spot prices of GPU time fall by 55% a year.",
    ),
    Scenario(
        "chip_downturn",
        "machines at half their price, half the chip markets closed",
        "Machines cost half as many days of hashprice, and half the markets for own chips are closed.",
    ),
    Scenario(
        "power_regulation",
        "power costs the company 30% more, the network 5% more",
        "Power costs the company 30% more, the network 5% more.",
    ),
    Scenario(
        "ai_supply_doubles",
        "competitors double AI supply",
        "Competitors double AI supply: GPU prices fall faster and contracts follow sooner, 15% less is used; "
        "rents of data halls fall by 22% a year, and tenants yet to move in get half of what market rates "
        "have fallen off theirs.",
    ),
    Scenario(
        GUIDED,
        "the hash rate the company aims for, as far as past aims let one believe it",
        "Mining grows to the hash rate the company aims for, as far as the record of past aims lets one "
        "believe it.",
    ),
)

SCENARIOS = {scenario.name: scenario for scenario in _ALL}
