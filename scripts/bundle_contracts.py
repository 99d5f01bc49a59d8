"""Announced AI contracts, with the deals they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

# (company, pattern of the counterparty) -> (deal, True if the row restates the earlier ones)
_DEALS = (
    ("CORZ", "initial", "CoreWeave", False),
    ("CORZ", "CoreWeave", "CoreWeave", True),
    ("CIFR", "lease extended", "Barber Lake", True),
    ("CIFR", "Barber Lake", "Barber Lake", False),
)


def contract_rows(table: Iterable[Mapping[str, str]]) -> Iterator[list[str]]:
    for raw in table:
        who = raw["counterparty"]
        deals = (entry for entry in _DEALS if entry[0] == raw["ticker"] and re.search(entry[1], who))
        _, _, deal, restates = next(deals, ("", "", "", False))
        short = re.sub(r"\(([^;]*?)(?:;|, total|, potential)[^)]*\)", r"(\1)", who)
        amounts = ("MW_gross", "MW_critical_it", "term_years", "contract_value_usd", "start", "capex_usd")
        deal_name = f"{raw['ticker']} {deal}" if deal else ""
        head = [raw["ticker"], raw["announced"], short, raw["type"]]
        yield [*head, *(raw[name] for name in amounts), deal_name, str(restates).lower(), raw["url"]]
