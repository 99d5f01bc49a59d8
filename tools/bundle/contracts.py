"""Announced AI contracts, with the deals they belong to."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from .rows import plain_address

# (company, pattern of the counterparty) -> (deal, what the row does to the earlier ones)
_DEALS = (
    ("APLD", "after third lease", "Polaris Forge 1", "restates"),
    ("APLD", "Polaris Forge 1", "Polaris Forge 1", ""),
    ("CORZ", "initial", "CoreWeave", ""),
    ("CORZ", "CoreWeave", "CoreWeave", "restates"),
    ("CORZ", "AMD", "AMD", ""),
    ("CIFR", "lease extended", "Barber Lake", "extends"),
    ("CIFR", "Barber Lake", "Barber Lake", ""),
    ("CIFR", "Stingray", "Stingray", ""),
    ("IREN", "^NVIDIA", "NVIDIA", ""),
    ("HUT", "Beacon Point phase 1", "Beacon Point phase 1", ""),
    ("WULF", "Core42", "Core42", ""),
)
# A row that tells more of rows before it, and takes their place.
_TELLS_MORE = re.compile(r"\b(?:detail|value) of the (?:two )?rows? held\b")


# (company, pattern of the counterparty) -> day from which the row was known, if later than its announcement
_KNOWN = (
    ("APLD", "after third lease", date(2025, 8, 29)),  # the third lease was signed then
    # The lease's terms stand in an exhibit to the offering of the site's notes; filed by the end of June.
    ("CIFR", "Stingray, detail", date(2026, 6, 30)),
    # The sum was said on the call about 2024Q4.
    ("WULF", "Core42 .value", date(2025, 2, 28)),
)

_AMOUNTS = ("MW_gross", "MW_critical_it", "term_years", "contract_value_usd", "start", "capex_usd")
_LONG = 90
_ASIDE = re.compile(r"\(([^;]*?)(?:;|, total|, potential)[^)]*\)")


def contract_rows(table: Iterable[Mapping[str, str]]) -> Iterator[list[str]]:
    """Rows of `ai_contracts.csv` by company and announcement, in the order of `CONTRACT_COLUMNS`.

    Asides in their names become columns; a row that tells more of an earlier one restates it.
    """
    names: dict[str, str] = {}
    for raw in sorted(table, key=lambda row: (row["ticker"], row["announced"])):
        ticker, who = raw["ticker"], raw["counterparty"]
        deals = (entry[2:] for entry in _DEALS if entry[0] == ticker and re.search(entry[1], who))
        deal, does = next(deals, ("", ""))
        does = "restates" if _TELLS_MORE.search(who) else does
        flags = [str(does == word).lower() for word in ("restates", "extends")]
        group = f"{ticker} {deal}" if deal else ""
        name = _name(who, names.get(group, ""))
        names.setdefault(group, name)
        head = [ticker, raw["announced"], _known(raw).isoformat(), name, raw["type"]]
        tail = [group, *flags, _share(ticker, who), _sold(who), plain_address(raw["url"])]
        yield [*head, *(raw[column] for column in _AMOUNTS), *tail]


def _name(who: str, earlier: str) -> str:
    """Customer and site: of a row that tells more, those of the row whose place it takes."""
    if "value of the two rows held" in who:
        return who.split(",")[0]
    name = earlier if _TELLS_MORE.search(who) and earlier else _ASIDE.sub(r"(\1)", who)
    return name if len(name) <= _LONG else _first_customers(name)


def _first_customers(name: str) -> str:
    """The first two of many customers and how many more there are, with the aside."""
    customers, mark, aside = name.partition(" (")
    first, second, *others = re.split(r", | and ", customers)
    return f"{first}, {second} and {len(others)} others{mark}{aside}"


def _known(raw: Mapping[str, str]) -> date:
    """Day of the announcement, the month's last if only the month is given, or a later one we must assume."""
    later = (d for t, who, d in _KNOWN if t == raw["ticker"] and re.search(who, raw["counterparty"]))
    year, month, *day = map(int, raw["announced"].split("-"))
    return next(later, date(year, month, day[0] if day else monthrange(year, month)[1]))


def _share(ticker: str, who: str) -> str:
    """The company's share of a joint venture as a fraction, the least of a range; 1 if nothing is said."""
    found = re.search(rf"\b{ticker} ([\d.]+)(?:-[\d.]+)?%", who)
    return str(Decimal(found[1]) / 100) if found else "1"


def _sold(who: str) -> str:
    found = re.search(r"\bsold (\d{4}-\d\d-\d\d)\b", who)
    return found[1] if found else ""
