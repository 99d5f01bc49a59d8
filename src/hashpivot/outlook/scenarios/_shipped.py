"""The shipped scenarios by name: what each says. The command line's help and every message read them here."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot._renamed import warn_of_key

GUIDED = "guided_growth"
"""The one scenario that needs what the company announced."""

_RENAMED = {
    "halving_squeeze": "bitcoin_flat",
    "power_regulation": "power_price_up",
    "ai_supply_doubles": "ai_oversupply",
}
"""Old names of scenarios, and the new ones; the old are accepted for one minor version."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A shipped scenario.

    Args:
        name: What it is called.
        label: What it changes, in the few words of a button.
        brief: What it says, in one line of a list.
        title: What it says, in a sentence.
    """

    name: str
    label: str
    brief: str
    title: str


_ALL = (
    Scenario(
        "base",
        "base",
        "the market as estimated, the company as calibrated",
        "The market as estimated, the company as calibrated.",
    ),
    Scenario(
        "bitcoin_halves",
        "bitcoin −50%",
        "bitcoin loses half its price on the first day",
        "Bitcoin loses half its price on the first day.",
    ),
    Scenario(
        "bitcoin_flat",
        "bitcoin flat",
        "bitcoin stays at today's price, through the halving and after",
        "Bitcoin stays at today's price, through the halving and after.",
    ),
    Scenario(
        "ai_tenant_late",
        "AI tenants 3 quarters late",
        "no AI contract starts on time",
        "No AI contract starts on time: three quarters late on average.",
    ),
    Scenario(
        "gpu_price_collapse",
        "GPU rents −55% a year",
        "spot prices of GPU time fall by 55% a year",
        "Spot prices of GPU time fall by 55% a year.",
    ),
    Scenario(
        "chip_downturn",
        "machine prices −50%",
        "machines at half their price, half the chip markets closed",
        "Machines cost half as many days of hashprice, and half the markets for own chips are closed.",
    ),
    Scenario(
        "own_chips",
        "own chips",
        "the company makes its own machines: a quarter cheaper, 5% less energy",
        "The company makes its own machines from the first quarter on: a TH costs a quarter less than in the "
        "market and uses 5% less energy; what it sells to others stays as it is.",
    ),
    Scenario(
        "no_own_chips",
        "no own chips",
        "no chips of its own: machines are bought at market prices, none are sold",
        "The company has no chips of its own: it buys every machine at the market's price and sells none.",
    ),
    Scenario(
        "power_price_up",
        "power +30%",
        "power costs the company 30% more, the network 5% more",
        "Power costs the company 30% more, the network 5% more.",
    ),
    Scenario(
        "ai_oversupply",
        "AI oversupply",
        "rents of GPUs and data halls fall faster, fewer GPUs are in use",
        "Too much AI supply: GPU prices fall faster and contracts follow sooner, 15% less is used; "
        "rents of data halls fall by 22% a year, and tenants yet to move in get half of what market rates "
        "have fallen off theirs.",
    ),
    Scenario(
        GUIDED,
        "guided hash rate",
        "the hash rate the company aims for, as far as past aims let one believe it",
        "Mining grows to the hash rate the company aims for, as far as the record of past aims lets one "
        "believe it.",
    ),
)

SCENARIOS = {scenario.name: scenario for scenario in _ALL}
"""What the shipped scenarios change; any of them can be combined."""


def current_scenario(name: str) -> str:
    """The name of a scenario as it is called today; warns of an old one, leaves any other text as it is."""
    if name not in _RENAMED:
        return name
    warn_of_key("scenario", name, _RENAMED[name])
    return _RENAMED[name]
