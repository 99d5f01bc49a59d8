"""Period columns, unit notes and currencies of releases, one form each."""

from __future__ import annotations

import pytest

from hashpivot.core import Companies
from hashpivot.filings import Release, ReleaseColumn, read_release
from hashpivot.testing import release_page, release_table

ROW = ("Total revenue", "$ 1,234", "$ 2,345")


def release(*parts: str) -> Release:
    return read_release("release.htm", data=release_page(*parts), companies=Companies.load())


def spans(*parts: str) -> list[str]:
    return [span(column) for column in release(*parts).tables[0].columns]


def span(column: ReleaseColumn) -> str:
    return f"{column.start or ''}..{column.end}"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([("", "2:Three Months Ended September 30,"), ("", "2025", "2024")], "2025-07-01..2025-09-30"),
        ([("", "2:Nine months ended Sept. 30"), ("", "2025", "2024")], "2025-01-01..2025-09-30"),
        ([("", "2:For the Six Months Ended"), ("", "June 30, 2025", "x")], "2025-01-01..2025-06-30"),
        ([("", "2:Year ended December 31,"), ("", "2024", "2023")], "2024-01-01..2024-12-31"),
        ([("", "2:Fiscal years ended May 31,"), ("", "2024", "2023")], "2023-06-01..2024-05-31"),
        ([("", "2:For the quarter ended"), ("", "31 March 2025", "31 March 2024")], "2025-01-01..2025-03-31"),
        ([("", "2:Quarter ended March 31, 2025 and 2024"), ("", "2025", "2024")], "2025-01-01..2025-03-31"),
        ([("", "Q3 2025", "Q3 2024")], "2025-07-01..2025-09-30"),
        ([("", "3Q25", "3Q24")], "2025-07-01..2025-09-30"),
        ([("", "Q3’25", "Q3’24")], "2025-07-01..2025-09-30"),
        ([("", "Third Quarter 2025", "Third Quarter 2024")], "2025-07-01..2025-09-30"),
        ([("", "Full Year 2025", "Full Year 2024")], "2025-01-01..2025-12-31"),
        ([("", "First half 2025", "First half 2024")], "2025-01-01..2025-06-30"),
        ([("", "September 30, 2025", "December 31, 2024")], "..2025-09-30"),
        ([("", "September 30,", "December 31,"), ("", "2025", "2024")], "..2025-09-30"),
        ([("", "As of 9/30/2025", "As of 12/31/2024")], "..2025-09-30"),
        ([("", "3 months ended 2025-03-31", "3 months ended 2024-03-31")], "2025-01-01..2025-03-31"),
        ([("", "Thirteen weeks ended March 29, 2025", "x")], "2024-12-29..2025-03-29"),
        ([("", "2:Three Months Ended"), ("", "March 29, 2025", "March 30, 2024")], "2024-12-29..2025-03-29"),
        ([("", "January 24, 2024 to March 31, 2024", "x")], "2024-01-24..2024-03-31"),
        ([("", "October 2025", "September 2025")], "2025-10-01..2025-10-31"),
        ([("", "Oct-25", "Sep-25")], "2025-10-01..2025-10-31"),
        ([("", "Oct ’25", "Sept '25")], "2025-10-01..2025-10-31"),
        ([("", "2025-10", "2025-09")], "2025-10-01..2025-10-31"),
        ([("", "10/2025", "9/2025")], "2025-10-01..2025-10-31"),
        ([("", "2:2025"), ("", "Oct", "Sep")], "2025-10-01..2025-10-31"),
        ([("", "For the month ended October 31, 2025", "x")], "2025-10-01..2025-10-31"),
        ([("", "Nine month ended Sept. 30, 2025", "x")], "2025-01-01..2025-09-30"),
        ([("", "2:Twelve Months Ended February 29,"), ("", "2024", "2020")], "2023-03-01..2024-02-29"),
    ],
)  # fmt: skip
def test_period_columns(headers: list[tuple[str, ...]], expected: str) -> None:
    assert spans(release_table(*headers, ROW))[0] == expected


@pytest.mark.parametrize(
    "header",
    ["Change", "% Change", "Variance in Amount", "Increase (Decrease)", "Pro forma 2025", "Outlook Q4 2025",
     "Non-GAAP three months ended March 31, 2024", "2024", "Restated", "Fiscal 2024", "YTD 2025",
     "Year to date March 31, 2025", "March 2025 vs. March 2024", "March 2025 versus February 2025",
     "Month/Month", "Year-over-year", "MoM", "2011-12", "LTM Q2 2025", "Q2 2025 annualized",
     "Run-rate Q2 2025", "Q3 2024E", "Q3 2024 (projected)", "Budget Q1 2024", "Q1 2024 Plan",
     "Consensus Q1 2024", "Three months ended March 31, 2025 and 2024", "Quarter ended March 31, 2024/2023"],
)  # fmt: skip
def test_columns_without_a_period_of_their_own_are_left_out(header: str) -> None:
    found = release(release_table(("", "Quarter ended March 31, 2025", header), ROW))
    (only,) = found.tables[0].columns
    assert span(only) == "2025-01-01..2025-03-31"
    assert [str(v.value) for v in found.tables[0].rows[-1].values] == ["1234"]


DATELINE = "<p>AUSTIN, Texas, May 7, 2025 /PRNewswire/ -- Example Machines Inc. today reported results.</p>"


def test_a_column_of_a_statement_not_yet_over_is_left_out() -> None:
    header = ("", "Quarter ended June 30, 2025", "Quarter ended March 31, 2025")
    found = release(DATELINE, release_table(header, ROW))
    assert list(map(span, found.tables[0].columns)) == ["2025-01-01..2025-03-31"]
    assert any("after the release was published" in warning for warning in found.warnings)


def test_a_quarter_not_yet_over_shows_that_quarters_are_not_of_the_calendar_year() -> None:
    found = release(DATELINE, release_table(("", "Q2 2025", "Q2 2024"), ROW))
    assert not found.tables
    assert any("nothing says when" in warning for warning in found.warnings)


def test_fiscal_labels_follow_the_companys_calendar() -> None:
    line = "<p>Applied Digital Corporation (NASDAQ: APLD) announces its results</p>"
    rows = (("", "Q2 FY2026", "Fiscal 2025"), ROW)
    assert spans(line, release_table(*rows)) == ["2025-09-01..2025-11-30", "2024-06-01..2025-05-31"]


def test_length_and_day_may_stand_in_the_caption() -> None:
    caption = "<p>For the three months ended June 30, 2024 and 2023</p>"
    assert spans(caption, release_table(("", "2024", "2023"), ROW)) == [
        "2024-04-01..2024-06-30",
        "2023-04-01..2023-06-30",
    ]
    both = "<p>For the three and six months ended June 30, 2024 and 2023</p>"
    page_ = release_page(
        both, release_table(("", "2024", "2023"), ROW), release_table(("", "Q1 2024", "x"), ROW)
    )
    assert len(read_release("x", data=page_).tables) == 1


def test_a_title_row_inside_the_table_counts_as_caption() -> None:
    rows = (("3:Three Months Ended September 30, 2025 and 2024 (in millions)",), ("", "2025", "2024"), ROW)
    found = release(release_table(*rows)).tables[0]
    assert span(found.columns[1]) == "2024-07-01..2024-09-30"
    assert found.rows[-1].values[0].value == 1_234_000_000


def test_a_second_header_in_one_table_starts_new_columns() -> None:
    rows = (
        ("", "2:Three Months Ended March 31,"), ("", "2025", "2024"), ("Revenue", "1,000", "900"),
        ("", "2:Year Ended December 31,"), ("", "2024", "2023"), ("Revenue", "4,000", "3,000"),
    )  # fmt: skip
    found = release(release_table(*rows)).tables[0]
    last = found.rows[-1].values
    assert [span(found.columns[v.column]) for v in last] == [
        "2024-01-01..2024-12-31",
        "2023-01-01..2023-12-31",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("Three months ended June 30,", "2025", "2024"), ROW, ("Six months ended June 30,", "2025", "2024")],
        [("", "2025", "2024"), ("3:Three Months Ended June 30",), ROW, ("3:Six Months Ended June 30",)],
        [("", "June 30, 2025", "June 30, 2024"), ("Three months ended:",), ROW, ("Six months ended:",)],
    ],
)
def test_blocks_of_rows_may_name_their_periods(rows: list[tuple[str, ...]]) -> None:
    found = release(release_table(*rows, ("Net loss", "$ 3", "$ 4"))).tables[0]
    by_label = {row.label: [span(found.columns[v.column]) for v in row.values] for row in found.rows}
    assert by_label["Total revenue"] == ["2025-04-01..2025-06-30", "2024-04-01..2024-06-30"]
    assert by_label["Net loss"] == ["2025-01-01..2025-06-30", "2024-01-01..2024-06-30"]


def test_two_columns_of_one_period_are_not_mixed_up() -> None:
    rows = (
        ("", "3:Three months ended March 31, 2025"),
        ("", "Mining", "Hosting", "Total"),
        ("Revenue", "70", "30", "100"),
    )
    assert [str(v.value) for v in release(release_table(*rows)).tables[0].rows[0].values] == ["100"]
    again = release_page(
        release_table(*((*row[:1], *row[1:3]) for row in rows)),
        release_table(("", "Q1 2025"), ("Revenue", "5")),
    )
    found = read_release("x", data=again)
    assert [t.number for t in found.tables] == [1]
    assert any("cannot be told apart" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("note", "value", "decimals"),
    [
        ("(in thousands, except per share amounts)", 1_234_000, -3),
        ("(Unaudited, in millions)", 1_234_000_000, -6),
        ("(amounts in thousands of U.S. dollars)", 1_234_000, -3),
        ("(US$ thousands)", 1_234_000, -3),
        ("($ in millions)", 1_234_000_000, -6),
        ("($ in 000s)", 1_234_000, -3),
        ("(US$m)", 1_234_000_000, -6),
        ("(Expressed in US$’000)", 1_234_000, -3),
        ("(Expressed in US dollars, except for the number of shares)", 1_234, 0),
        ("We sold 1,000 machines in 2024.", 1_234, 0),
        ("", 1_234, 0),
    ],
)
@pytest.mark.parametrize("place", ["before", "header", "title"])
def test_unit_notes(note: str, value: int, decimals: int, place: str) -> None:
    header = ("", "Q1 2025", "Q1 2024")
    parts = {
        "before": (f"<p>{note}</p>", release_table(header, ROW)),
        "header": (release_table((note, *header[1:]), ROW),),
        "title": (release_table((f"3:{note}",), header, ROW),),
    }
    if place != "before" and note.startswith("We sold"):
        return
    first = release(*parts[place]).tables[0].rows[-1].values[0]
    assert (int(first.value), first.decimals, first.unit) == (value, decimals, "USD")


def test_what_the_note_excepts_is_not_scaled() -> None:
    rows = [
        ("Net loss per share", "$ (0.46)"),
        ("Weighted average shares outstanding", "318,562"),
        ("Bitcoin mined", "1,234"),
        ("Deployed hash rate (EH/s)", "19.5"),
        ("Power cost per MWh", "$ 45.1"),
        ("Gross margin", "23 %"),
    ]

    def read(note: str) -> dict[str, tuple[str, str]]:
        found = release(f"<p>{note}</p>", release_table(("", "Q1 2025"), *rows)).tables[0]
        return {row.label: (str(row.values[0].value), row.values[0].unit) for row in found.rows}

    first = read("(in thousands, except per share amounts)")
    assert first["Net loss per share"] == ("-0.46", "USD/shares")
    assert first["Weighted average shares outstanding"] == ("318562000", "shares")
    assert first["Bitcoin mined"] == ("1234", "BTC")
    assert first["Deployed hash rate (EH/s)"] == ("19.5", "EH/s")
    assert first["Power cost per MWh"] == ("45.1", "USD/unit")
    assert first["Gross margin"] == ("23", "percent")
    assert (
        read("(in thousands, except share and per share data)")["Weighted average shares outstanding"][0]
        == "318562"
    )


@pytest.mark.parametrize(
    ("note", "headers", "cells", "expected"),
    [
        (
            "(in thousands of Canadian dollars)",
            ("Q1 2025", "Q1 2024"),
            ("$ 5,000", "$ 6,000"),
            ["CAD", "CAD"],
        ),
        ("(RMB and US$ in thousands)", ("Q1 2025 RMB", "Q1 2025 US$"), ("5,000", "700"), ["CNY", "USD"]),
        ("(in thousands)", ("Q1 2025", "Q1 2024"), ("RMB 5,000", "RMB 6,000"), ["CNY", "CNY"]),
        ("(in thousands)", ("Q1 2025", "Q1 2024"), ("C$5,000", "C$6,000"), ["CAD", "CAD"]),
        ("(RMB and US$ in thousands)", ("Q1 2025", "Q1 2024"), ("5,000", "700"), ["XXX", "XXX"]),
        ("(in thousands)", ("Q1 2025", "Q1 2024"), ("¥5,000", "¥700"), ["XXX", "XXX"]),
        ("(in thousands)", ("Q1 2025", "Q1 2024"), ("$5,000", "$700"), ["USD", "USD"]),
    ],
)
def test_currencies_are_kept_apart(
    note: str, headers: tuple[str, ...], cells: tuple[str, ...], expected: list[str]
) -> None:
    found = release(f"<p>{note}</p>", release_table(("", *headers), ("Revenue", *cells))).tables[0]
    assert [column.currency for column in found.columns] == expected
    assert [value.unit for value in found.rows[0].values] == expected


def test_a_document_may_name_its_currency_once() -> None:
    line = "<p>All amounts are in Canadian dollars unless otherwise indicated.</p>" + "<p>Words.</p>" * 9
    found = release(line, release_table(("", "Q1 2025", "Q1 2024"), ROW)).tables[0]
    assert {column.currency for column in found.columns} == {"CAD"}


def test_where_a_statement_names_another_currency_silent_tables_are_not_dollars() -> None:
    loud = release_table(("", "Q1 2025"), ("Total revenue", "5,000"))
    silent = release_table(("", "Q1 2025"), ("Hosting", "1,000"))
    yuan = release("<p>(in thousands of RMB)</p>", loud, "<p>By line</p>", silent)
    assert [table.columns[0].currency for table in yuan.tables] == ["CNY", "CNY"]
    both = release(
        "<p>(in thousands of RMB)</p>", loud, "<p>(in US dollars)</p>", loud, "<p>By line</p>", silent
    )
    assert [table.columns[0].currency for table in both.tables] == ["CNY", "USD", "XXX"]
    loan = release_table(("", "March 31, 2025"), ("Loan of a subsidiary", "C$ 5"))
    aside = release("<p>Loans</p>", loan, "<p>Operations</p>", loud)
    assert [table.columns[0].currency for table in aside.tables] == ["CAD", "USD"]


def test_numbers_without_a_header_are_not_taken_for_the_last_period() -> None:
    rows = (
        ("", "Q1 2025", "Q1 2024", "", ""),
        ("Total revenue", "5", "4", "", "", "1"),
        ("Hosting", "3", "", "", "", "3"),
    )
    found = release(release_table(*rows)).tables[0]
    assert [[int(value.value) for value in row.values] for row in found.rows] == [[5, 4], [3]]


@pytest.mark.parametrize(("end", "dated"), [("October 31, 2025", 0), ("September 27, 2025", 2)])
def test_a_dated_quarter_shows_whether_quarters_are_of_the_calendar_year(end: str, dated: int) -> None:
    line = f"<p>Example Machines Inc. reports results for its third quarter ended {end}.</p>"
    found = release(line, release_table(("", "Q3 2025", "Q3 2024"), ROW))
    assert sum(len(table.columns) for table in found.tables) == dated
    assert any("nothing says when" in warning for warning in found.warnings) == (not dated)
