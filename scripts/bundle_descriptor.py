"""The Frictionless Data Package (version 1) that describes the tables the ledger room ships."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hashpivot.core import MEASURES, Kind, Line


def descriptor() -> dict[str, object]:
    """The Frictionless Data Package (version 1) that describes the tables."""
    return {
        "profile": "tabular-data-package",
        "name": "hashpivot-figures",
        "title": "Reported figures of bitcoin miners turning into AI and chip companies",
        "description": "Facts (numbers, names, dates) with their sources. See docs/data.md for the rules.",
        "licenses": [{"name": "Apache-2.0", "title": "Apache License 2.0"}],
        "sources": [
            {"title": "SEC filings (inline XBRL and pages reproducing filings), grade A"},
            {"title": "Company releases on wires and their copies, grade B"},
            {"title": "Trade press and transcriptions, grade C"},
        ],
        "resources": [
            _resource("sources", _SOURCE_FIELDS, "key", []),
            _resource("figures", _FIGURE_FIELDS, None, [("source", "sources", "key")]),
            _resource("ai_contracts", _CONTRACT_FIELDS, None, []),
        ],
    }


def _resource(
    name: str, fields: Mapping[str, Any], key: str | None, links: list[tuple[str, str, str]]
) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [{"name": k, **v} for k, v in fields.items()],
        "missingValues": [""],
    }
    if key:
        schema["primaryKey"] = [key]
    if links:
        schema["foreignKeys"] = [
            {"fields": [f], "reference": {"resource": other, "fields": [k]}} for f, other, k in links
        ]
    common = {
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }
    return {"name": name, "path": f"{name}.csv", **common, "schema": schema}


def _field(kind: str, description: str, *, required: bool = False, **more: object) -> dict[str, object]:
    constraints = {**({"required": True} if required else {}), **more}
    extra = {"constraints": constraints} if constraints else {}
    return {"type": kind, "description": description, **extra}


_TICKER = r"[A-Z]{2,5}"
_MONTH_OR_DAY = r"20\d\d-\d\d(-\d\d)?"
_SOURCE_FIELDS: dict[str, Any] = {
    "key": _field("string", "SHA-256 of the file, or accession or URL; unique", required=True),
    "ticker": _field("string", "Company that reported", required=True, pattern=_TICKER),
    "form": _field("string", "SEC form the figures are from; empty for operating updates and press"),
    "known": _field("date", "Day from which the public could know it", required=True),
    "known_basis": _field(
        "string", "How that was found", required=True, enum=["filed", "url", "deadline", "added"]
    ),
    "grade": _field(
        "string", "A filing, B company release, C secondary", required=True, enum=["A", "B", "C"]
    ),
    "accession": _field("string", "SEC accession number", pattern=r"\d{10}-\d\d-\d{6}"),
    "url": _field("string", "Where it was read"),
    "sha256": _field("string", "Of the file, where our reader read it"),
    "name": _field("string", "File or title, where there is no URL"),
    "period_end": _field("date", "Last day of the latest period in it"),
}
_FIGURE_FIELDS: dict[str, Any] = {
    "ticker": _field("string", "Company", required=True, pattern=_TICKER),
    "measure": _field("string", "What is measured", required=True, enum=list(MEASURES)),
    "line": _field("string", "Line of business; empty for the whole company", enum=[str(x) for x in Line]),
    "start": _field("date", "First day of the period; empty for an instant"),
    "end": _field("date", "Last day of the period, or the instant", required=True),
    "value": _field("number", "The number, in `unit`", required=True),
    "unit": _field("string", "Unit", required=True, enum=sorted({m.unit for m in MEASURES.values()})),
    "label": _field("string", "Row label as reported"),
    "source": _field("string", "Key of the source", required=True),
    "locator": _field("string", "Where in the source"),
    "known": _field("date", "Day from which the public could know it", required=True),
    "kind": _field("string", "How it came about", required=True, enum=[str(x) for x in Kind]),
    "decimals": _field("integer", "Digits that can be trusted: 0 to the unit, -3 to the thousand"),
    "cut": _field("string", "Set of rows it adds up with; `detail` stands beside and is never added"),
    "formula": _field("string", "For derived figures"),
    "operands": _field("string", "For derived figures, JSON"),
    "note": _field("string", "What a reader must know"),
}
_CONTRACT_FIELDS: dict[str, Any] = {
    "ticker": _field("string", "Company that provides", required=True, pattern=_TICKER),
    "announced": _field("string", "Day or month", required=True, pattern=_MONTH_OR_DAY),
    "known": _field("date", "Day from which the public could know what the row says", required=True),
    "counterparty": _field("string", "Customer, and site in brackets", required=True),
    "kind": _field("string", "What is provided", required=True, enum=["colocation", "cloud"]),
    "mw_gross": _field("number", "Megawatts at the meter"),
    "mw_critical_it": _field("number", "Megawatts of machines"),
    "term_years": _field("number", "Length without options"),
    "contract_value_usd": _field("number", "Announced value over the term, dollars"),
    "start": _field("string", "When it begins, as announced"),
    "capex_usd": _field("number", "Announced cost to build, dollars"),
    "group": _field("string", "Deal of which the row is a stage"),
    "restates": _field("boolean", "Replaces earlier rows of its group instead of adding to them"),
    "share": _field("number", "The company's share, 1 unless in a joint venture", required=True, maximum=1),
    "ended": _field("date", "Last day it was in force, if it ended or was sold"),
    "url": _field("string", "Where it was read", required=True),
}
