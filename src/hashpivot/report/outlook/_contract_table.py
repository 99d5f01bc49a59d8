"""AI contracts of an outlook: what was announced, what the outlook takes, and where it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hashpivot.outlook import ListedContract, no_contracts

from ..shared import Link, TextTable, clean, compact_money, link_to
from ._solvency import DASH

_STATUS = {
    "running": "runs",
    "begun": "begun in part",
    "due": "no report yet",
    "ahead": "ahead",
    "extension": "extension",
    "left_out": "not projected",
    "scenario": "of the scenario",
}
_EVIDENCE = {
    "filing": "a filing",
    "release": "the company's release",
    "secondary": "not verified in a filing",
    "user": "the scenario",
}
_DOUBTED = "secondary"
_BRIEFLY = {"release": "its release", _DOUBTED: "no filing"}
"""For a table of text, where columns are few."""
_HEADER = ("Customer", "Status", "Start", "MW", "USD/kW-month", "Years", "To spend", "Read in")
_NOTE = (
    "MW, rent and cost: the company's share of what is still to come; of one that runs, as announced. Rent "
    "of GPU time is with the machines. An asterisk: assumed, or of other contracts. Inputs say how."
)


@dataclass(frozen=True, slots=True)
class ContractView:
    """One contract as the page shows it: its cells, where it was read, and a warning."""

    cells: tuple[str, ...]
    link: Link
    warning: str


def contract_views(contracts: Sequence[ListedContract]) -> list[ContractView]:
    """A row a contract."""
    return [
        ContractView(
            _cells(each),
            link_to(_read(each), each.source),
            _EVIDENCE[_DOUBTED] if each.evidence == _DOUBTED else "",
        )
        for each in contracts
    ]


def contracts_table(ticker: str, contracts: Sequence[ListedContract], longest: int = 400) -> TextTable:
    """The contracts as text; without any a note alone.

    Args:
        ticker: The company.
        contracts: The contracts.
        longest: Letters of a customer's name that are shown.
    """
    if not contracts:
        return TextTable("AI contracts", (), (), notes=(no_contracts(clean(ticker)),))
    rows = tuple((clean(each.customer, longest), *_cells(each)[1:], _briefly(each)) for each in contracts)
    return TextTable("AI contracts", _HEADER, rows, left=3, notes=(_NOTE, *_costs(contracts)))


def _briefly(each: ListedContract) -> str:
    return _BRIEFLY.get(each.evidence, _EVIDENCE[each.evidence])


def contract_header(contracts: Sequence[ListedContract]) -> tuple[tuple[str, ...], str]:
    """Names of the columns, and what they mean; of assumed costs, what they are the cost of."""
    return _HEADER, " ".join((_NOTE, *_costs(contracts)))


def _costs(contracts: Sequence[ListedContract]) -> list[str]:
    """A sentence for each way in which costs are assumed."""
    by_basis: dict[str, list[str]] = {}
    for each in contracts:
        if each.capex_basis:
            by_basis.setdefault(each.capex_basis, []).append(clean(each.customer))
    return [f"Cost assumed{_of(of) if len(by_basis) > 1 else ''}: {basis}." for basis, of in by_basis.items()]


def _cells(each: ListedContract) -> tuple[str, ...]:
    rent = _number(each.usd_per_kw_month, 0, "rent" in each.assumed)
    return (
        clean(each.customer),
        _overdue(each.overdue_quarters) if each.status == "overdue" else _STATUS[each.status],
        str(each.start or clean(each.announced_start) or DASH),
        _number(each.critical_mw, 0),
        rent,
        _number(each.term_years, 1, "term" in each.assumed),
        _capex(each),
    )


def _of(customers: Sequence[str]) -> str:
    return f" of {'; '.join(customers)}"


def _capex(each: ListedContract) -> str:
    if each.capex_usd is None:
        return DASH
    return (compact_money(each.capex_usd) if each.capex_usd else "0") + _star("capex" in each.assumed)


def _read(each: ListedContract) -> str:
    """`a filing, 2026-04-21`; of a secondary account the day alone, beside its warning."""
    day = each.announced.isoformat() if each.announced else ""
    return ", ".join(filter(None, ("" if each.evidence == _DOUBTED else _EVIDENCE[each.evidence], day)))


def _overdue(quarters: int) -> str:
    return f"{quarters} quarter{'s' if quarters > 1 else ''} overdue"


def _number(value: float | None, digits: int, assumed: bool = False) -> str:
    return DASH if value is None else f"{value:,.{digits}f}".removesuffix(".0") + _star(assumed)


def _star(assumed: bool) -> str:
    return "*" if assumed else ""
