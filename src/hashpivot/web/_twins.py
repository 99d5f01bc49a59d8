"""Twins: a page's object, rows and drawings in other formats."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from hashpivot.core import NoData, UnknownKey, json_text, near_keys, records_csv, records_parquet

from .shared import CHART_ENDINGS

if TYPE_CHECKING:
    from hashpivot.report import Chart

MEDIA_TYPES = {
    "": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def data_twin(ending: str, title: str, result: Any) -> bytes:
    """Write an answer as JSON or its rows as a table.

    Args:
        ending: `json`, `csv`, `xlsx` or `parquet`.
        title: Of the page.
        result: The answer: `to_dict` and, for a table, `records`.

    Raises:
        MissingLibrary: If it is Parquet and pyarrow is not installed.
    """
    if ending == "json":
        return (json_text(result.to_dict()) + "\n").encode()
    if ending == "csv":
        return records_csv(result.records()).encode()
    if ending == "xlsx":
        from hashpivot.report import table_workbook

        return table_workbook(title, result.records(), date.today())
    return records_parquet(result.records())


def chart_twin(ending: str, charts: Mapping[str, Chart], name: str) -> bytes:
    """Write a drawing of a page as a picture.

    Args:
        ending: `svg` or `png`.
        charts: The page's drawings by name.
        name: Which one; the first if empty.

    Raises:
        NoData: If the page has none.
        UnknownKey: If it has none of that name.
        MissingLibrary: If it is PNG and resvg_py is not installed.
    """
    if not charts:
        raise NoData("this page has no chart", hint="its numbers are in .json and .csv")
    if name and name not in charts:
        raise UnknownKey(
            f"this page has no chart {name!r}", hint=near_keys(name, charts) or f"it has {', '.join(charts)}"
        )
    chart = charts[name or next(iter(charts))]
    return chart.svg().encode() if ending == "svg" else chart.png()


@cache
def picture_policy() -> str:
    """The Content-Security-Policy of an SVG: its own style and nothing else."""
    from hashpivot.report import chart_style

    digest = b64encode(sha256(chart_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def with_links(html: str, charts: Mapping[str, Chart], addresses: Mapping[str, Mapping[str, str]]) -> str:
    """Put links to its pictures under each drawing of a page.

    Args:
        html: The page.
        charts: Its drawings by name.
        addresses: Of the pictures by ending, by name of the drawing; as they stand in an attribute.
    """
    for name, chart in charts.items():
        before, opening, after = html.partition(chart.opening)
        drawing, closing, rest = after.partition("</svg>")
        links = ", ".join(
            f'<a href="{addresses[name][ending]}">{ending.upper()}</a>' for ending in CHART_ENDINGS
        )
        if closing:
            words = f'<span class="pictures">{links}</span>'
            html = f"{before}{opening}{drawing}{closing}{words}{rest}"
    return html
