"""How a company's title, key numbers and targets are written, on the page and in a terminal."""

from __future__ import annotations

from decimal import Decimal

from hashpivot.company import CompanyProfile, KeyNumber, absence_of, number_in, short_name
from hashpivot.season import TrackedTarget

from .formats import clean, compact_money, format_amount, format_share, metric_title, plain_number, unit_scale


def company_title(profile: CompanyProfile) -> str:
    """`Core Scientific: AI colocation brings 83% of revenue ...`; the message alone where it names it."""
    name = clean(short_name(profile.company.name))
    said = clean(profile.message.title)
    return said if name in said else f"{name}: {said}"


def key_text(number: KeyNumber) -> str:
    """A key number in the unit of its name; a dash if there is none."""
    value = number_in(number.amount)
    if value is None or absence_of(number.amount) is not None:
        return "–"
    unit = next(unit for suffix, unit in _UNITS if number.name.endswith(suffix))
    if unit == "usd":
        return compact_money(value)
    if unit == "share":
        return format_share(value) if value else "0%"
    scale = unit_scale(unit)
    return f"{scale.write(value)} {scale.words}"


_UNITS = (("_usd", "usd"), ("_share", "share"), ("_mw", "mw"), ("_ehs", "ehs"))


def target_text(tracked: TrackedTarget) -> str:
    """`Hash rate 31 EH/s`, `Power energized 200 to 250 MW`, `Capex up to $50.0m`."""
    target = tracked.judged.target
    return f"{metric_title(target.metric)} {range_words(target.low, target.high, target.unit, target.added)}"


def range_words(low: Decimal | None, high: Decimal | None, unit: str, added: bool) -> str:
    """`31 EH/s`, `200 MW to 250 MW`, `up to $50.0m`; `+` before what comes on top of what there is."""
    plus = "+" if added else ""
    if low is None:
        return "no number" if high is None else f"up to {plus}{format_amount(high, unit)}"
    if high is None:
        return f"at least {plus}{format_amount(low, unit)}"
    if low == high:
        return plus + format_amount(low, unit)
    return f"{plus}{format_amount(low, unit)} to {format_amount(high, unit)}"


def rate_words(low: Decimal, high: Decimal) -> str:
    """A rate of interest with all its digits, or a range: `0.75%`, `5.5% to 8.25%`."""
    first, last = (f"{plain_number(rate * 100)}%" for rate in (low, high))
    return first if low == high else f"{first} to {last}"
