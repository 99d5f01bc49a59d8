"""What an answer says of its inputs: what is off or stood in for, and what was filled in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..economics import counted_hours
from ..model import BASIS_COLUMN, DAY, SOLAR_COLUMN, TEMPERATURE_COLUMN, Bools, Clock, Site, overlap_notes
from ..prices import PriceHistory
from ._hashprices import Hashprices

_FAR_ABOVE = 100  # judged: no site is built for so much more than it draws, and kW are a thousand times MW
_MOST_SPANS = 3
"""Spans of filled hours that are named; further ones are counted."""


def input_notes(
    site: Site, prices: PriceHistory, clock: Clock, network: Hashprices, decided: Bools
) -> list[str]:
    """Return notes in words on the inputs of the hours decided, shape (T,), and of those before them."""
    if not decided.any():
        return []
    return [
        *prices.notes,
        *_hashprice(prices, network, decided),
        *_loads(site, prices, clock, decided),
        *_seasons(site, prices, clock, decided),
        *overlap_notes(site.tariffs),
        *_basis(site, prices),
        *_reserves(site, prices, clock, decided),
        *_calls(site, prices, clock, decided),
        *_not_cleared(site, prices, clock, decided),
        *_temperature(site, prices, decided),
        *_idle(site, prices),
        *_contracts(site, clock, decided),
        *_limit(site),
        *_filled(prices, decided),
    ]


def _hashprice(prices: PriceHistory, network: Hashprices, decided: Bools) -> Iterator[str]:
    last = network.last_day
    if prices.ts_utc[decided][-1] >= np.datetime64(last) + DAY:
        yield f"hashprice after {last} is not known: that of {last} stands in"


def _loads(site: Site, prices: PriceHistory, clock: Clock, decided: Bools) -> Iterator[str]:
    counted = counted_hours(site, clock) & decided
    if not counted.any():
        return
    if not prices.known("load_mw"):
        yield "no load_mw: coincident peaks are neither charged nor avoided"
        return
    gone = counted & np.isnan(prices["load_mw"]) & ~np.isnan(prices.rt)
    if gone.any():
        months = ", ".join(str(month) for month in np.unique(clock.month[gone]))
        yield f"load_mw is missing in hours of {months}: no peak is charged there"
    filled = counted & prices.gaps.get("load_mw", np.zeros(prices.hours, dtype=bool))
    if filled.any():
        spans = _spans(prices, filled)
        yield f"load_mw is missing in some hours: filled in ({spans}); policies see the last load before"


def _seasons(site: Site, prices: PriceHistory, clock: Clock, decided: Bools) -> Iterator[str]:
    """Yield in words which seasons are not charged because the prices do not hold them whole."""
    for tariff in site.tariffs:
        rule = tariff.peak_rule
        if rule is None or not rule.season_days or not prices.known("load_mw"):
            continue
        seasons = np.unique(rule.period(clock)[tariff.counts_peak(clock) & decided])
        if cut := [str(rule.ends(n)[0]) for n in seasons if not rule.is_whole(clock, n)]:
            yield (
                f"{tariff.name!r}: the prices do not hold the whole season from {', '.join(cut)}: "
                "its peaks are not charged"
            )


def _basis(site: Site, prices: PriceHistory) -> Iterator[str]:
    if site.power.basis_usd_per_mwh is None and not prices.known(BASIS_COLUMN):
        yield f"no {BASIS_COLUMN}: the prices are taken for those at the site"


def _reserves(site: Site, prices: PriceHistory, clock: Clock, decided: Bools) -> Iterator[str]:
    for reserve in site.reserves:
        in_force = clock.between(reserve.start, reserve.end) & decided
        if in_force.any() and not prices.known(reserve.column):
            yield f"no {reserve.column}: reserve {reserve.product} is not sold"


def _calls(site: Site, prices: PriceHistory, clock: Clock, decided: Bools) -> Iterator[str]:
    """Yield in words where the calls of a product are not given in every interval it is sold in."""
    for reserve in site.reserves:
        column = prices.columns.get(reserve.called_column)
        in_force = clock.between(reserve.start, reserve.end) & decided & ~np.isnan(prices.rt)
        if column is not None and (blank := int((in_force & np.isnan(column)).sum())):
            yield f"{reserve.called_column} is blank in {blank:,} intervals: not called there"


def _not_cleared(site: Site, prices: PriceHistory, clock: Clock, decided: Bools) -> Iterator[str]:
    """Yield in words that real-time prices of reserve are missing where it is cleared in real time."""
    since = site.market.co_optimised_from
    if since is None:
        return
    cleared = decided & (clock.day >= np.datetime64(since))
    sold = [r for r in site.reserves if (clock.between(r.start, r.end) & cleared).any()]
    if gone := [r.real_time_column for r in sold if not prices.known(r.real_time_column)]:
        what = f"from {since} on, reserve that is not held is bought back at its day-ahead price"
        yield f"no {', '.join(gone)}: {what}"


def _temperature(site: Site, prices: PriceHistory, decided: Bools) -> Iterator[str]:
    name, derated = TEMPERATURE_COLUMN, any(group.derate_per_c for group in site.machines)
    if not prices.known(name):
        if derated:
            yield f"no {name}: machines hash the same in any heat"
        return
    if gone := int((np.isnan(prices[name]) & decided).sum()):
        hours = (
            f"{name} is missing in {gone} {'hour' if prices.minutes == 60 else 'interval'}{'s' * (gone > 1)}"
        )
        if site.heat_limit is not None:
            yield f"{hours}: the limit of the greatest heat, {site.heat_limit.lowest_mw:g} MW, holds there"
        if derated:
            yield f"{hours}: machines hash as in no heat there"


def _idle(site: Site, prices: PriceHistory) -> Iterator[str]:
    """Yield in words what of a site's machines and panels never runs, and why."""
    idle = {group.group: group.idle_share for group in site.machines if group.idle_share}
    for name, share in idle.items():
        room = f"limit_mw leaves {site.machines_limit_mw:g} MW for machines {name!r}"
        yield f"{room}: {share:.1%} of them never run"
    if site.solar is not None and not site.solar.profile and not prices.known(SOLAR_COLUMN):
        yield f"no {SOLAR_COLUMN} and no profile: [solar] gives nothing"


def _contracts(site: Site, clock: Clock, decided: Bools) -> Iterator[str]:
    for tariff in site.tariffs:
        contracted = getattr(tariff, "contracted_mw", None) or 0.0
        if contracted > site.limit_mw and (tariff.in_force(clock) & decided).any():
            yield (
                f"tariff {tariff.name!r} charges for {contracted:,g} MW contracted, the site may draw "
                f"{site.limit_mw:,g}: check contracted_mw and limit_mw"
            )


def _limit(site: Site) -> Iterator[str]:
    """Yield in words that nothing of the site comes near its limit, as where it is given in kW."""
    drawn = site.capacity_mw + (site.battery.power_mw if site.battery else 0.0)
    if drawn and site.limit_mw > _FAR_ABOVE * drawn:
        yield f"limit_mw {site.limit_mw:,g} is far above the {drawn:,.3g} MW the site can draw: is it in kW?"


def _filled(prices: PriceHistory, decided: Bools) -> Iterator[str]:
    before = np.arange(prices.hours) < decided.argmax()
    for where, inside in (("", decided), (" before the first day", before)):
        filled = prices.filled & inside
        if count := int(filled.sum()):
            what = "hour" if prices.minutes == 60 else "interval"
            yield (
                f"{count} {what}{'s' * (count > 1)} of prices{where} not published {what} by {what}: "
                f"filled in ({_spans(prices, filled)}); policies see the last price before"
            )


def _spans(prices: PriceHistory, hours: Bools) -> str:
    """Return spans of hours in words, the first of them by name."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], hours.astype(np.int8), [0]))))
    spans = [(prices.ts_utc[a], prices.ts_utc[b - 1]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    words = [f"{a}Z" if a == b else f"{a}Z to {b}Z" for a, b in spans[:_MOST_SPANS]]
    more = len(spans) - _MOST_SPANS
    return ", ".join([*words, f"{more} more spans"] if more > 0 else words)
