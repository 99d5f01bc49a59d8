"""How numbers and words from filings are written for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from hashpivot.core import Figure, Missing
from hashpivot.season import Metric

Number = float | int | Decimal

MINUS = "−"

LONGEST = 240
"""Characters of one text from a filing that are shown."""


def format_missing(value: Missing) -> str:
    """The kind of absence in words, such as `not in ledger`; the reason is in `value.reason`."""
    return value.code.words


def format_money(value: Number | Missing, *, exact: bool = False) -> str:
    """US dollars as `$142.6m`, or `$142,600,000` if `exact`.

    Amounts that would round to `$0.0m` keep more digits: `$0.012m`, `$312`, to the cent.
    """
    if isinstance(value, Missing):
        return format_missing(value)
    size = Decimal(str(abs(value)))
    if size < 500 and not exact:
        size = round(size, 2)
    if exact or size < 500:
        return _sign(value) + "$" + plain_number(size)
    return f"{_sign(value)}${float(size) / 1e6:,.{1 if size >= 50_000 else 3}f}m"


def money_change(usd: Number) -> str:
    """A change in dollars with its sign: `+$14.5m`, `−$8.4m`."""
    return ("+" if usd > 0 else "") + format_money(usd)


def format_share(value: Number | Missing, *, signed: bool = False) -> str:
    """A fraction as per cent with one decimal: `12.3%`, `−4.0%`; `+12.3%` if `signed`."""
    if isinstance(value, Missing):
        return format_missing(value)
    size = abs(float(value))
    digits = "<0.1%" if 0 < size < 0.0005 else f"{size:,.1%}"
    return ("+" if signed and value > 0 else _sign(value)) + digits


def format_value(metric: Metric) -> str:
    """The value of a metric in the unit of its name, `≥` before a lower bound; in words if missing."""
    value = metric.value
    if isinstance(value, Missing):
        return format_missing(value)
    if isinstance(value, str):
        return clean(value.replace("_", " "))
    named = next((write for suffix, write in _BY_SUFFIX if metric.name.endswith(suffix)), _count)
    return ("≥" if metric.at_least else "") + named(value)


def format_figure(figure: Figure) -> str:
    """The exact value of a figure with its unit."""
    if figure.unit == "usd":
        return format_money(figure.value, exact=True)
    return format_amount(figure.value, figure.unit)


def format_amount(value: Decimal, unit: str) -> str:
    """An amount with its unit: `31.5 EH/s`, `12%`; dollars in millions."""
    if unit == "usd":
        return format_money(value)
    if unit == "pure":
        return _sign(value) + plain_number(abs(value) * 100) + "%"
    return f"{_sign(value)}{plain_number(abs(value))} {_UNITS.get(unit, clean(unit))}"


@cache
def metric_title(name: str) -> str:
    """A metric's name as a page writes it: `ai_chips_growth_yoy` -> `AI and chips growth, year on year`."""
    words = name
    for pattern, written in _WORDS:
        words = re.sub(pattern, written, words)
    words = words.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def plain_number(value: Number) -> str:
    """All digits, thousands separated, no trailing zeros."""
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def clean(text: str, limit: int = LONGEST) -> str:
    """Text from outside without control or direction characters, on one line, cut at `limit`."""
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    seen = text[: 4 * limit]
    flat = " ".join("".join(letter if letter.isprintable() else " " for letter in seen).split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def minus(formula: str) -> str:
    """A formula with real minus signs."""
    return formula.replace(" - ", f" {MINUS} ")


def _sign(value: Number) -> str:
    return MINUS if value < 0 else ""


def _change(value: Number) -> str:
    return format_share(value, signed=True)


def _times(value: Number) -> str:
    return f"{_sign(value)}{abs(value):,.2f}×"


def _count(value: Number) -> str:
    return _sign(value) + (f"{abs(value):,}" if isinstance(value, int) else f"{abs(value):,.2f}")


def _with(unit: str) -> Callable[[Number], str]:
    return lambda value: f"{_sign(value)}{abs(value):,.1f} {unit}"


_BY_SUFFIX: tuple[tuple[str, Callable[[Number], str]], ...] = (
    ("_usd", format_money),
    ("_share", format_share),
    ("_growth_yoy", _change),
    ("_growth_qoq", _change),
    ("_ratio", _times),
    ("_mw", _with("MW")),
    ("_quarters", _with("quarters")),
    ("_days", _with("days")),
)

_UNITS = {
    "shares": "shares",
    "gpus": "GPUs",
    "btc": "BTC",
    "ehs": "EH/s",
    "mw": "MW",
    "j_per_th": "J/TH",
    "usd_per_btc": "USD per BTC",
    "usd_per_mwh": "USD per MWh",
}

_WORDS = (
    (r"_usd$", ""),
    (r"_mw$", ", MW"),
    (r"_margin_share$", "_margin"),
    (r"_yoy$", ", year on year"),
    (r"_qoq$", ", quarter on quarter"),
    (r"^ai_chips", "AI and chips"),
    (r"(?<![a-z])ai(?![a-z])", "AI"),
    (r"^power_gross$", "gross_power"),
    (r"^power_critical_it$", "critical_it_power"),
    (r"critical_it", "critical IT"),
    (r"gpus$", "GPUs"),
    (r"research_development", "research and development"),
    (r"^targets_(contracted|guided|aspired)_quarterly_revenue", r"Quarterly revenue \1 on top"),
    (r"^contracts_to_begin_(critical IT)", r"\1 of contracts to begin"),
    (r"^contracts_and_targets_to_build", "Capital expenditure to come"),
    (r"^operating_cash_flow_year", "Operating cash flow, a year of it"),
)
