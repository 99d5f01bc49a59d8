"""The workbook of a nowcast: companies, lines, profit, the way from the last report, inputs and sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hashpivot.core import HashpivotError, Missing, write_bytes
from hashpivot.ledger import View
from hashpivot.nowcast import CompanyNowcast, Nowcast

from ..shared import safe_url
from ._table_workbook import tables_workbook


def nowcast_workbook(nowcast: Nowcast, view: View) -> bytes:
    """A nowcast as an Excel workbook; numbers are values, each input names its source.

    Args:
        nowcast: The nowcast.
        view: The figures it was made from, for their sources.
    """
    companies = list(nowcast.companies.values())
    tables: dict[str, list[dict[str, Any]]] = {
        "Nowcast": nowcast.records(),
        "Lines": [{"ticker": each.ticker} | row for each in companies for row in each.records()],
        "Profit": [row for each in companies for row in _profit(each)],
        "From the last report": [
            {"ticker": each.ticker, "step": step.name, "usd": step.usd}
            for each in companies
            for step in each.bridge
        ],
        "Inputs": [row for each in companies for row in _inputs(each, view)],
        "No nowcast": [{"ticker": t, "reason": why.reason} for t, why in nowcast.missing.items()],
    }
    shown = {name: rows for name, rows in tables.items() if rows}
    return tables_workbook(f"Nowcast {nowcast.quarter}", shown, nowcast.as_of)


def write_nowcast_workbook(nowcast: Nowcast, view: View, path: Path) -> Path:
    """Write `nowcast_workbook` to a file, whole or not at all.

    Raises:
        UnwritableFile: If the file cannot be written; what it held before is untouched.
    """
    return write_bytes(nowcast_workbook(nowcast, view), path)


def _profit(company: CompanyNowcast) -> Iterator[dict[str, Any]]:
    for name, value in (
        ("gross profit", company.total_gross_profit),
        ("adjusted EBITDA", company.adjusted_ebitda),
        ("change in fair value of bitcoin", company.fair_value_change),
    ):
        row = {"ticker": company.ticker, "measure": name}
        basis = company.ebitda_basis if value is company.adjusted_ebitda else ""
        if isinstance(value, Missing):
            missing = {"basis": "", "absent": value.reason}
            yield row | dict.fromkeys(("median_usd", "p10_usd", "p90_usd")) | missing
        else:
            yield row | value.to_dict() | {"basis": basis, "absent": ""}


def _inputs(company: CompanyNowcast, view: View) -> Iterator[dict[str, Any]]:
    for each in company.inputs:
        form, url = _source(each.source, view)
        yield {
            "ticker": company.ticker,
            "input": each.name,
            "value": each.value,
            "source": each.source,
            "form": form,
            "url": url,
        }


def _source(text: str, view: View) -> tuple[str, str]:
    """Form and address of what an input was taken from; empty where it names neither."""
    if safe_url(text):
        return "", text
    try:
        figure = view.figure(text)
    except HashpivotError:
        return "", ""
    source = view.source_named(figure.source)
    return (source.form, source.url) if source else ("", "")
