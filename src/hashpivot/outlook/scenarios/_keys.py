"""Inputs by key, `mining.uptime` or `market.price.volatility`: how sweeps and sensitivities change a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hashpivot.core import InvalidInput

from ..inputs import changed, current_key, unknown
from ..run import OutlookCase
from ._file import MARKET, SECTIONS

SCALED: dict[str, dict[str, tuple[str, ...]]] = {
    "contracts": {
        "usd_per_quarter": ("usd_per_quarter", "usd_per_kw_month"),
        "capex_usd": ("capex_usd",),
        "margin": ("margin",),
        "tenant_chance": ("tenant_chance",),
    },
    "power": {
        "power_usd_per_mwh": ("power_usd_per_mwh",),
        "credits_usd_per_mw_hour": ("credits_usd_per_mw_hour",),
    },
}
"""What `contracts.KEY` scales in all contracts at once (`usd_per_quarter` any rate of their own), and
`power.KEY` in all quarters of the site."""


FACTORS = (0.0, 10.0)
"""Least and largest factor."""


def with_inputs(case: OutlookCase, values: Mapping[str, Any]) -> OutlookCase:
    """A case with some inputs set.

    Args:
        case: The case.
        values: By key: `SECTION.INPUT`, `market.PART.INPUT`; `contracts.usd_per_quarter`,
            `contracts.capex_usd`, `contracts.margin`, `contracts.tenant_chance`, `power.power_usd_per_mwh`
            and `power.credits_usd_per_mw_hour` are factors on all contracts or quarters of the site.

    Raises:
        InvalidInput: Naming a key that is not known, or a value out of range.
    """
    for key, value in values.items():
        case = _with_input(case, current_key(key, "inputs"), value)
    return case


def parse_inputs(texts: Iterable[str]) -> dict[str, float]:
    """Inputs written as `KEY=VALUE`, by key.

    Raises:
        InvalidInput: If a text is not written so.
    """
    return dict(_parsed(text) for text in texts)


def _parsed(text: str) -> tuple[str, float]:
    key, _, value = text.partition("=")
    try:
        return key.strip(), float(value)
    except ValueError:
        hint = "write KEY=VALUE, such as market.price.start_factor=0.5"
        raise InvalidInput(f"{text!r} sets no input", hint=hint) from None


def checked_assumptions(values: Mapping[str, float]) -> dict[str, float]:
    """Assumptions by key, each of an input of `finance`.

    Raises:
        InvalidInput: For a key of another section: what is assumed is the company's money.
    """
    stray = next((key for key in values if not key.startswith("finance.")), None)
    if stray is not None:
        hint = f"assume finance.cash_usd or another input of finance; others are set: --set {stray}=VALUE"
        raise InvalidInput(f"{stray!r} is no input of finance", hint=hint)
    return dict(values)


def get_input(case: OutlookCase, key: str) -> float:
    """The value of a numeric input.

    Raises:
        InvalidInput: If there is no such input, or it is not known.
    """
    section, name = _split(current_key(key, "inputs"))
    if section in SCALED:
        return 1.0
    inputs = _section(case, section, key)
    unknown({name: None}, set(inputs.__dataclass_fields__), section)
    value = getattr(inputs, name)
    if value is None:
        raise InvalidInput(f"{key} is not known", hint=f"assume it: {key}=NUMBER")
    return float(value)


def allowed_range(case: OutlookCase, key: str) -> tuple[float, float]:
    """Lowest and highest value a numeric input may have.

    Raises:
        InvalidInput: If there is no such input.
    """
    section, name = _split(current_key(key, "inputs"))
    if section in SCALED:
        return FACTORS
    inputs = _section(case, section, key)
    unknown({name: None}, set(inputs.__dataclass_fields__), section)
    allowed = inputs.__dataclass_fields__[name].metadata
    return allowed["low"], allowed["high"]


def _with_input(case: OutlookCase, key: str, value: Any) -> OutlookCase:
    section, name = _split(key)
    if section in SCALED:
        return _scaled(case, section, name, value)
    new = changed(_section(case, section, key), {name: value}, section)
    if section.startswith("market."):
        part = section.removeprefix("market.")
        return replace(case, parameters=replace(case.parameters, **{part: new}))
    return case.with_company(replace(case.inputs, **{section: new}))


def _split(key: str) -> tuple[str, str]:
    section, _, name = key.rpartition(".")
    return section, name


def _section(case: OutlookCase, section: str, key: str) -> Any:
    if section in SECTIONS:
        return getattr(case.inputs, section)
    if section.removeprefix("market.") in MARKET and section.startswith("market."):
        return getattr(case.parameters, section.removeprefix("market."))
    sections = ", ".join([*SECTIONS, *SCALED, *(f"market.{part}" for part in MARKET)])
    raise InvalidInput(f"no input is called {key!r}", hint=f"write SECTION.INPUT; sections are {sections}")


def _scaled(case: OutlookCase, section: str, name: str, factor: Any) -> OutlookCase:
    unknown({name: None}, SCALED[section], section)
    low, high = FACTORS
    if isinstance(factor, bool) or not isinstance(factor, int | float) or not low <= factor <= high:
        hint = f"allowed is {low:g} to {high:g}"
        raise InvalidInput(f"{name} = {factor!r} is no factor", where=section, hint=hint)
    rows = getattr(case.inputs, section)
    names = SCALED[section][name]
    scaled = tuple(replace(each, **{key: getattr(each, key) * factor for key in names}) for each in rows)
    changes: dict[str, Any] = {section: scaled}
    return replace(case, inputs=replace(case.inputs, **changes))
