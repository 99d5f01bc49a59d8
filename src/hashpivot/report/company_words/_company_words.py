"""How a company's title and key numbers are written, on the page and in a terminal."""

from __future__ import annotations

from hashpivot.company import CompanyProfile, KeyNumber, absence_of, number_in, short_name

from ..shared import clean, compact_money, format_share, unit_scale

_UNITS = (("_usd", "usd"), ("_share", "share"), ("_mw", "mw"), ("_ehs", "ehs"))


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
