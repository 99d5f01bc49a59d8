"""Marginal charges of all tariffs together, taxes on each included: what decisions are made on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..model import BillTax, Clock, Floats, PeakRule, Site, Tariff

POWER = "power"
"""Name by which a tax is on the power itself."""


def with_tax(site: Site, clock: Clock, name: str) -> Floats:
    """Return the factor by which taxes raise the charge of a name, or of `POWER`, shape (T,)."""
    factor = np.ones(len(clock.ts_utc))
    for tax in site.tariffs:
        if isinstance(tax, BillTax):
            factor += tax.rate(clock, name)
    return factor


def charged(site: Site) -> list[Tariff]:
    """Return the tariffs that are no tax."""
    return [tariff for tariff in site.tariffs if not isinstance(tariff, BillTax)]


def adder_usd_per_mwh(site: Site, clock: Clock) -> Floats:
    """Return the charges on each MWh used beside its price and peaks, shape (T,)."""
    total = site.power.adder_usd_per_mwh * with_tax(site, clock, POWER)
    for tariff in charged(site):
        total += tariff.energy_usd_per_mwh(clock) * with_tax(site, clock, tariff.name)
    return total


def price_factor(site: Site, clock: Clock) -> Floats:
    """Return by how much the price of a MWh used is multiplied by fees and taxes, shape (T,)."""
    total = with_tax(site, clock, POWER)
    for tariff in charged(site):
        total += tariff.price_share(clock) * with_tax(site, clock, tariff.name)
    return total


@dataclass(frozen=True, eq=False)
class PeakCharge:
    """What a tariff charges for coincident peaks. T intervals.

    Args:
        rule: Which peaks.
        usd_per_mwh: What a MWh in one costs, taxes included, shape (T,).
        minimum_mw: Power billed at least, shape (T,).
    """

    rule: PeakRule
    usd_per_mwh: Floats
    minimum_mw: Floats


def peak_charges(site: Site, clock: Clock) -> list[PeakCharge]:
    """Return the charge of every tariff on coincident peaks."""
    return [
        PeakCharge(
            tariff.peak_rule,
            tariff.peak_usd_per_mwh(clock) * with_tax(site, clock, tariff.name),
            tariff.minimum_mw(clock, site.limit_mw),
        )
        for tariff in charged(site)
        if tariff.peak_rule is not None
    ]
