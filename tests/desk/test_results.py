"""Results show themselves: one line, a small escaped table, a frame, JSON; and so do their parts."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from hashpivot import Desk
from hashpivot.core import HashpivotError, MissingLibrary, Tabular

from .conftest import MAKERS

LONGEST = 500
LARGEST_FRAGMENT = 60_000
"""Characters of a result in a notebook: six of them fit into one that opens at once."""
NAMES = sorted(MAKERS)
PAGES = ("season", "company", "coverage", "outlook", "site backtest")
WORKBOOKS = ("season", "company", "lines", "outlook")

ResultOf = Callable[[str], Any]


def parts(thing: Any, depth: int = 6) -> Iterator[Any]:
    """A result and the objects of ours that its fields lead to; of long lists the first ones."""
    if type(thing).__module__.startswith("hashpivot."):
        yield thing
    if depth and is_dataclass(thing):
        for field in fields(thing):
            yield from parts(getattr(thing, field.name), depth - 1)
    elif depth and isinstance(thing, Mapping):
        for member in list(thing.values())[:2]:
            yield from parts(member, depth - 1)
    elif depth and isinstance(thing, (tuple, list)):
        for member in thing[:2]:
            yield from parts(member, depth - 1)


@pytest.mark.parametrize("name", NAMES)
def test_a_result_and_its_parts_have_a_short_repr(name: str, result_of: ResultOf) -> None:
    reprs = {type(part).__name__: repr(part) for part in parts(result_of(name)) if not is_private(part)}
    assert {kind: text for kind, text in reprs.items() if len(text) > LONGEST or "\n" in text} == {}


def is_private(part: object) -> bool:
    return type(part).__name__.startswith("_")


@pytest.mark.parametrize("name", NAMES)
def test_a_result_is_json_records_a_frame_and_a_fragment(name: str, result_of: ResultOf) -> None:
    result = result_of(name)
    json.dumps(result.to_dict(), allow_nan=False)
    rows, frame, shown = result.records(), result.to_frame(), result._repr_html_()
    assert rows and all(list(row) == list(rows[0]) for row in rows)
    assert len(frame) and "<table>" in shown and len(shown) < LARGEST_FRAGMENT


@pytest.mark.parametrize("name", [name for name in NAMES if name != "trace"])
def test_a_result_prints_what_the_command_line_prints(name: str, result_of: ResultOf) -> None:
    out = io.StringIO()
    result_of(name).print(Console(file=out, width=120))
    assert len(out.getvalue().splitlines()) > 3 or name == "restated"


def test_text_of_a_filing_is_no_markup_in_a_notebook() -> None:
    class Evil(Tabular):
        def __repr__(self) -> str:
            return "<script>"

        def records(self) -> list[dict[str, Any]]:
            return [{"<b>": "<img src=x>"}]

    assert "<script>" not in Evil()._repr_html_() and "<img" not in Evil()._repr_html_()
    assert "<b>" not in Evil()._repr_html_()


def test_a_frame_without_pandas_says_what_to_install(
    result_of: ResultOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    for name in ("season", "lines"):
        with pytest.raises(MissingLibrary, match="frames"):
            result_of(name).to_frame()


@pytest.mark.parametrize("name", PAGES)
def test_a_result_writes_its_page(name: str, result_of: ResultOf, tmp_path: Path) -> None:
    assert (
        result_of(name)
        .to_html(tmp_path / "page.html")
        .read_text(encoding="utf-8")
        .startswith("<!DOCTYPE html>")
    )


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_result_writes_its_workbook(name: str, result_of: ResultOf, tmp_path: Path) -> None:
    assert result_of(name).to_excel(tmp_path / "book.xlsx").read_bytes()[:2] == b"PK"


def test_other_files(result_of: ResultOf, desk: Desk, tmp_path: Path) -> None:
    assert result_of("site plan").to_csv(tmp_path / "plan.csv").read_text().startswith("ts_utc,local,")
    assert result_of("nowcast").to_chart(tmp_path / "chart.svg").read_text().startswith("<svg")
    inputs = desk.outlook_case("RIOT", ["bitcoin_halves"]).to_toml(tmp_path / "riot.toml")
    again = desk.outlook("RIOT", [str(inputs)], quarters=4, paths=256)
    assert (
        again.to_dict()["quarters"]
        == desk.outlook("RIOT", ["bitcoin_halves"], quarters=4, paths=256).to_dict()["quarters"]
    )


def test_a_page_that_cannot_be_written_is_an_error_of_ours(result_of: ResultOf, tmp_path: Path) -> None:
    with pytest.raises(HashpivotError):
        result_of("season").to_html(tmp_path)
