"""From a site's TOML file to a `Site`, with every key checked."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hashpivot.core import UnreadableFile

from ._errors import InvalidSite
from ._fields import Fields
from ._load_conversion import conversion
from ._load_machines import machines
from ._site import PRODUCTS, AiLoad, Credit, Power, Reserve, Site, Tariff

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
EXAMPLES = "examples"
_LARGEST = 1_000_000


def example_sites() -> tuple[str, ...]:
    """Names of the example sites shipped with the package; `load_site` takes them as they are."""
    names = (entry.name for entry in files("hashpivot.site").joinpath(EXAMPLES).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def load_site(path: str | Path) -> Site:
    """Read a site from a TOML file, or one of `example_sites` by name.

    Raises:
        UnreadableFile: If there is no such file or it is not text.
        InvalidSite: If it cannot be a site, naming the key and what it may be.
    """
    if str(path) in example_sites():
        return parse_site(
            files("hashpivot.site").joinpath(EXAMPLES, f"{path}.toml").read_text(encoding="utf-8"),
            f"{path}.toml",
        )
    return parse_site(_text(Path(path)), str(path))


def parse_site(text: str, where: str = "site") -> Site:
    """Read a site from TOML text; `where` names it in errors.

    Raises:
        InvalidSite: If it cannot be a site, naming the key and what it may be.
    """
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidSite(f"is not valid TOML: {error}", where=where) from None
    return _site(Fields(table, where))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFile("is too large to be a site", where=str(path))
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        hint = f"name a TOML file, or an example: {', '.join(example_sites())}"
        why = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise UnreadableFile(f"cannot be read: {why}", where=str(path), hint=hint) from None


def _site(fields: Fields) -> Site:
    site = Site(
        name=fields.text("name"),
        limit_mw=fields.number("limit_mw", 0, 1e5, open_low=True),
        timezone=_timezone(fields),
        zone=fields.text("zone", ""),
        pool_fee=fields.number("pool_fee", 0, 0.5, 0.0),
        risk_aversion=fields.number("risk_aversion", 0, 1, 0.0),
        power=_power(fields.table("power")),
        machines=tuple(map(machines, fields.tables("machines"))),
        ai=tuple(map(_ai, fields.tables("ai"))),
        tariffs=tuple(map(_tariff, fields.tables("tariffs"))),
        reserves=tuple(map(_reserve, fields.tables("reserves"))),
        credits=tuple(map(_credit, fields.tables("credits"))),
        conversion=conversion(fields.table("conversion")) if "conversion" in fields else None,
    )
    fields.done()
    _check(site, fields)
    return site


def _timezone(fields: Fields) -> str:
    name = fields.text("timezone", "America/Chicago")
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise fields.wrong("timezone", f"must be a time zone like America/Chicago, not {name!r}") from None
    return name


def _power(fields: Fields) -> Power:
    kind = fields.choice("kind", ("indexed", "block", "day_ahead"))
    ahead = kind != "indexed"
    power = Power(
        kind,
        fields.number("block_mw", 0, 1e5) if ahead else 0.0,
        fields.number("block_usd_per_mwh", -1000, 10_000) if kind == "block" else 0.0,
        fields.number("adder_usd_per_mwh", -1000, 1000, 0.0),
    )
    fields.done()
    return power


def _ai(fields: Fields) -> AiLoad:
    load = AiLoad(
        name=fields.text("name"),
        firm_mw=fields.number("firm_mw", 0, 1e5, 0.0),
        firm_usd_per_mwh=fields.number("firm_usd_per_mwh", 0, 1e6, 0.0),
        flexible_mw=fields.number("flexible_mw", 0, 1e5, 0.0),
        flexible_usd_per_mwh=fields.number("flexible_usd_per_mwh", 0, 1e6, 0.0),
        interruption_cost_usd_per_mwh=fields.number("interruption_cost_usd_per_mwh", 0, 1e6, 0.0),
        max_hours_per_day=fields.whole("max_hours_per_day", 0, 24, 24),
        max_hours_per_month=fields.whole("max_hours_per_month", 0, 744, 744),
        sla_penalty_usd_per_mwh=_optional(fields, "sla_penalty_usd_per_mwh", 1e6),
    )
    fields.done()
    return load


def _tariff(fields: Fields) -> Tariff:
    kind = fields.choice("kind", ("coincident_peak", "energy", "demand"))
    peak = kind == "coincident_peak"
    tariff = Tariff(
        name=fields.text("name"),
        kind=kind,
        **_span(fields),
        months=fields.wholes("months", 1, 12, (6, 7, 8, 9)) if peak else (),
        usd_per_kw_year=fields.number("usd_per_kw_year", 0, 10_000) if kind != "energy" else 0.0,
        usd_per_mwh=fields.number("usd_per_mwh", -1000, 10_000) if kind == "energy" else 0.0,
        minimum_share=fields.number("minimum_share", 0, 1, 0.0) if peak else 0.0,
        contracted_mw=_optional(fields, "contracted_mw", 1e5) if kind != "energy" else None,
    )
    if peak and tariff.contracted_mw is not None and not tariff.minimum_share:
        raise fields.wrong("contracted_mw", "needs minimum_share: a peak without it is billed as used")
    fields.done()
    return tariff


def _reserve(fields: Fields) -> Reserve:
    reserve = Reserve(
        product=fields.choice("product", PRODUCTS),
        cap_mw=_optional(fields, "cap_mw", 1e5),
        **_span(fields),
        deployed_share=fields.number("deployed_share", 0, 1, 0.0),
        deployment_cost_usd_per_mwh=fields.number("deployment_cost_usd_per_mwh", 0, 1e5, 0.0),
        shortfall_multiple=fields.number("shortfall_multiple", 0, 100, 1.0),
    )
    fields.done()
    return reserve


def _credit(fields: Fields) -> Credit:
    credit = Credit(
        name=fields.text("name"),
        usd_per_mwh=fields.number("usd_per_mwh", 0, 10_000, 0.0),
        capacity_usd_per_mw_month=fields.number("capacity_usd_per_mw_month", 0, 1e6, 0.0),
        **_span(fields),
        months=fields.wholes("months", 1, 12, tuple(range(1, 13))),
        hours=fields.wholes("hours", 0, 23, tuple(range(24))),
        min_price_usd_per_mwh=_optional(fields, "min_price_usd_per_mwh", 1e5),
    )
    fields.done()
    return credit


def _optional(fields: Fields, key: str, high: float) -> float | None:
    return fields.number(key, 0, high) if key in fields else None


def _span(fields: Fields) -> Any:
    start, end = fields.day("start", FIRST), fields.day("end", LAST)
    if end < start:
        raise fields.wrong("end", f"must not be before start: {end} is before {start}")
    return {"start": start, "end": end}


def _check(site: Site, fields: Fields) -> None:
    """What single keys cannot say: names, limits and tariffs that fit together."""
    if not site.machines and not site.ai:
        raise fields.wrong("machines", "is missing: a site needs [[machines]] or [[ai]]")
    for key, items in (("machines", site.machines), ("ai", site.ai), ("tariffs", site.tariffs)):
        names = [item.name for item in items]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise fields.wrong(key, f"has two tables named {twice!r}")
    if site.ai_mw > site.limit_mw:
        raise fields.wrong("limit_mw", f"is {site.limit_mw:g}, less than the {site.ai_mw:g} MW of [[ai]]")
    if site.power.block_mw > site.limit_mw:
        raise fields.wrong("power", f"block_mw is {site.power.block_mw:g}, above limit_mw {site.limit_mw:g}")
    _check_overlaps(site, fields)


def _check_overlaps(site: Site, fields: Fields) -> None:
    rows = [
        ("tariffs", (t.kind, t.months), t.name, t.start, t.end) for t in site.tariffs if t.kind != "energy"
    ]
    rows += [("reserves", (r.product, ()), r.product, r.start, r.end) for r in site.reserves]
    for index, (key, kind, name, start, end) in enumerate(rows):
        for other_key, other_kind, other, other_start, other_end in rows[:index]:
            alike = key == other_key and _same(kind, other_kind)
            if alike and start <= other_end and other_start <= end:
                first, last = max(start, other_start), min(end, other_end)
                raise fields.wrong(
                    key, f"{other!r} and {name!r} overlap from {first} to {last}: end one first"
                )


def _same(one: tuple[str, tuple[int, ...]], other: tuple[str, tuple[int, ...]]) -> bool:
    """Whether two charges or products are of one kind: coincident peaks are if they share a month."""
    return one[0] == other[0] and (not one[1] or bool(set(one[1]) & set(other[1])))
