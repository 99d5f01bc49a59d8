"""Rows of AI contracts as announced."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hashpivot.core import Source, TextFact

from ..disclosures import CONTRACT_KINDS, RECORDED_CONTRACT, Contract, canonical_json, contract_data
from ..store import Entry
from . import _parse as parse
from ._cells import Cells, Unfit
from ._columns import KNOWN, SUPERSEDES, TICKER, RecordColumn, source_columns
from ._source import known_of_row, locator_of_row, source_cells, source_of_row

CONTRACT_ROW = (
    replace(TICKER, meaning="The company that provides", example="APLD"),
    RecordColumn("announced", "Day or month of the announcement", "2025-06-02", required=True),
    replace(KNOWN, meaning="Day from which the public could know what the row says", example="2025-06-02"),
    RecordColumn("counterparty", "Customer, and site in brackets", "CoreWeave (Ellendale)", required=True),
    RecordColumn("kind", "colocation or cloud", "colocation", required=True),
    RecordColumn("mw_gross", "Megawatts at the meter"),
    RecordColumn("mw_critical_it", "Megawatts of machines", "250"),
    RecordColumn("term_years", "Length without options", "15"),
    RecordColumn("contract_value_usd", "Announced value over the term", "7000000000"),
    RecordColumn("start", "As announced: 2025-Q4, 2026-08, 2026-08-15, 2026-H2 or 2026", "2025-Q4"),
    RecordColumn("capex_usd", "Announced cost to build"),
    RecordColumn("group", "Name of the deal, where several rows are stages of one"),
    RecordColumn("restates", "true if it replaces all earlier rows of its group instead of adding to them"),
    RecordColumn("extends", "true if it is of the same halls for longer: adds value, no megawatts"),
    RecordColumn("share", "The company's share of it, 1 unless it is a joint venture's"),
    RecordColumn("ended", "Last day it was in force, if it is over"),
    *source_columns("Applied Digital and CoreWeave sign leases", "first paragraph"),
    SUPERSEDES,
)

_SIZES = ("mw_gross", "mw_critical_it", "term_years", "contract_value_usd", "capex_usd")
_START = re.compile(r"[0-9]{4}(?:-(?:Q[1-4]|H[12]|[0-9]{2}(?:-[0-9]{2})?))?")


def contract_entry(cells: Cells) -> Entry | None:
    """Return the contract of a row as a text fact; None if it is at fault."""
    ticker = cells.read("ticker", parse.ticker_among(cells.scene.companies))
    known = known_of_row(cells)
    source, locator = source_of_row(cells, ticker, known), locator_of_row(cells)
    contract = _contract(cells, ticker or "", known or date.max)
    _check_days(cells, contract, known)
    _check_megawatts(cells, contract)
    if cells.faults or not (source and locator and known):
        return None
    contract = replace(contract, url=source.url or source.accession or source.name)
    data = canonical_json(contract_data(contract))
    fact = TextFact(contract.ticker, source.key, known, RECORDED_CONTRACT, locator, data)
    return Entry(cells.line, source, fact, cells.text("supersedes"))


def contract_cells(contract: Contract) -> dict[str, str]:
    """Return the cells of a contract, as `contract_entry` reads them, without those of its source."""
    names = [field.name for field in fields(Contract) if field.name not in ("url", "value_from")]
    return {name: _cell(getattr(contract, name)) for name in names}


def recorded_contract_cells(contract: Contract, source: Source, fact: TextFact) -> dict[str, str]:
    """Return the cells of a contract that was recorded, with those of its source."""
    return {**contract_cells(contract), **source_cells(source, fact.locator)}


def _contract(cells: Cells, ticker: str, known: date) -> Contract:
    """The contract of a row; what is at fault in it stands for nothing."""
    sizes: dict[str, Any] = {name: cells.read(name, parse.positive) for name in _SIZES}
    return Contract(
        ticker=ticker,
        announced=cells.read("announced", parse.month_or_day) or "",
        known=known,
        counterparty=cells.read("counterparty", parse.words) or "",
        kind=cells.read("kind", parse.one_of(CONTRACT_KINDS)) or "",
        **sizes,
        start=cells.read("start", _start) or "",
        group=cells.read("group", parse.words) or "",
        restates=cells.read("restates", parse.switch) or False,
        extends=cells.read("extends", parse.switch) or False,
        share=cells.read("share", parse.fraction) or Decimal(1),
        ended=cells.read("ended", parse.day),
        url="",
    )


def _check_days(cells: Cells, contract: Contract, known: date | None) -> None:
    """Find fault with days in the wrong order, and with a stage of no deal."""
    if known and contract.announced and contract.announced > str(known)[: len(contract.announced)]:
        cells.fault("known", f"{known} is before the announcement, {contract.announced}", "write a later day")
    if contract.ended and contract.announced and str(contract.ended) < contract.announced:
        cells.fault("ended", f"{contract.ended} is before the announcement, {contract.announced}")
    if contract.restates and not contract.group:
        cells.fault(
            "group", "is empty, and the row restates its group", "name the deal as its earlier rows do"
        )
    if contract.restates and contract.extends:
        cells.fault("extends", "a row either restates its group or extends a deal", "write one of them")


def _check_megawatts(cells: Cells, contract: Contract) -> None:
    """Find fault with machines that draw more than the meter gives."""
    gross, critical = contract.mw_gross, contract.mw_critical_it
    if gross is not None and critical is not None and critical > gross:
        cells.fault(
            "mw_critical_it",
            f"{critical:f} is more than mw_gross, {gross:f}, which contains it",
            "write the power of the machines here, that at the meter into mw_gross",
        )


def _start(text: str) -> str:
    if _START.fullmatch(text) and _with_start(text).starts:
        return text
    raise Unfit(
        f"{text!r} is no announced start", "write it like 2025-Q4, 2026-08, 2026-08-15, 2026-H2 or 2026"
    )


def _with_start(start: str) -> Contract:
    """A contract with this start alone, to ask it which days that is."""
    return Contract(
        "", "", date.min, "", "", None, None, None, None, start, None, "", False, False, Decimal(1), None, ""
    )


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
