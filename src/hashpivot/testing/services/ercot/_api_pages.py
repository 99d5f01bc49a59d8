"""Answers of the stand-in's public API: pages of rows, the archive's list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ..http import ServedAnswer, json_answer
from ._ercot_report import ErcotReport
from ._posting import ErcotPosting

_MOST_ROWS = 50_000


def report_page(
    report: ErcotReport, postings: Iterable[ErcotPosting], query: Mapping[str, str], since: datetime
) -> ServedAnswer:
    """Return a page of a report's rows.

    Args:
        report: Which.
        postings: Its postings, oldest first; later ones replace rows of the same interval.
        query: The request's.
        since: Local day before which the API has no rows of its own.
    """
    names = ("postedDatetime", *report.fields) if report.by_posting else report.fields
    unknown = _unknown(names, query)
    if unknown:
        return json_answer(_exception(f"parameters that are not available: {unknown}"), 400)
    rows: dict[tuple[Any, ...], list[Any]] = {}
    for posting in postings:
        for row in posting.api_rows():
            named = dict(zip(names, row, strict=True))
            if named[_day_field(report)] >= f"{since:%Y-%m-%d}" and _asked_for(named, query):
                rows[tuple(value for name, value in named.items() if name not in _VALUES)] = row
    return _paged(list(rows.values()), query, "data", {"fields": [{"name": name} for name in names]})


def archive_page(postings: Sequence[tuple[int, ErcotPosting]], query: Mapping[str, str]) -> ServedAnswer:
    """Return a page of the archive's list.

    Args:
        postings: Numbers and postings.
        query: The request's.
    """
    first = datetime.fromisoformat(query.get("postDatetimeFrom", "2000-01-01"))
    last = datetime.fromisoformat(query.get("postDatetimeTo", "2100-01-01"))
    listed = [
        {"docId": number, "friendlyName": posting.report.file_name, "postDatetime": posting.wall.isoformat()}
        for number, posting in postings
        if first <= posting.wall <= last
    ]
    return _paged(listed, query, "archives", {})


_VALUES = ("settlementPointPrice", "MCPC")


def _paged(rows: list[Any], query: Mapping[str, str], name: str, more: dict[str, Any]) -> ServedAnswer:
    size, page = min(int(query.get("size", "1000")), _MOST_ROWS), int(query.get("page", "1"))
    meta = {
        "totalRecords": len(rows),
        "pageSize": size,
        "totalPages": -(-len(rows) // size),
        "currentPage": page,
    }
    return json_answer({"_meta": meta, **more, name: rows[(page - 1) * size : page * size], "links": []})


def _day_field(report: ErcotReport) -> str:
    return report.fields[0]


def _unknown(names: Sequence[str], query: Mapping[str, str]) -> str:
    known = {f"{name}{end}" for name in names for end in ("", "From", "To")} | {"size", "page", "sort", "dir"}
    return ", ".join(name for name in query if name not in known)


def _asked_for(row: Mapping[str, Any], query: Mapping[str, str]) -> bool:
    for name, value in row.items():
        if name in query and str(value) != query[name]:
            return False
        if f"{name}From" in query and str(value) < query[f"{name}From"]:
            return False
        if f"{name}To" in query and str(value) > query[f"{name}To"]:
            return False
    return True


def _exception(message: str) -> dict[str, Any]:
    return {"timestamp": "2026-01-01T00:00:00", "code": 400, "status": "BAD_REQUEST", "message": message}
