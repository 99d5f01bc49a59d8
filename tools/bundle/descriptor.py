"""The Frictionless Data Package (version 1) that describes the tables the ledger room ships."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hashpivot.core import MEASURES, QUALIFIERS, Kind, Line
from hashpivot.ledger import EventKind

from .licences import LICENSES


def descriptor() -> dict[str, object]:
    """The Frictionless Data Package (version 1) that describes the tables."""
    return {
        "profile": "tabular-data-package",
        "name": "hashpivot-figures",
        "title": "Reported figures of bitcoin miners turning into AI and chip companies",
        "description": "Facts (numbers, names, dates) with their sources. See docs/data.md for the rules.",
        "licenses": LICENSES,
        "sources": [
            {"title": "SEC filings (inline XBRL and pages reproducing filings), grade A"},
            {"title": "Company releases on wires and their copies, grade B"},
            {"title": "Trade press and transcriptions, grade C"},
        ],
        "resources": [
            resource("sources", _SOURCE_FIELDS, "key", []),
            resource("figures", _FIGURE_FIELDS, None, [("source", "sources", "key")]),
            resource("aliases", _ALIAS_FIELDS, "id", []),
            resource("debt_instruments", _DEBT_FIELDS, None, [("source", "sources", "key")]),
            resource("ai_contracts", _CONTRACT_FIELDS, None, []),
            resource("events", _EVENT_FIELDS, None, []),
        ],
    }


def resource(
    name: str, fields: Mapping[str, Any], key: str | None, links: list[tuple[str, str, str]]
) -> dict[str, object]:
    """One table of a package."""
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


def field_of(kind: str, description: str, *, required: bool = False, **more: object) -> dict[str, object]:
    """One column of a table, with its constraints."""
    constraints = {**({"required": True} if required else {}), **more}
    extra = {"constraints": constraints} if constraints else {}
    return {"type": kind, "description": description, **extra}


TICKER = r"[A-Z]{2,5}"
_MONTH_OR_DAY = r"20\d\d-\d\d(-\d\d)?"


def _slots() -> list[str]:
    """Every line, and every part of a line."""
    return [f"{line}:{part}" if part else str(line) for line in Line for part in ("", *QUALIFIERS)]


_SOURCE_FIELDS: dict[str, Any] = {
    "key": field_of("string", "SHA-256 of the file, or accession or URL; unique", required=True),
    "ticker": field_of("string", "Company that reported", required=True, pattern=TICKER),
    "form": field_of("string", "SEC form the figures are from; empty for operating updates and press"),
    "known": field_of("date", "Day from which the public could know it", required=True),
    "known_basis": field_of(
        "string",
        "How that was found: day of filing, of signature, that the page or another about it gives, in the "
        "address, assumed from the filing deadline, or day it was added",
        required=True,
        enum=["filed", "signed", "dated", "url", "deadline", "added"],
    ),
    "grade": field_of(
        "string", "A filing, B company release, C secondary", required=True, enum=["A", "B", "C"]
    ),
    "accession": field_of("string", "SEC accession number", pattern=r"\d{10}-\d\d-\d{6}"),
    "url": field_of("string", "Where it was read"),
    "sha256": field_of("string", "Of the file, where our reader read it"),
    "name": field_of("string", "File or title, where there is no URL"),
    "period_end": field_of("date", "Last day of the latest period in it"),
}
_FIGURE_FIELDS: dict[str, Any] = {
    "ticker": field_of("string", "Company", required=True, pattern=TICKER),
    "measure": field_of("string", "What is measured", required=True, enum=list(MEASURES)),
    "line": field_of(
        "string", "Line of business, a part of it after a colon; empty for the whole company", enum=_slots()
    ),
    "start": field_of("date", "First day of the period; empty for an instant"),
    "end": field_of("date", "Last day of the period, or the instant", required=True),
    "value": field_of("number", "The number, in `unit`", required=True),
    "unit": field_of("string", "Unit", required=True, enum=sorted({m.unit for m in MEASURES.values()})),
    "label": field_of("string", "Row label as reported"),
    "source": field_of("string", "Key of the source", required=True),
    "locator": field_of("string", "Where in the source"),
    "known": field_of("date", "Day from which the public could know it", required=True),
    "kind": field_of("string", "How it came about", required=True, enum=[str(x) for x in Kind]),
    "decimals": field_of("integer", "Digits that can be trusted: 0 to the unit, -3 to the thousand"),
    "cut": field_of("string", "Set of rows it adds up with; `detail` stands beside and is never added"),
    "formula": field_of("string", "For derived figures"),
    "operands": field_of("string", "For derived figures, JSON"),
    "note": field_of("string", "What a reader must know"),
}
_ALIAS_FIELDS: dict[str, Any] = {
    "id": field_of("string", "Id of a figure that a changed reading has replaced; unique", required=True),
    "successor": field_of("string", "Id that stands for it now", required=True),
    "reason": field_of("string", "What changed", required=True),
}
_DEBT_FIELDS: dict[str, Any] = {
    "source": field_of("string", "Key of the source", required=True),
    "name": field_of("string", "The loan, note or credit line as the report calls it", required=True),
    "day": field_of("date", "Day of the balance sheet", required=True),
    "carrying_usd": field_of("number", "Owed at carrying value, dollars"),
    "principal_usd": field_of("number", "Owed at face value, dollars"),
    "limit_usd": field_of("number", "Most that may be drawn, dollars"),
    "rate_low": field_of("number", "Interest a year, the lowest of a range, as a fraction"),
    "rate_high": field_of("number", "The highest of the range"),
    "matures": field_of("date", "Last day of its term"),
    "conversion_price_usd": field_of("number", "Of one share, for convertible debt, dollars"),
    "locators": field_of("string", "Where each term stands, JSON by column", required=True),
}
_EVENT_FIELDS: dict[str, Any] = {
    "ticker": field_of("string", "Company", required=True, pattern=TICKER),
    "kind": field_of("string", "What happened", required=True, enum=[str(x) for x in EventKind]),
    "effective": field_of("date", "Day it took effect", required=True),
    "known": field_of("date", "Day from which the public could know it", required=True),
    "line": field_of("string", "Line of business it changes; empty for the whole company", enum=list(Line)),
    "scale": field_of("number", "Share of the line left after it, more than 1 for additions"),
    "ehs": field_of("number", "Exahashes a second bought, sold or converted"),
    "mw": field_of("number", "Megawatts bought, sold or converted"),
    "counterparty": field_of("string", "Who else is party to it, or the site"),
    "note": field_of("string", "What happened, in our own words"),
    "title": field_of("string", "Title of the document", required=True),
    "url": field_of("string", "Where it was read"),
    "accession": field_of("string", "SEC accession number", pattern=r"\d{10}-\d\d-\d{6}"),
    "form": field_of("string", "SEC form"),
    "grade": field_of(
        "string", "A filing, B company release, C secondary", required=True, enum=["A", "B", "C"]
    ),
    "locator": field_of("string", "Where in the document", required=True),
}
_CONTRACT_FIELDS: dict[str, Any] = {
    "ticker": field_of("string", "Company that provides", required=True, pattern=TICKER),
    "announced": field_of("string", "Day or month", required=True, pattern=_MONTH_OR_DAY),
    "known": field_of("date", "Day from which the public could know what the row says", required=True),
    "counterparty": field_of("string", "Customer, and site in brackets", required=True),
    "kind": field_of("string", "What is provided", required=True, enum=["colocation", "cloud"]),
    "mw_gross": field_of("number", "Megawatts at the meter"),
    "mw_critical_it": field_of("number", "Megawatts of machines"),
    "term_years": field_of("number", "Length without options"),
    "contract_value_usd": field_of("number", "Announced value over the term, dollars"),
    "start": field_of("string", "When it begins, as announced"),
    "capex_usd": field_of("number", "Announced cost to build, dollars"),
    "group": field_of("string", "Deal of which the row is a stage"),
    "restates": field_of("boolean", "Replaces earlier rows of its group instead of adding to them"),
    "extends": field_of("boolean", "The same halls for longer: adds value, and no megawatts"),
    "share": field_of("number", "The company's share, 1 unless in a joint venture", required=True, maximum=1),
    "ended": field_of("date", "Last day it was in force, if it ended or was sold"),
    "url": field_of("string", "Where it was read", required=True),
}
