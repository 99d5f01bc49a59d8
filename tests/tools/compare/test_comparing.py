"""A figure that changes is found in every format; words, places and allowed renames are told from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tools.commands.environment import Ran
from tools.commands.running import Result
from tools.compare.data import compare_csv, compare_json, compare_parquet, compare_toml
from tools.compare.findings import Finding, Level
from tools.compare.outputs import compare_results
from tools.compare.pages import compare_pages
from tools.compare.texts import compare_help, compare_messages, compare_texts, figures
from tools.compare.workbooks import compare_workbooks

Compare = Callable[[str, str, str], Iterator[Finding]]

JSON = '{"a": 1.50, "rows": [{"reason": "2 of 3 told", "verdict": "yes"}], "policy": "ours"}'
PAGE = '<p>Revenue <b>12.5</b> m</p><style>p {margin: 3px}</style><a href="https://x.example/a">here</a>'
TOML = '# note\n[company]\nleast_cash_usd = { value = 5.0, from = "assumed: 3 months" }\n'


def _worst(findings: Iterator[Finding]) -> Level:
    return max((finding.level for finding in findings), default=Level.SAME)


@pytest.mark.parametrize(
    ("compare", "before", "after", "level"),
    [
        (compare_json, JSON, JSON, Level.SAME),
        (compare_json, '{"a": 1, "b": 2}', '{"b": 2, "a": 1}', Level.SAME),
        (compare_json, JSON, JSON.replace("1.50", "1.5"), Level.DIFFERENT),
        (compare_json, JSON, JSON.replace("1.50", "null"), Level.DIFFERENT),
        (compare_json, JSON, JSON.replace('"a"', '"b"'), Level.DIFFERENT),
        (compare_json, JSON, JSON.replace('"yes"', '"no"'), Level.DIFFERENT),
        (compare_json, JSON, JSON.replace("told", "met"), Level.WORDS),
        (compare_json, JSON, JSON.replace("2 of 3", "1 of 3"), Level.DIFFERENT),
        (compare_json, JSON, JSON.replace("ours", "rolling_horizon"), Level.RENAMED),
        (compare_json, JSON, JSON.replace("ours", "theirs"), Level.DIFFERENT),
        (compare_json, '{"ours_on_baseline_cases": 1}', '{"model_on_baseline_cases": 1}', Level.RENAMED),
        (compare_json, '{"ours_on_baseline_cases": 1}', '{"model_on_baseline_cases": 2}', Level.DIFFERENT),
        (compare_json, "[1, 2]", "[1]", Level.DIFFERENT),
        (compare_json, "[1]", "[1, 2]", Level.DIFFERENT),
        (compare_json, "{}", '{"new": 1}', Level.DIFFERENT),
        (compare_json, "[1]", '["1"]', Level.DIFFERENT),
        (compare_json, "not JSON 1", "not JSON 2", Level.DIFFERENT),
        (compare_csv, "a,reason\n1,so it is\n", "a,reason\n1,so it goes\n", Level.WORDS),
        (compare_csv, "a,b\n1,2\n", "a,b\n1,3\n", Level.DIFFERENT),
        (compare_csv, "a,b\n1,2\n", "a,c\n1,2\n", Level.DIFFERENT),
        (compare_toml, TOML, TOML, Level.SAME),
        (compare_toml, TOML, TOML.replace("least_cash", "minimum_cash"), Level.RENAMED),
        (compare_toml, TOML, TOML.replace("5.0", "5.1"), Level.DIFFERENT),
        (compare_toml, TOML, TOML.replace("assumed", "judged"), Level.WORDS),
        (compare_toml, TOML, TOML.replace("note", "remark"), Level.WORDS),
        (compare_pages, PAGE, PAGE, Level.SAME),
        (compare_pages, PAGE, PAGE.replace("12.5", "12.6"), Level.DIFFERENT),
        (compare_pages, PAGE, PAGE.replace("Revenue", "Sales"), Level.WORDS),
        (compare_pages, PAGE, PAGE.replace("3px", "4px"), Level.WORDS),
        (compare_pages, PAGE, PAGE.replace("x.example/a", "x.example/b"), Level.DIFFERENT),
        (compare_pages, '<svg><path d="M1 2"/></svg>', '<svg><path d="M1 3"/></svg>', Level.WORDS),
        (compare_pages, '<b title="n = 3">x</b>', '<b title="n = 4">x</b>', Level.DIFFERENT),
        (compare_texts, "Revenue 1,250.5 m", "Sales 1,250.5 m", Level.WORDS),
        (compare_texts, "Revenue 1,250.5 m", "Revenue 1,250.6 m", Level.DIFFERENT),
        (compare_texts, "gain 5", "gain -5", Level.DIFFERENT),
        (compare_texts, "1 to\n3\n2 to\n4", "1 to 3\n2 to 4", Level.WORDS),
        (compare_texts, "1 1", "1", Level.DIFFERENT),
        (compare_help, "--json  Print 2 things\n", "--json  Print\n--new  More\n", Level.WORDS),
        (compare_help, "--json  Print\n", "--csv  Print\n", Level.DIFFERENT),
        (compare_help, "Commands:\n  add  Add\n  read  Read\n", "Commands:\n  add  Add\n", Level.DIFFERENT),
        (compare_messages, "hint: 3", "hint: 4", Level.WORDS),
        (compare_messages, "hint", "Traceback (most recent call last):\n", Level.DIFFERENT),
    ],
)  # fmt: skip
def test_texts_of_each_format(compare: Compare, before: str, after: str, level: Level) -> None:
    assert _worst(compare(before, after, "here")) is level


def test_a_difference_in_json_names_its_place_and_both_values() -> None:
    before, after = '{"rows": [{"usd": 1}, {"usd": 2}]}', '{"rows": [{"usd": 1}, {"usd": 3}]}'
    assert list(compare_json(before, after, "stdout")) == [
        Finding(Level.DIFFERENT, "stdout $.rows[1].usd", "2", "3")
    ]


def test_figures_are_taken_with_sign_thousands_and_percent_but_not_with_hyphens() -> None:
    text = "from −3.5% to $1,234,567 in 2024-12-31, 8-K of p10 (-2), 1e-05; 1,2"
    assert figures(text) == [
        "-3.5%", "1,234,567", "2024", "12", "31", "8", "10", "-2", "1e-05", "1", "2",
    ]  # fmt: skip


def _workbook(path: Path, value: float, formula: str = "=A1*2", row: int = 1) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": datetime(2025, 1, 1)})
        sheet = book.add_worksheet("Season")
        sheet.write_number(row - 1, 0, value)
        sheet.write_formula(row - 1, 1, formula, None, value * 2)
    return path


@pytest.mark.parametrize(
    ("value", "formula", "row", "level"),
    [
        (3.0, "=A1*2", 1, Level.SAME),
        (3.5, "=A1*2", 1, Level.DIFFERENT),
        (3.0000000000001, "=A1*2", 1, Level.WORDS),
        (3.00000000001, "=A1*2", 1, Level.DIFFERENT),
        (3.0, "=A1+A1", 1, Level.WORDS),
        (3.0, "=A2*2", 2, Level.WORDS),
    ],
)
def test_workbooks(tmp_path: Path, value: float, formula: str, row: int, level: Level) -> None:
    pytest.importorskip("openpyxl")
    before = _workbook(tmp_path / "a.xlsx", 3.0)
    after = _workbook(tmp_path / "b.xlsx", value, formula, row)
    assert _worst(compare_workbooks(before, after, "book")) is level


def _book(path: Path, rows: list[tuple[str, float | str]]) -> Path:
    import xlsxwriter

    pytest.importorskip("openpyxl")
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Season")
        for number, (name, value) in enumerate(rows):
            sheet.write_string(number, 0, name)
            if isinstance(value, str):
                sheet.write_formula(number, 1, value, None, 6.0)
            else:
                sheet.write_number(number, 1, value)
    return path


def _compare_books(folder: Path, *rows: tuple[str, float | str]) -> list[Finding]:
    before = _book(folder / "a.xlsx", [("Mining", 3.0), ("AI", 5.0), ("All", "=B1*2")])
    return list(compare_workbooks(before, _book(folder / "b.xlsx", list(rows)), "book"))


def test_a_row_that_is_added_changes_no_figure(tmp_path: Path) -> None:
    found = _compare_books(tmp_path, ("New", 9.0), ("Mining", 3.0), ("AI", 5.0), ("All", "=B2*2"))
    assert _worst(iter(found)) is Level.WORDS
    assert "book Season 1 figures added, 0 in rows of another name" in [one.where for one in found]


def test_a_figure_that_goes_when_rows_move_is_named_with_its_row(tmp_path: Path) -> None:
    found = _compare_books(tmp_path, ("New", 9.0), ("Mining", 3.0), ("AI", 5.5), ("All", "=B2*2"))
    assert [one for one in found if one.level is Level.DIFFERENT] == [
        Finding(Level.DIFFERENT, "book Season row AI", "5", "(absent)")
    ]


def test_figures_that_change_places_are_a_difference_where_rows_stay(tmp_path: Path) -> None:
    found = _compare_books(tmp_path, ("Mining", 5.0), ("AI", 3.0), ("All", "=B1*2"))
    assert [one.where for one in found if one.level is Level.DIFFERENT] == [
        "book Season!B1",
        "book Season!B2",
    ]


def test_a_formula_that_became_a_plain_number_is_counted(tmp_path: Path) -> None:
    found = _compare_books(tmp_path, ("Mining", 3.0), ("AI", 5.0), ("All", 6.0))
    assert [(one.before, one.after) for one in found] == [("1 formulas, =B1*2", "0 formulas, 6")]


def test_tables_of_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    for name, value in (("a", 1.5), ("b", 1.5), ("c", 1.6)):
        parquet.write_table(pyarrow.table({"usd": [value]}), tmp_path / f"{name}.parquet")
    one, same, other = (tmp_path / f"{name}.parquet" for name in "abc")
    assert _worst(compare_parquet(one, same, "t")) is Level.SAME
    assert _worst(compare_parquet(one, other, "t")) is Level.DIFFERENT


def _result(out: str, status: int = 0, files: dict[str, Path] | None = None) -> Result:
    return Result((Ran("hashpivot halving --json", status, out, "", 0.1),), files or {})


def test_a_status_or_a_file_that_is_missing_is_a_difference(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf-8")
    assert compare_results(_result("{}"), _result("{}")) == []
    assert compare_results(_result("{}"), _result("{}", 1)) == [
        Finding(Level.DIFFERENT, "exit status", "0", "1")
    ]
    assert compare_results(_result("{}", files={"page.html": page}), _result("{}")) == [
        Finding(Level.DIFFERENT, "file", "page.html", "(absent)")
    ]
