"""The tables shipped with the package: reported figures, their sources, and announced AI contracts."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from hashpivot.core import BundleError

from ._codec import FIGURE_COLUMNS, SOURCE_COLUMNS, figure_of, source_of
from ._figures import Figures

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Contract:
    """One announced contract to house or rent AI machines.

    Args:
        ticker: The company that provides.
        announced: Day or month of the announcement, `2025-06-02` or `2024-08`.
        counterparty: Customer, and site in brackets.
        kind: `colocation` or `cloud`.
        mw_gross: Megawatts at the meter, if told.
        mw_critical_it: Megawatts of machines, if told.
        term_years: Length without options, if told.
        contract_value_usd: Announced value over the term, if told.
        start: When it begins, as announced: `2025-Q4`, `2026-08`, `2026-H2`; empty if not told.
        capex_usd: Announced cost to build, if told.
        group: Name of the deal, where several rows are stages of one; else empty.
        restates: True if it replaces all earlier rows of its group instead of adding to them.
        url: Where it was read; an accession number where no page is known.
    """

    ticker: str
    announced: str
    counterparty: str
    kind: str
    mw_gross: Decimal | None
    mw_critical_it: Decimal | None
    term_years: Decimal | None
    contract_value_usd: Decimal | None
    start: str
    capex_usd: Decimal | None
    group: str
    restates: bool
    url: str

    @property
    def known(self) -> date:
        """Day from which the public could know it; the month's last if only the month is given."""
        if len(self.announced) > 7:
            return date.fromisoformat(self.announced)
        year, month = map(int, self.announced.split("-"))
        return date(year, month, monthrange(year, month)[1])


CONTRACT_COLUMNS = tuple(Contract.__dataclass_fields__)


@cache
def bundled() -> Figures:
    """The figures shipped with the package, read once a process.

    Raises:
        BundleError: If a table is damaged, naming the file and line.
    """
    return read_tables(files(__package__) / "data")


def read_tables(folder: Traversable) -> Figures:
    """The figures and sources of `figures.csv` and `sources.csv` in a folder.

    Raises:
        BundleError: If a table is damaged, naming the file and line.
    """
    sources = _read(folder / "sources.csv", SOURCE_COLUMNS, source_of)
    figures = tuple(_read(folder / "figures.csv", FIGURE_COLUMNS, figure_of))
    by_key = {source.key: source for source in sources}
    stray = next((figure for figure in figures if figure.source not in by_key), None)
    if stray:
        raise BundleError(f"figure {stray.id} names no known source", where="figures.csv", hint=_HINT)
    return Figures(by_key, figures)


@cache
def ai_contracts() -> tuple[Contract, ...]:
    """Announced AI contracts, by company and day.

    Raises:
        BundleError: If the table is damaged.
    """
    return tuple(_read(files(__package__) / "data" / "ai_contracts.csv", CONTRACT_COLUMNS, _contract))


def contracts_in_force(day: date) -> tuple[Contract, ...]:
    """Contracts announced by a day, without those a later one of the same deal restates: safe to sum."""
    known = [contract for contract in ai_contracts() if contract.known <= day]
    last = {c.group: c.known for c in sorted(known, key=lambda c: c.known) if c.restates}
    return tuple(c for c in known if c.known >= last.get(c.group, date.min))


_HINT = "install hashpivot again"


def _read(table: Traversable, columns: Sequence[str], parse: Callable[[Sequence[str]], T]) -> list[T]:
    line = 1
    try:
        with table.open(encoding="utf-8") as lines:
            rows = csv.reader(lines)
            if next(rows, []) != list(columns):
                raise ValueError("the columns are not the expected ones")
            found = []
            for row in rows:
                line = rows.line_num
                found.append(parse(row))
            return found
    except (OSError, ValueError, KeyError, ArithmeticError, csv.Error) as error:
        raise BundleError(
            f"the bundled table is damaged: {error}", where=f"{table.name}:{line}", hint=_HINT
        ) from None


def _contract(row: Sequence[str]) -> Contract:
    ticker, announced, counterparty, kind, *amounts, start, capex, group, restates, url = row
    gross, critical, years, value = map(_amount, amounts)
    known = (gross, critical, years, value, start, _amount(capex))
    return Contract(ticker, announced, counterparty, kind, *known, group, restates == "true", url)


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if text else None
