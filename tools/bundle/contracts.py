"""Announced AI contracts, with the deals they belong to."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

# (company, pattern of the counterparty) -> (deal, what the row does to the earlier ones)
_DEALS = (
    ("CORZ", "initial", "CoreWeave", ""),
    ("CORZ", "CoreWeave", "CoreWeave", "restates"),
    ("CIFR", "lease extended", "Barber Lake", "extends"),
    ("CIFR", "Barber Lake", "Barber Lake", ""),
)


# (company, pattern of the counterparty) -> day from which the row was known, if later than its announcement
_KNOWN = (("APLD", "after third lease", date(2025, 10, 22)),)

_AMOUNTS = ("MW_gross", "MW_critical_it", "term_years", "contract_value_usd", "start", "capex_usd")
_ASIDE = re.compile(r"\(([^;]*?)(?:;|, total|, potential)[^)]*\)")


def contract_rows(table: Iterable[Mapping[str, str]]) -> Iterator[list[str]]:
    """Rows of `ai_contracts.csv` in the order of `CONTRACT_COLUMNS`; asides in their names become columns."""
    for raw in table:
        ticker, who = raw["ticker"], raw["counterparty"]
        deals = (entry[2:] for entry in _DEALS if entry[0] == ticker and re.search(entry[1], who))
        deal, does = next(deals, ("", ""))
        flags = [str(does == word).lower() for word in ("restates", "extends")]
        name = f"{ticker} {deal}" if deal else ""
        head = [ticker, raw["announced"], _known(raw).isoformat(), _ASIDE.sub(r"(\1)", who), raw["type"]]
        tail = [name, *flags, _share(ticker, who), _sold(who), raw["url"]]
        yield [*head, *(raw[column] for column in _AMOUNTS), *tail]


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
