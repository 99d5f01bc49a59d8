"""The AI contracts that count, each once: the bundled ones, and those announced in added filings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hashpivot.core import TextFact
from hashpivot.guidance import ContractMention, contract_of
from hashpivot.ledger import Contract, View

_ALIKE = Decimal("0.02")
_SOON = timedelta(days=60)
_NOBODY = frozenset(
    {"a", "an", "the", "its", "our", "new", "same", "undisclosed", "us", "u.s.", "leading", "another", "one"}
)


@dataclass(frozen=True, slots=True)
class KnownContracts:
    """Contracts in force, and the parties of announced ones that repeat a known one."""

    contracts: tuple[Contract, ...]
    repeated: tuple[str, ...] = ()


def known_contracts(view: View, ticker: str, day: date) -> KnownContracts:
    """The company's contracts known by a day, newest first; those a later one restates are left out.

    A contract announced in an added text counts if the company is the provider and no known one is the same.
    Two are the same if they name one party, if their megawatts or values agree within 2%, or, where one of
    them names nobody and they come from different texts, if they were announced within 60 days. The last
    text on a party replaces earlier ones. So a contract is rather left out than counted twice.
    """
    held = [(contract, "") for contract in view.contracts(ticker, day)]
    repeated: list[str] = []
    for mention, remark in _last_of_each(view, ticker, day):
        told = _contract(mention, remark, view)
        if any(_same(told, other) or _near(told, other, remark.source == read) for other, read in held):
            repeated.append(mention.counterparty)
        else:
            held.append((told, remark.source))
    newest = sorted((contract for contract, _ in held), key=lambda c: (c.announced, c.known), reverse=True)
    return KnownContracts(tuple(newest), tuple(dict.fromkeys(repeated)))


def _last_of_each(view: View, ticker: str, day: date) -> Iterator[tuple[ContractMention, TextFact]]:
    """For each party the mention of the last text, the most valuable one if it has several."""
    said = [(contract_of(r), r) for r in view.remarks(ticker, "contract") if r.known <= day]
    ours = [(mention, remark) for mention, remark in said if mention.role == "provider"]
    ours.sort(key=lambda one: (one[1].known, one[0].value_usd or 0, one[0].mw_critical_it or 0))
    names = (_party(mention.counterparty) or mention.counterparty.lower() for mention, _ in ours)
    return iter(dict(zip(names, ours, strict=True)).values())


def _contract(mention: ContractMention, remark: TextFact, view: View) -> Contract:
    source = view.sources.get(remark.source)
    place = f"{source.title if source else remark.source} {remark.locator}"
    return Contract(
        ticker=remark.ticker,
        announced=remark.known.isoformat(),
        known=remark.known,
        counterparty=mention.counterparty,
        kind="cloud" if mention.gpus else "colocation",
        mw_gross=mention.mw,
        mw_critical_it=mention.mw_critical_it,
        term_years=mention.term_years,
        contract_value_usd=mention.value_usd,
        start=mention.start.isoformat() if mention.start else "",
        capex_usd=None,
        group="",
        restates=False,
        extends=False,
        share=Decimal(1),
        ended=None,
        url=(source.url if source else "") or place,
    )


def _same(told: Contract, other: Contract) -> bool:
    party = _party(told.counterparty)
    if party and party == _party(other.counterparty):
        return True
    sizes = ("mw_critical_it", "mw_gross", "contract_value_usd")
    return any(_alike(getattr(told, size), getattr(other, size)) for size in sizes)


def _near(told: Contract, other: Contract, one_text: bool) -> bool:
    """True if one of both is unnamed and they may be one announcement; one text announces a contract once."""
    named = _party(told.counterparty) and _party(other.counterparty)
    return not named and not one_text and abs(told.known - other.known) <= _SOON


def _alike(one: Decimal | None, two: Decimal | None) -> bool:
    return one is not None and two is not None and abs(one - two) <= _ALIKE * max(abs(one), abs(two))


def _party(name: str) -> str:
    """The first word that names somebody, in lower case; empty for a party that is only described."""
    first = re.search(r"[\w.]+", name)
    word = first.group().lower() if first else ""
    return "" if word in _NOBODY else word


def begins_after(contract: Contract, day: date) -> bool | None:
    """True if the contract begins after a day, as announced; None if no start was announced."""
    if contract.starts is None:
        return None
    last = contract.starts[1]
    return (last.year, last.month) > (day.year, day.month)
