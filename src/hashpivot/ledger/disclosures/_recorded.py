"""What is recorded by hand as text facts of the ledger: whole contracts, and the day a source was filed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hashpivot.core import TextFact

from ._contract import Contract
from ._text_facts import restore_fact

RECORDED_CONTRACT = "recorded_contract"
"""Kind of the text fact that holds a contract as recorded; `contract` is a mention that was read."""
FILING_DATE = "filing_date"
"""Kind of the text fact that says when a source was filed."""

_AMOUNTS = ("mw_gross", "mw_critical_it", "term_years", "contract_value_usd", "capex_usd", "share")
_WORDS = ("announced", "counterparty", "kind", "start", "group", "url")
_SWITCHES = ("restates", "extends")


@dataclass(frozen=True, slots=True)
class FilingDate:
    """The day a source was filed, as recorded.

    Args:
        source: Accession of the filing, or key of the source; of one recorded by hand without its revision.
        known: The day.
    """

    source: str
    known: date


def contract_data(contract: Contract) -> dict[str, Any]:
    """Return a contract as the data of a text fact; company and day stand in the fact itself."""
    amounts = {name: getattr(contract, name) for name in _AMOUNTS}
    return {
        **{name: None if amount is None else f"{amount:f}" for name, amount in amounts.items()},
        **{name: getattr(contract, name) for name in (*_WORDS, *_SWITCHES)},
        "ended": contract.ended.isoformat() if contract.ended else None,
    }


@lru_cache(4096)
def recorded_contract(fact: TextFact) -> Contract:
    """Return the contract of a fact of the kind `recorded_contract`.

    Raises:
        LedgerError: If the fact is no such one.
    """
    return restore_fact(fact, (RECORDED_CONTRACT,), _contract)


def filing_date_data(filed: FilingDate) -> dict[str, Any]:
    """Return a filing date as the data of a text fact."""
    return {"source": filed.source, "known": filed.known.isoformat()}


@lru_cache(4096)
def recorded_filing_date(fact: TextFact) -> FilingDate:
    """Return the filing date of a fact of the kind `filing_date`.

    Raises:
        LedgerError: If the fact is no such one.
    """
    return restore_fact(
        fact,
        (FILING_DATE,),
        lambda _, data: FilingDate(str(data["source"]), date.fromisoformat(data["known"])),
    )


def _contract(fact: TextFact, data: dict[str, Any]) -> Contract:
    amounts = {name: None if data[name] is None else Decimal(data[name]) for name in _AMOUNTS}
    given: dict[str, Any] = {
        **{name: str(data[name]) for name in _WORDS},
        **{name: bool(data[name]) for name in _SWITCHES},
        **amounts,
        "share": amounts["share"] or Decimal(1),
        "ended": date.fromisoformat(data["ended"]) if data["ended"] else None,
    }
    return Contract(ticker=fact.ticker, known=fact.known, **given)
