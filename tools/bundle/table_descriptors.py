"""Write the descriptors of two tables: names that formats turn into codes, and the track record.

python -m tools write table-descriptors
"""

from __future__ import annotations

import json
from typing import Any

from ..parts import Made
from ..places import PACKAGE, tables
from .descriptor import TICKER, field_of, resource
from .licences import LICENSES


def make() -> Made:
    """The descriptor of each."""
    packages = {PACKAGE / "filings" / "formats" / "data": _names(), tables("nowcast"): _track_record()}
    return {
        folder / "datapackage.json": json.dumps(package, indent=2, ensure_ascii=False) + "\n"
        for folder, package in packages.items()
    }


def _names() -> dict[str, object]:
    return {
        "profile": "tabular-data-package",
        "name": "hashpivot-format-names",
        "title": "Names that formats of inline XBRL turn into codes",
        "description": "Codes of exchanges, states, countries and filer categories by patterns of names.",
        "licenses": LICENSES,
        "sources": [
            {"title": "The SEC's inline XBRL transformation registry, a work of the United States government"}
        ],
        "resources": [resource("names", _NAME_FIELDS, None, [])],
    }


def _track_record() -> dict[str, object]:
    return {
        "profile": "tabular-data-package",
        "name": "hashpivot-track-record",
        "title": "Track record of the nowcast",
        "description": "Past company-quarters, nowcast from what was known then, with what was reported. "
        "Measured by us (python -m tools write nowcast-record).",
        "licenses": LICENSES,
        "sources": [{"title": "The figures of ledger/data"}, {"title": "The network table of bitcoin/data"}],
        "resources": [resource("track_record", _CASE_FIELDS, None, [])],
    }


_NAME_FIELDS: dict[str, Any] = {
    "format": field_of("string", "Format of the registry", required=True),
    "code": field_of("string", "Code it gives", required=True),
    "name": field_of("string", "Name it is given for, a pattern", required=True),
}
_CASE_FIELDS: dict[str, Any] = {
    "ticker": field_of("string", "Company", required=True, pattern=TICKER),
    "quarter": field_of("string", "Quarter nowcast", required=True, pattern=r"20\d\dQ[1-4]"),
    "horizon": field_of("string", "Moment of the nowcast", required=True),
    "as_of": field_of("date", "Its day: nothing known later was used", required=True),
    "subject": field_of("string", "What is nowcast", required=True),
    "line": field_of("string", "Line of business, or `total`", required=True),
    "level": field_of("string", "What the nowcast stands on", required=True),
    "median_usd": field_of("number", "Median, dollars", required=True),
    "p10_usd": field_of("number", "10th percentile, dollars", required=True),
    "p90_usd": field_of("number", "90th percentile, dollars", required=True),
    "actual_usd": field_of("number", "As first reported, dollars", required=True),
    "actual_known": field_of("date", "Day from which that was known", required=True),
    "last_usd": field_of("number", "Of the last quarter reported by then, dollars"),
    "seasonal_usd": field_of("number", "Of the same quarter a year before, dollars"),
    "scaled_usd": field_of("number", "Of the last quarter, scaled by the network's revenue, dollars"),
    "quarters_since": field_of("integer", "Quarters since the last one reported by then"),
    "toward_usd": field_of("number", "What the median is drawn toward, dollars"),
}
