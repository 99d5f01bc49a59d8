"""Faults of ERCOT: columns that change, marks that are absent, pages and zips that are cut."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..http import Fault, SeenRequest, ServedAnswer, instead, json_answer
from ._posting import zipped

_FLAG = "dstflag"
Columns = dict[str, list[Any]]
TableChange = Callable[[Columns], Columns]


def too_many_requests() -> Fault:
    """Return a fault that answers 429, without Retry-After."""
    return instead(json_answer({"statusCode": 429, "message": "Rate limit is exceeded."}, 429))


def unauthorized() -> Fault:
    """Return a fault that answers 401, as for a token that has expired."""
    return instead(json_answer({"statusCode": 401, "message": "Unauthorized. Access token is invalid."}, 401))


def cut_zip(share: float = 0.7) -> Fault:
    """Return a fault that sends the beginning of a zip, with a Content-Length that agrees.

    Args:
        share: Part that is sent.
    """
    return lambda request, right: replace(right, body=right.body[: int(len(right.body) * share)])


def page_missing() -> Fault:
    """Return a fault that sends a page without its rows, as if there were none."""

    def fault(request: SeenRequest, right: ServedAnswer) -> ServedAnswer:
        answer = json.loads(right.body)
        emptied = {name: [] if name in ("data", "archives") else value for name, value in answer.items()}
        return replace(right, body=json.dumps(emptied).encode())

    return fault


def report_column_renamed(name: str, new: str = "madeUp") -> Fault:
    """Return a fault that renames a column of a report, in the API and in files.

    Args:
        name: Letters and digits of its heading, in any case.
        new: Its new heading.
    """

    def change(columns: Columns) -> Columns:
        return {
            new if _folded(heading) == _folded(name) else heading: cells for heading, cells in columns.items()
        }

    return changed_report(change)


def flag_absent() -> Fault:
    """Return a fault that leaves out the mark of the repeated hour."""
    return changed_report(
        lambda columns: {heading: cells for heading, cells in columns.items() if _folded(heading) != _FLAG}
    )


def flag_never_set() -> Fault:
    """Return a fault that marks no hour as repeated."""

    def change(columns: Columns) -> Columns:
        return {
            heading: [False if isinstance(cell, bool) else "N" for cell in cells]
            if _folded(heading) == _FLAG
            else cells
            for heading, cells in columns.items()
        }

    return changed_report(change)


def changed_report(change: TableChange) -> Fault:
    """Return a fault that changes the columns of a report, whether it comes as JSON, zip or zip of zips.

    Args:
        change: From columns by heading to those that are sent.
    """

    def fault(request: SeenRequest, right: ServedAnswer) -> ServedAnswer:
        if right.body.startswith(b"PK"):
            return replace(right, body=_changed_zip(right.body, change))
        answer = json.loads(right.body)
        names = [field["name"] for field in answer["fields"]]
        columns = change(_columns(names, answer["data"]))
        answer["fields"] = [{"name": name} for name in columns]
        answer["data"] = [list(row) for row in zip(*columns.values(), strict=True)]
        return replace(right, body=json.dumps(answer).encode())

    return fault


def _changed_zip(body: bytes, change: TableChange) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    return zipped(
        {
            name: _changed_zip(data, change) if data.startswith(b"PK") else _changed_csv(data, change)
            for name, data in files.items()
        }
    )


def _changed_csv(data: bytes, change: TableChange) -> bytes:
    headings, *rows = csv.reader(io.StringIO(data.decode()))
    columns = change(_columns(headings, rows))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([list(columns), *zip(*columns.values(), strict=True)])
    return text.getvalue().encode()


def _columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Columns:
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _folded(heading: str) -> str:
    return "".join(letter for letter in heading.lower() if letter.isalnum())
