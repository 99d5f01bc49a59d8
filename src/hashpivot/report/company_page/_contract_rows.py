"""Contracts as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hashpivot.company import ContractEntry, ContractState
from hashpivot.core import not_in_ledger

from ..shared import Cell, Link, clean, compact_money, format_share, link_to, plain_number, value_cell

_UNTOLD = not_in_ledger("the row of the announcement in the ledger does not give it")


@dataclass(frozen=True, slots=True)
class ContractLine:
    """An announced contract.

    Args:
        known: Day it became known.
        counterparty: Customer and site.
        terms: Kind, share, cost to build.
        state: Where it stands.
        over: True if it is no longer in force.
        megawatts: Critical IT.
        gross: At the meter.
        years: Its term.
        value: Announced value.
        start: As announced.
        link: Where it was announced.
    """

    known: str
    counterparty: str
    terms: str
    state: str
    over: bool
    megawatts: Cell
    gross: Cell
    years: Cell
    value: Cell
    start: Cell
    link: Link


def contract_lines(entries: Sequence[ContractEntry]) -> list[ContractLine]:
    """Return a row a contract, in the order given."""
    return [_line(entry) for entry in entries]


def _line(entry: ContractEntry) -> ContractLine:
    contract = entry.contract
    return ContractLine(
        known=contract.known.isoformat(),
        counterparty=clean(contract.counterparty),
        terms=_terms(entry),
        state=f"{entry.state.words}{f' {entry.since}' if entry.since else ''}",
        over=entry.state is not ContractState.IN_FORCE,
        megawatts=_cell(contract.mw_critical_it),
        gross=_cell(contract.mw_gross),
        years=_cell(contract.term_years),
        value=_money(contract.contract_value_usd),
        start=Cell(clean(contract.start)) if contract.start else Cell(_UNTOLD.code.words, _UNTOLD.reason),
        link=link_to("source", contract.url),
    )


def _terms(entry: ContractEntry) -> str:
    contract = entry.contract
    parts = (
        clean(contract.kind),
        "" if contract.share == 1 else f"its share {format_share(contract.share)}",
        f"{compact_money(contract.capex_usd)} to build" if contract.capex_usd else "",
        "extends a deal" if contract.extends else "",
    )
    return ", ".join(filter(None, parts))


def _cell(number: Decimal | None) -> Cell:
    return value_cell(_UNTOLD if number is None else number, plain_number)


def _money(value: Decimal | None) -> Cell:
    return value_cell(_UNTOLD if value is None else value, compact_money)
