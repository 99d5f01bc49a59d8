"""Reserve products a site may sell as a load resource."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np

from ..markets import EARLIEST, LoadResource, PowerMarket, reserve_products
from ._machines import Machines
from .base import Fields, Floats

RESOURCES = ("clr", "non-clr")
"""Kinds of load resource: controllable, and all or nothing."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve product the site may sell.

    Args:
        product: A product of the site's market, such as `rrs`; its day-ahead price is the column
            `as_<product>`.
        cap_mw: Most the site may sell of it; None for no limit.
        start: First day, market local time.
        end: Last day.
        deployed_share: Share of the sold energy that is called, on average.
        deployment_cost_usd_per_mwh: What a called MWh costs the site.
        shortfall_multiple: Before real-time co-optimisation, penalty for each MW sold and not held, as a
            multiple of the price, on top of the price forgone.
        resource: What it is sold as: `clr` (controllable, called in part) or `non-clr` (any call takes all).
    """

    product: str
    cap_mw: float | None
    start: date
    end: date
    deployed_share: float = 0.0
    deployment_cost_usd_per_mwh: float = 0.0
    shortfall_multiple: float = 1.0
    resource: str = "clr"

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """Read a `[[reserves]]` table.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown.
        """
        reserve = cls(
            product=fields.choice("product", reserve_products()),
            cap_mw=fields.optional("cap_mw", 1e5),
            **fields.span(),
            deployed_share=fields.number("deployed_share", 0, 1, 0.0),
            deployment_cost_usd_per_mwh=fields.number("deployment_cost_usd_per_mwh", 0, 1e5, 0.0),
            shortfall_multiple=fields.number("shortfall_multiple", 0, 100, 1.0),
            resource=fields.choice("resource", RESOURCES, "clr"),
        )
        fields.done()
        return reserve

    @property
    def column(self) -> str:
        """Name of the column that holds its day-ahead price."""
        return f"as_{self.product}"

    @property
    def real_time_column(self) -> str:
        """Name of the column that holds its real-time price, where it is cleared again in real time."""
        return f"rt_as_{self.product}"

    @property
    def called_column(self) -> str:
        """Name of the column that holds the share of it that was called."""
        return f"{self.product}_called"

    def called_share(self, share: Floats) -> Floats:
        """Return the share of what is sold that must be off where a share is called; blank is none."""
        called = np.nan_to_num(share)
        return called if self.resource == "clr" else (called > 0).astype(np.float64)

    def net_usd_per_mw(self, price_usd_per_mw: Floats) -> Floats:
        """Return prices less what being called costs on average; arrays of any shape."""
        return price_usd_per_mw - self.deployed_share * self.deployment_cost_usd_per_mwh


def resource_faults(
    reserves: Sequence[Reserve], machines: Sequence[Machines], market: PowerMarket
) -> Iterator[str]:
    """Yield in words what a market does not let a kind of load resource sell, and what kinds cannot do."""
    for reserve in reserves:
        rules = [rule for rule in market.load_resources if reserve.product in rule.products]
        allowed = [rule for rule in rules if rule.kind == reserve.resource]
        if allowed:
            yield from _unfit(reserve, allowed[0], machines)
        elif market.load_resources:
            yield _not_allowed(reserve, rules, market)
    for reserve, other in _mixed(reserves):
        yield (
            f"{reserve.product!r} is sold as {reserve.resource} and {other.product!r} as {other.resource} at "
            "the same time: machines are of one kind; give one resource, or end one first"
        )


def _not_allowed(reserve: Reserve, rules: Sequence[LoadResource], market: PowerMarket) -> str:
    own = [rule.products for rule in market.load_resources if rule.kind == reserve.resource]
    products = ", ".join(product for named in own for product in named)
    kinds = " or ".join(f'resource = "{rule.kind}"' for rule in rules)
    hint = f"; {reserve.product} is sold with {kinds}" if kinds else ""
    return (
        f"{reserve.product!r} may not be sold by a {reserve.resource} load resource in {market.name}, "
        f"which may sell {products or 'nothing'}{hint}"
    )


def _unfit(reserve: Reserve, rule: LoadResource, machines: Sequence[Machines]) -> Iterator[str]:
    """Yield why a site cannot sell what its kind may."""
    if rule.start > max(reserve.start, EARLIEST):
        yield (
            f"{reserve.product!r} is sold by {rule.kind} load resources from {rule.start} on: "
            f"give it start = {rule.start} or later"
        )
    offered = sum(group.modes[group.normal].power_mw * group.reserve_share for group in machines)
    most = min(offered, offered if reserve.cap_mw is None else reserve.cap_mw)
    if 0 < most < rule.minimum_mw:
        yield f"{reserve.product!r} is offered from {rule.minimum_mw:g} MW on, the site has {most:g} to sell"
    slow = [group.name for group in machines if group.reserve_share and _slow(group, rule)]
    if slow:
        yield (
            f"{reserve.product!r} of a {rule.kind} load resource is restored within {rule.restore_hours:g} "
            f"hours, but machines {slow[0]!r} have a longer min_off_hours: shorten it, or give them "
            "reserve_share = 0"
        )


def _slow(group: Machines, rule: LoadResource) -> bool:
    return bool(rule.restore_hours) and group.min_off_hours > rule.restore_hours


def _mixed(reserves: Sequence[Reserve]) -> Iterator[tuple[Reserve, Reserve]]:
    for number, reserve in enumerate(reserves):
        for other in reserves[:number]:
            together = max(reserve.start, other.start) <= min(reserve.end, other.end)
            if together and reserve.resource != other.resource:
                yield other, reserve
