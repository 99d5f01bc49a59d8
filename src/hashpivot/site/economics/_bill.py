"""What power and the grid cost: every charge interval by interval, and the bill by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from hashpivot.core import Tabular, short_repr

from ..model import HUB_COLUMN, BillTax, Clock, Floats, MeteredUse, Site, Times
from ..prices import PriceHistory
from ._charges import POWER, charged
from ._coincident_peaks import CoincidentPeaks


@short_repr
@dataclass(frozen=True, eq=False)
class Bill(Tabular):
    """Charges of a site interval by interval. T intervals.

    Args:
        month: Month of market local time, datetime64[M], shape (T,).
        power_usd: Parts of what power costs, shape (T,) each, by name; what is sold back is negative.
        tariffs_usd: What each tariff charges, shape (T,), by its name.
        kinds: Kind of each tariff, by its name.
    """

    month: Times
    power_usd: Mapping[str, Floats]
    tariffs_usd: Mapping[str, Floats]
    kinds: Mapping[str, str]

    @property
    def tariff_total_usd(self) -> Floats:
        """What all tariffs charge, shape (T,)."""
        return np.sum([np.zeros(len(self.month)), *self.tariffs_usd.values()], axis=0)

    @property
    def power_total_usd(self) -> Floats:
        """What power costs in all, tariffs left out, shape (T,)."""
        return np.sum([np.zeros(len(self.month)), *self.power_usd.values()], axis=0)

    @property
    def total_usd(self) -> Floats:
        """Everything, shape (T,)."""
        return self.tariff_total_usd + self.power_total_usd

    def records(self) -> list[dict[str, Any]]:
        """Return one row a month and charge: `month`, `charge`, `kind`, `usd`; power first, then tariffs.

        What comes to nothing in a month has no row.
        """
        months, number = np.unique(self.month, return_inverse=True)
        by_charge = {
            (name, kind): np.bincount(number, weights=usd)
            for names, of in ((self.power_usd, None), (self.tariffs_usd, self.kinds))
            for name, usd in names.items()
            for kind in [POWER if of is None else of[name]]
        }
        return [
            {"month": str(month), "charge": name, "kind": kind, "usd": round(float(usd[n]), 2)}
            for n, month in enumerate(months)
            for (name, kind), usd in by_charge.items()
            if usd[n]
        ]


def bill(site: Site, prices: PriceHistory, clock: Clock, peaks: CoincidentPeaks, drawn_mw: Floats) -> Bill:
    """Return what a site is charged for the power it draws.

    Args:
        site: The site.
        prices: Prices of the intervals, at the site.
        clock: Their local time.
        peaks: Intervals that set coincident peaks.
        drawn_mw: Power drawn, shape (T,); what is sent out is negative, and earns the real-time price.
    """
    power = _power_usd(site, prices, clock, drawn_mw)
    paid = site.power.paid_usd_per_mwh(prices.rt)
    use = MeteredUse(clock, np.maximum(drawn_mw, 0.0), paid, peaks.by_rule, site.limit_mw)
    charges = {tariff.name: tariff.charge_usd(use) for tariff in charged(site)}
    bases = {POWER: np.sum(list(power.values()), axis=0), **charges}
    for tax in site.tariffs:
        if isinstance(tax, BillTax):
            due = [tax.rate(clock, name) * usd for name, usd in bases.items()]
            charges[tax.name] = np.sum(due, axis=0)
    kinds = {tariff.name: tariff.kind for tariff in site.tariffs}
    return Bill(clock.month, power, {name: charges[name] for name in kinds}, kinds)


def _power_usd(site: Site, prices: PriceHistory, clock: Clock, drawn_mw: Floats) -> dict[str, Floats]:
    """Return the parts of what power costs, shape (T,) each; those that come to nothing are left out."""
    power, hours = site.power, clock.interval_hours
    ahead_mw, ahead_usd = power.ahead(prices.da, clock)
    hub = prices.columns.get(HUB_COLUMN, prices.rt)
    basis = np.minimum(ahead_mw, drawn_mw) * (prices.rt - hub)
    parts = {
        "ahead": ahead_usd,
        "real_time": np.maximum(drawn_mw - ahead_mw, 0.0) * power.paid_usd_per_mwh(prices.rt),
        "sold_back": -np.maximum(ahead_mw - drawn_mw, 0.0) * hub,
        "basis": basis,
        "collar": power.settled_usd(prices.rt),
        "adder": power.adder_usd_per_mwh * np.maximum(drawn_mw, 0.0),
    }
    return {name: usd * hours for name, usd in parts.items() if usd.any()}
