"""What a power market is: clock, auctions, price caps and reserve rules, each in force from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from hashpivot.core import short_repr

EARLIEST = date(2000, 1, 1)
"""First day of a rule whose first day is not described: no prices here are older."""
FORECAST_MINUTE = 14 * 60
"""Judged: without a day-ahead auction, forecasts of a day are issued at 14:00 of the day before."""


class Dated(Protocol):
    """A rule with the first delivery day it holds."""

    @property
    def start(self) -> date:
        """First delivery day, market local time; it holds until the next rule's first day."""
        ...


R = TypeVar("R", bound=Dated)


@short_repr
@dataclass(frozen=True, slots=True)
class DayAheadAuction:
    """The auction held on the day before delivery.

    Args:
        start: First delivery day these rules hold for.
        minutes: Length of its intervals.
        gate_minute: Minute of the local day before delivery at which offers close.
        published_minute: Minute of that day from which its results are known.
        source: Where this stands.
        judged: Whether a part of it is judged rather than taken from the source.
    """

    start: date
    minutes: int
    gate_minute: int
    published_minute: int
    source: str
    judged: bool = False


@short_repr
@dataclass(frozen=True, slots=True)
class PriceCap:
    """The highest energy price or offer, in the market's currency per MWh.

    Args:
        start: First delivery day.
        per_mwh: The cap.
        of: What it caps.
        source: Where this stands.
        judged: Whether a part of it is judged.
    """

    start: date
    per_mwh: float
    of: str
    source: str
    judged: bool = False


@short_repr
@dataclass(frozen=True, slots=True)
class Ancillary:
    """How reserves are sold.

    Args:
        start: First delivery day.
        settlement: `day_ahead` (what is sold the day before is held or fined) or `co_optimised` (cleared
            again in real time: a day-ahead award is bought back at the real-time price where it is not
            held).
        products: Names of the products.
        source: Where this stands.
        judged: Whether a part of it is judged.
    """

    start: date
    settlement: str
    products: tuple[str, ...]
    source: str
    judged: bool = False


@short_repr
@dataclass(frozen=True, slots=True)
class LoadResource:
    """A kind of load that may sell some products as reserve.

    Args:
        start: First delivery day.
        kind: `clr` (controllable: follows an instruction each interval, in part) or `non-clr` (behind a relay
            or a switch: a call takes all of it).
        products: Products it may sell from that day on, by this rule.
        minimum_mw: Least that is offered.
        source: Where this stands.
        restore_hours: Hours in which it must stand ready again once a call is over; until then it counts as
            held. 0 for one that must always follow.
        judged: Whether a part of it is judged.
    """

    start: date
    kind: str
    products: tuple[str, ...]
    minimum_mw: float
    source: str
    restore_hours: float = 0.0
    judged: bool = False


@short_repr
@dataclass(frozen=True, slots=True)
class TariffFamily:
    """A kind of charge sites in this market pay, and the kind of `[[tariffs]]` that describes it.

    Args:
        name: As the market calls it.
        kind: Kind of `[[tariffs]]`; empty if none fits.
        terms: What is charged on.
        source: Where this stands.
        judged: Whether a part of it is judged.
    """

    name: str
    kind: str
    terms: str
    source: str
    judged: bool = False


@short_repr
@dataclass(frozen=True, slots=True)
class PowerMarket:
    """A power market, read by `load_market`. Rules are sorted by first day.

    Args:
        key: How a site's file names it.
        name: How it is called.
        timezone: Market local time, by which days, gates and publication times are meant.
        currency: Currency of its prices.
        real_time_minutes: Length of its real-time settlement intervals.
        real_time_source: Where that stands.
        day_ahead: Rules of its day-ahead auction; empty if it holds none.
        price_caps: Caps.
        ancillary: Rules of reserves; empty if none is described.
        tariffs: Families of tariffs.
        load_resources: Kinds of load that may sell reserve; empty if that is not described.
    """

    key: str
    name: str
    timezone: str
    currency: str
    real_time_minutes: int
    real_time_source: str
    day_ahead: tuple[DayAheadAuction, ...] = ()
    price_caps: tuple[PriceCap, ...] = ()
    ancillary: tuple[Ancillary, ...] = ()
    tariffs: tuple[TariffFamily, ...] = ()
    load_resources: tuple[LoadResource, ...] = ()

    def auction(self, day: date) -> DayAheadAuction | None:
        """Return the rules of the auction of a delivery day; None before the first or without one."""
        return in_force(self.day_ahead, day)

    def published_minute(self, day: date) -> int:
        """Return the minute of the day before a delivery day from which its day-ahead prices are known."""
        auction = self.auction(day)
        return FORECAST_MINUTE if auction is None else auction.published_minute

    def gate_minute(self, day: date) -> int:
        """Return the minute of the day before a delivery day at which offers for it close."""
        auction = self.auction(day)
        return FORECAST_MINUTE if auction is None else auction.gate_minute

    @property
    def co_optimised_from(self) -> date | None:
        """First day reserves are cleared again in real time; None if they are not."""
        return next((rule.start for rule in self.ancillary if rule.settlement == "co_optimised"), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the market with stable keys; clock times as `HH:MM`, first days not described as None."""
        shown = asdict(self)
        shown["day_ahead"] = [
            {
                "start": _described(rule.start),
                "minutes": rule.minutes,
                "gate": clock_time(rule.gate_minute),
                "published": clock_time(rule.published_minute),
                "source": rule.source,
                "judged": rule.judged,
            }
            for rule in self.day_ahead
        ]
        for key in ("price_caps", "ancillary", "load_resources"):
            shown[key] = [{**rule, "start": _described(rule["start"])} for rule in shown[key]]
        return shown


def in_force(rules: Sequence[R], day: date) -> R | None:
    """Return the last of rules sorted by first day that has begun on a day."""
    return next((rule for rule in reversed(rules) if rule.start <= day), None)


def _described(start: date) -> str | None:
    return None if start == EARLIEST else start.isoformat()


def clock_time(minute: int) -> str:
    """Return a minute of the day as `HH:MM`."""
    return f"{minute // 60:02}:{minute % 60:02}"
