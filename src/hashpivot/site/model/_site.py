"""The site: machines, AI load, power, tariffs, reserves and credits, as the operator describes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hashpivot.core import short_repr

from ..markets import PowerMarket, load_market, market_names
from ._behind_the_meter import Battery, Solar
from ._conversion import Conversion
from ._credit import Credit
from ._heat_limit import HeatLimit
from ._loads import LOADS, Load
from ._machines import Machines
from ._power import POWER_CONTRACTS, Power
from ._reserve import Reserve, resource_faults
from .base import Fields
from .tariffs import TARIFFS, BillTax, MeteredPeak, PassThrough, Tariff

_DEFAULT_MARKET = "ercot"


@short_repr
@dataclass(frozen=True, slots=True)
class Site:
    """A power site, read by `load_site`.

    Args:
        name: How it is called.
        limit_mw: Most it may draw.
        timezone: Market local time.
        power: How power is bought.
        zone: Load zone it pays the price of; empty if the prices say.
        pool_fee: Share of mining revenue the pool keeps.
        risk_aversion: 0 decides by expected value, 1 by the mean of the worst tenth of price scenarios.
        machines: Groups of machines.
        ai: AI loads.
        tariffs: Charges, dated.
        reserves: Reserve products.
        credits: Demand response and curtailment credits.
        conversion: Terms of a conversion to AI, if the file gives them.
        battery: A battery behind the meter, if there is one.
        solar: Solar power behind the meter, if there is any.
        export_mw: Most it may send to the grid.
        description: What it is, in one line.
        market: Rules of the power market: when its day-ahead auction closes and publishes, how reserve is
            settled.
        heat_limit: What it may draw by air temperature, if the heat lowers it.
    """

    name: str
    limit_mw: float
    timezone: str
    power: Power
    zone: str = ""
    pool_fee: float = 0.0
    risk_aversion: float = 0.0
    machines: tuple[Machines, ...] = ()
    ai: tuple[Load, ...] = ()
    tariffs: tuple[Tariff, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    credits: tuple[Credit, ...] = ()
    conversion: Conversion | None = None
    battery: Battery | None = None
    solar: Solar | None = None
    export_mw: float = 0.0
    description: str = ""
    market: PowerMarket = field(default_factory=lambda: load_market(_DEFAULT_MARKET))
    heat_limit: HeatLimit | None = None

    @classmethod
    def read(cls, fields: Fields) -> Site:
        """Read a site's file.

        Raises:
            InvalidSite: If a key is missing, wrong or unknown, or parts do not fit together.
        """
        market = load_market(fields.choice("market", market_names(), _DEFAULT_MARKET))
        timezone = _timezone(fields, market.timezone)
        limit_mw = fields.number("limit_mw", 0, 1e5, open_low=True)
        site = cls(
            name=fields.text("name"),
            market=replace(market, timezone=timezone),
            description=fields.text("description", ""),
            limit_mw=limit_mw,
            heat_limit=_heat_limit(fields, limit_mw),
            timezone=timezone,
            zone=fields.text("zone", ""),
            pool_fee=fields.number("pool_fee", 0, 0.5, 0.0),
            risk_aversion=fields.number("risk_aversion", 0, 1, 0.0),
            power=POWER_CONTRACTS.read(fields.table("power")),
            machines=tuple(map(Machines.read, fields.tables("machines"))),
            ai=tuple(map(LOADS.read, fields.tables("ai"))),
            tariffs=tuple(map(TARIFFS.read, fields.tables("tariffs"))),
            reserves=tuple(map(Reserve.read, fields.tables("reserves"))),
            credits=tuple(map(Credit.read, fields.tables("credits"))),
            conversion=Conversion.read(fields.table("conversion")) if "conversion" in fields else None,
            battery=Battery.read(fields.table("battery")) if "battery" in fields else None,
            solar=Solar.read(fields.table("solar")) if "solar" in fields else None,
            export_mw=fields.number("export_mw", 0, 1e5, 0.0),
        )
        fields.done()
        _check(site, fields)
        fitting = tuple(group.within(site.machines_limit_mw) for group in site.machines)
        site = replace(site, machines=fitting).in_parts()
        _check_names(site, fields)
        return site

    def in_parts(self) -> Site:
        """Return the site with parts of groups as groups of their own, where they may be decided apart.

        Equal parts are best decided alike unless they share something that may not do for all of them: the
        limit, a reserve's cap, a demand that is billed by its highest or at least, battery or panels.
        """
        if not any(group.parts > 1 for group in self.machines) or not self._parts_compete:
            return self
        return replace(self, machines=tuple(part for group in self.machines for part in group.split()))

    @property
    def _parts_compete(self) -> bool:
        held = sum(group.most_mw * group.reserve_share for group in self.machines)
        return (
            sum(group.most_mw for group in self.machines) > self.lowest_machines_limit_mw
            or any(reserve.cap_mw is not None and reserve.cap_mw < held for reserve in self.reserves)
            or any(
                isinstance(tariff, MeteredPeak) or getattr(tariff, "minimum_share", 0.0)
                for tariff in self.tariffs
            )
            or self.has_plant
        )

    @property
    def zoneinfo(self) -> ZoneInfo:
        """Market local time."""
        return ZoneInfo(self.timezone)

    @property
    def ai_mw(self) -> float:
        """Power all AI loads draw together; their room under the limit is kept while they are interrupted."""
        return sum(load.most_mw for load in self.ai)

    @property
    def machines_limit_mw(self) -> float:
        """What is left of the limit for machines."""
        return self.limit_mw - self.ai_mw

    @property
    def lowest_machines_limit_mw(self) -> float:
        """What is left of the limit for machines in the greatest heat."""
        return (self.heat_limit.lowest_mw if self.heat_limit else self.limit_mw) - self.ai_mw

    @property
    def has_plant(self) -> bool:
        """Whether a battery or solar power stands behind the meter."""
        return self.battery is not None or self.solar is not None

    @property
    def normal_mw(self) -> float:
        """Power of all machines in normal mode."""
        return sum(group.modes[group.normal].power_mw for group in self.machines)

    @property
    def capacity_mw(self) -> float:
        """Power of all machines in normal mode and of all AI loads."""
        return self.normal_mw + self.ai_mw


def _heat_limit(fields: Fields, limit_mw: float) -> HeatLimit | None:
    key = "limit_by_temperature_c"
    return HeatLimit.read(fields.table(key), limit_mw) if key in fields else None


def _timezone(fields: Fields, default: str) -> str:
    name = fields.text("timezone", default)
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise fields.wrong("timezone", f"must be a time zone like America/Chicago, not {name!r}") from None
    if "market" in fields and not _alike(name, default):
        raise fields.wrong("timezone", f"is {name}, but the market keeps {default}: leave timezone out")
    return name


def _alike(zone: str, other: str) -> bool:
    """Return whether two time zones show the same in winter and in summer."""
    moments = [datetime(2024, month, 15, tzinfo=UTC) for month in (1, 7)]
    return all(
        moment.astimezone(ZoneInfo(zone)).utcoffset() == moment.astimezone(ZoneInfo(other)).utcoffset()
        for moment in moments
    )


def _check(site: Site, fields: Fields) -> None:
    """Raise if names, limits or dates of a site do not fit together."""
    if not site.machines and not site.ai:
        raise fields.wrong("machines", "is missing: a site needs [[machines]] or [[ai]]")
    _check_names(site, fields)
    if site.ai_mw > site.limit_mw:
        raise fields.wrong("limit_mw", f"is {site.limit_mw:g}, less than the {site.ai_mw:g} MW of [[ai]]")
    if site.power.ahead_mw > site.limit_mw:
        raise fields.wrong("power", f"block_mw is {site.power.ahead_mw:g}, above limit_mw {site.limit_mw:g}")
    _check_taxes(site, fields)
    _check_groups(site, fields)
    _check_contracts(site, fields)
    _check_products(site, fields)
    _check_plant(site, fields)
    for key, name, other, start, end in _overlaps(site):
        raise fields.wrong(key, f"{name!r} and {other!r} overlap from {start} to {end}: end one first")


def _check_names(site: Site, fields: Fields) -> None:
    """Raise if two tables of a kind have the same name."""
    for key, items in (("machines", site.machines), ("ai", site.ai), ("tariffs", site.tariffs)):
        names = [item.name for item in items]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise fields.wrong(key, f"has two tables named {twice!r}")


def _check_taxes(site: Site, fields: Fields) -> None:
    """Raise if a tax is on something that is not on the bill, or on power part of which is sold back."""
    names = ["power", *(tariff.name for tariff in site.tariffs if not isinstance(tariff, BillTax))]
    for tax in site.tariffs:
        if not isinstance(tax, BillTax):
            continue
        if names.count("power") > 1:
            raise fields.wrong("tariffs", "has one named 'power', which is what a tax calls the power itself")
        if unknown := next((name for name in tax.on if name not in names), None):
            raise fields.wrong("tariffs", f"{tax.name!r} is on {unknown!r}; it may be on {', '.join(names)}")
        if site.power.ahead_mw and (not tax.on or "power" in tax.on):
            raise fields.wrong(
                "tariffs",
                f"{tax.name!r} is on power bought ahead, whose unused part is sold back untaxed: "
                "name the tariffs it is on, and add the tax to the price of the blocks",
            )


def _check_groups(site: Site, fields: Fields) -> None:
    """Raise if the limit leaves machines nothing at all."""
    if site.machines and site.machines_limit_mw <= 0:
        raise fields.wrong("machines", "could never run: [[ai]] takes all of limit_mw")
    if site.heat_limit is None:
        return
    key, left = "limit_by_temperature_c", site.lowest_machines_limit_mw
    if left < 0:
        raise fields.wrong(
            key, f"falls to {site.heat_limit.lowest_mw:g} MW, less than the {site.ai_mw:g} MW of [[ai]]"
        )
    budgeted = next((group for group in site.machines if group.max_off_hours_per_month is not None), None)
    if budgeted and sum(group.most_mw for group in site.machines) > left:
        raise fields.wrong(
            key,
            f"can keep machines off, which max_off_hours_per_month of {budgeted.name!r} may not allow: "
            "leave one of them out",
        )


def _check_contracts(site: Site, fields: Fields) -> None:
    """Raise if a tariff charges for contracted power of which there is none."""
    for tariff in site.tariffs:
        if getattr(tariff, "contracted_mw", None) == 0:
            raise fields.wrong(
                "tariffs", f"{tariff.name!r}: contracted_mw must be above 0; without the key it is limit_mw"
            )


def _check_products(site: Site, fields: Fields) -> None:
    """Raise if the market does not sell a reserve product, or not by such a load, where it is described."""
    known = sorted({product for rule in site.market.ancillary for product in rule.products})
    strange = next((reserve.product for reserve in site.reserves if reserve.product not in known), None)
    if known and strange is not None:
        raise fields.wrong("reserves", f"{strange!r} is not sold in {site.market.name}: {', '.join(known)}")
    fault = next(resource_faults(site.reserves, site.machines, site.market), None)
    if fault is not None:
        raise fields.wrong("reserves", fault)


def _check_plant(site: Site, fields: Fields) -> None:
    """Raise if a battery, solar power or an export do not fit the rest."""
    if not site.export_mw:
        return
    if not site.has_plant:
        raise fields.wrong("export_mw", "needs [battery] or [solar]: machines and AI load send nothing out")
    charges = [site.power.adder_usd_per_mwh, *(getattr(t, "usd_per_mwh", 0.0) for t in site.tariffs)]
    charges += [t.share + t.losses for t in site.tariffs if isinstance(t, PassThrough)]
    if min(charges) < 0:
        raise fields.wrong("export_mw", "needs charges on energy that are not below 0")
    if any(isinstance(tariff, BillTax) for tariff in site.tariffs):
        raise fields.wrong(
            "export_mw", "cannot stand beside a tax on the bill: what is sent out is not taxed"
        )
    if site.power.holds_price:
        raise fields.wrong("export_mw", "cannot stand beside a collar: what is sent out is paid without it")


def _overlaps(site: Site) -> Iterator[tuple[str, str, str, date, date]]:
    """Yield key, names, first and last day of products that must not be in force together."""
    for index, reserve in enumerate(site.reserves):
        for earlier in site.reserves[:index]:
            start, end = max(reserve.start, earlier.start), min(reserve.end, earlier.end)
            if start <= end and reserve.product == earlier.product:
                yield "reserves", earlier.product, reserve.product, start, end
