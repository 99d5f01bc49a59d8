"""What the market engine needs to know: price, fees and network, each with its allowed range."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import Literal

from hashpivot.core import HashpivotError, InvalidInput, Quarter, short_repr

from ._ranges import check_ranges, ranged

FORWARD_HINT = 'write forward = "2027Q1=95000, 2027Q4=110000", prices of 1 to 1e9 USD'
EPOCH_DAYS = 14.0
EPOCHS_PER_YEAR = 365.25 / EPOCH_DAYS

PriceKind = Literal["garch", "jump_diffusion", "gbm", "bootstrap"]
PRICE_KINDS: tuple[PriceKind, ...] = ("garch", "jump_diffusion", "gbm", "bootstrap")


@dataclass(frozen=True, slots=True)
class PriceModel:
    """How the bitcoin price moves. Prices are in today's dollars.

    Args:
        kind: `jump_diffusion` (with jumps), `garch` (with jumps, and variance that reacts to each move),
            `gbm`, or `bootstrap` (blocks of past standardised returns).
        volatility: Usual standard deviation of log returns, per year, jumps included.
        drift: Growth of the median price, per year, in logs; at 0 it is as likely to rise as to fall, and
            the mean, which the upper tail pulls, rises by about half the variance.
        drift_error: Standard error of the drift, per year: nobody knows it, so every path draws its own.
        jump_chance: Probability of a jump in an epoch.
        jump_share: Share of the variance that jumps bring.
        start_factor: Price at the start over the last known price; 0.5 is a price halved overnight.
        volatility_factor: Volatility at the start over `volatility`.
        persistence: Share of the variance's distance from its usual level left after an epoch.
        reaction: What a squared return in excess of its variance adds to the next epoch's; only for `garch`.
        forward: Forward curve as text, `2027Q1=95000, 2027Q4=110000`: the median price in the middle of these
            quarters; straight in logs from the price at the start on, flat after the last; replaces `drift`.
    """

    kind: PriceKind = "jump_diffusion"
    volatility: float = ranged(0.0, 3.0, "per year", 0.6)
    drift: float = ranged(-2.0, 2.0, "per year", 0.0)
    drift_error: float = ranged(0.0, 2.0, "per year", 0.0)
    jump_chance: float = ranged(0.0, 0.5, "per epoch", 0.0)
    jump_share: float = ranged(0.0, 0.9, "of the variance", 0.0)
    start_factor: float = ranged(0.01, 100.0, "times", 1.0)
    volatility_factor: float = ranged(0.1, 5.0, "times", 1.0)
    persistence: float = ranged(0.0, 0.99, "per epoch", 0.6)
    reaction: float = ranged(0.0, 0.9, "per epoch", 0.0)
    forward: str = ""

    def __post_init__(self) -> None:
        check_ranges(self, "price")
        if self.reaction > self.persistence:
            raise InvalidInput(
                f"reaction = {self.reaction:g} exceeds persistence = {self.persistence:g}",
                where="price",
                hint="variance could turn negative; lower reaction or raise persistence",
            )
        if self.kind not in PRICE_KINDS:
            raise InvalidInput(
                f"kind = {self.kind!r} is no price model",
                where="price",
                hint=f"one of {', '.join(PRICE_KINDS)}",
            )
        self.forward_curve()

    def forward_curve(self) -> tuple[tuple[Quarter, float], ...]:
        """Quarters and prices of `forward`, in order.

        Raises:
            InvalidInput: If it cannot be read, a quarter stands twice or a price is not positive.
        """
        pairs = [pair.partition("=") for pair in self.forward.split(",") if pair.strip()]
        curve = sorted((_quarter(name), _price(price)) for name, _, price in pairs)
        if len({quarter for quarter, _ in curve}) < len(curve):
            raise InvalidInput("a quarter of forward stands twice", where="price", hint=FORWARD_HINT)
        return tuple(curve)


def _quarter(text: str) -> Quarter:
    try:
        return Quarter.parse(text.strip())
    except HashpivotError:
        raise InvalidInput(
            f"forward has {text.strip()!r} for a quarter", where="price", hint=FORWARD_HINT
        ) from None


def _price(text: str) -> float:
    try:
        price = float(text)
    except ValueError:
        price = nan
    if not 1.0 <= price <= 1e9:
        raise InvalidInput(f"forward has {text.strip()!r} for a price", where="price", hint=FORWARD_HINT)
    return price


@dataclass(frozen=True, slots=True)
class FeeModel:
    """Fees of a block in bitcoin: a calm and a busy regime, each with a level and the same noise.

    Args:
        calm_btc: Median fees of a block in the calm regime.
        busy_factor: Median in the busy regime over that of the calm one.
        enter_busy: Probability that a calm epoch is followed by a busy one.
        leave_busy: Probability that a busy epoch is followed by a calm one.
        persistence: Autocorrelation of the noise from epoch to epoch.
        noise: Standard deviation of the noise's innovations, in logs.
    """

    calm_btc: float = ranged(1e-4, 100.0, "BTC per block", 0.05)
    busy_factor: float = ranged(1.0, 200.0, "times", 6.0)
    enter_busy: float = ranged(0.0, 1.0, "", 0.03)
    leave_busy: float = ranged(1e-3, 1.0, "", 0.2)
    persistence: float = ranged(0.0, 0.99, "", 0.7)
    noise: float = ranged(0.0, 2.0, "", 0.3)

    def __post_init__(self) -> None:
        check_ranges(self, "fees")


@short_repr
@dataclass(frozen=True, slots=True)
class NetworkModel:
    """How the network's hash rate answers profitability.

    The log margin is log hashprice less log breakeven of the average machine. Each epoch the installed
    machines grow by `growth_level + growth_response x (log margin some epochs ago)`, never by more than
    `growth_limit` and never shrink faster than `retirement`; what is installed runs as far as it pays.

    Args:
        power_usd_per_mwh: Median power price of the network's miners.
        fleet_j_per_th: Efficiency of the average machine installed at the start.
        new_j_per_th: Efficiency of the machines delivered at the start.
        improvement: Yearly fall of the J/TH of new machines, in logs.
        cost_spread: Standard deviation of log power price between miners.
        class_spread: Standard deviation of log J/TH between machine classes.
        growth_level: Growth an epoch at a log margin of zero.
        growth_response: Growth an epoch per unit of log margin.
        growth_limit: Most that makers can deliver in an epoch, as a share of what is installed.
        growth_error: Standard error of the growth level, an epoch; every path draws its own.
        retirement: Machines scrapped an epoch, as a share of what is installed.
        shock: Standard deviation of other shocks to installed hash rate (weather, bans, theft), an epoch.
        lag_epochs: Epochs from order to delivery.
    """

    power_usd_per_mwh: float = ranged(5.0, 300.0, "USD/MWh", 50.0)
    fleet_j_per_th: float = ranged(1.0, 2_000.0, "J/TH", 18.0)
    new_j_per_th: float = ranged(0.5, 2_000.0, "J/TH", 12.0)
    improvement: float = ranged(0.0, 1.0, "per year", 0.2)
    cost_spread: float = ranged(0.02, 1.0, "in logs", 0.25)
    class_spread: float = ranged(0.0, 1.0, "in logs", 0.25)
    growth_level: float = ranged(-0.1, 0.3, "per epoch", 0.0)
    growth_response: float = ranged(0.0, 0.2, "per epoch", 0.02)
    growth_limit: float = ranged(0.0, 0.5, "per epoch", 0.1)
    growth_error: float = ranged(0.0, 0.05, "per epoch", 0.0)
    retirement: float = ranged(0.0, 0.1, "per epoch", 0.0077)
    shock: float = ranged(0.0, 0.3, "per epoch", 0.05)
    lag_epochs: int = ranged(1, 52, "epochs", 8)

    def __post_init__(self) -> None:
        check_ranges(self, "network")


@short_repr
@dataclass(frozen=True, slots=True)
class MarketParameters:
    """Everything estimated or assumed about the market."""

    price: PriceModel = PriceModel()
    fees: FeeModel = FeeModel()
    network: NetworkModel = NetworkModel()
