"""When fiscal years end, by the words of the page itself."""

from __future__ import annotations

from datetime import date

import pytest

from hashpivot.core import YearEnd
from hashpivot.filings import read_release
from hashpivot.filings.release._document_calendar import document_calendar

Period = tuple[str, str]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (["For the fiscal year ended June 30, 2025"], YearEnd(6)),
        (["Fiscal years ended June 30"], YearEnd(6)),
        (["Our fiscal year ends on the Saturday closest to January 31."], YearEnd(1, 5)),
        (["The fiscal year ends on the last Friday in April."], YearEnd(4, 4, within=True)),
        (["years ended January 3, 2026, December 28, 2024 and December 30, 2023"], YearEnd(12, 5)),
        (
            ["years ended December 30, 2023, December 31, 2022 and December 25, 2021"],
            YearEnd(12, 5, within=True),
        ),
        (["for the years ended December 31, 2023, 2022 and 2021"], YearEnd(12)),
        (["for the year ended January 28, 2024"], YearEnd(1, 6)),  # as the last Sunday dates the years before
        (["Nothing about years"], None),
    ],
)  # fmt: skip
def test_the_rule_a_page_states_or_its_days_follow(lines: list[str], rule: YearEnd | None) -> None:
    found = document_calendar(lines, None)
    assert (found.current if found else None) == rule


def test_one_day_that_fits_rules_apart_gives_none() -> None:
    assert document_calendar(["the year ended December 30, 2023"], None) is None


def test_a_quarters_balance_sheet_names_the_last_year_end() -> None:
    by_month = document_calendar([], None, [date(2023, 7, 2), date(2022, 12, 31)])
    assert by_month is not None and by_month.current == YearEnd(12)
    same_weekday = [date(2023, 7, 1), date(2022, 12, 31)]
    assert document_calendar([], None, same_weekday) is None
    named = document_calendar(
        ["Balance at December 31, 2021", "Balance at December 31, 2022"], None, same_weekday
    )
    assert named is not None and named.current == YearEnd(12)


def page(header: list[list[str]], *about: str) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in header)
    body = "".join(
        f"<tr><td>{label}</td><td>{one}</td><td>{other}</td></tr>"
        for label, one, other in (
            ("Total revenues", 50, 40),
            ("Operating income", 5, 4),
            ("Net income", 3, 2),
        )
    )
    lines = "".join(f"<p>{line}</p>" for line in about)
    return f"<html><body>{lines}<table>{rows}{body}</table></body></html>".encode()


def periods(document: bytes) -> list[Period]:
    (table,) = read_release("page.htm", data=document).tables
    return [(str(column.start), str(column.end)) for column in table.columns]


STATEMENT = ("Consolidated Statements of Operations", "(in millions)")


def test_fiscal_over_bare_years() -> None:
    document = page(
        [["", "Fiscal", "Fiscal"], ["", "2023", "2022"]],
        "For the fiscal year ended January 28, 2024",
        *STATEMENT,
    )
    assert periods(document) == [("2023-01-30", "2024-01-28"), ("2022-01-31", "2023-01-29")]


def test_bare_years_in_a_statement_of_an_annual_report() -> None:
    document = page(
        [["", "2025", "2024"]], "Annual report for the fiscal year ended September 30, 2025", *STATEMENT
    )
    assert periods(document) == [("2024-10-01", "2025-09-30"), ("2023-10-01", "2024-09-30")]


def test_year_ends_alone_in_a_statement_of_an_annual_report() -> None:
    about = "ANNUAL REPORT: the years ended December 28, 2024, December 30, 2023 and December 31, 2022"
    document = page([["", "December 28, 2024", "December 30, 2023"]], about, *STATEMENT)
    assert periods(document) == [("2023-12-31", "2024-12-28"), ("2023-01-01", "2023-12-30")]


def test_a_year_of_53_weeks() -> None:
    about = "Our fiscal year ends on the Saturday closest to January 31."
    document = page(
        [["", "Year ended", "Year ended"], ["", "February 3, 2024", "January 28, 2023"]], about, *STATEMENT
    )
    assert periods(document) == [("2023-01-29", "2024-02-03"), ("2022-01-30", "2023-01-28")]


def test_a_label_over_the_years_is_a_header() -> None:
    document = page([["", "Three Months Ended June 30,", ""], ["EARNINGS", "2023", "2022"]], *STATEMENT)
    assert periods(document) == [("2023-04-01", "2023-06-30"), ("2022-04-01", "2022-06-30")]


def test_the_footnote_of_the_table_before_gives_no_length() -> None:
    about = "[a] Net of taxes during the three months ended June 30, 2025 and 2024."
    document = page([["Millions, for the six months ended June 30,", "2025", "2024"]], about, *STATEMENT)
    assert periods(document) == [("2025-01-01", "2025-06-30"), ("2024-01-01", "2024-06-30")]


def test_years_that_nothing_dates_are_named_in_a_warning() -> None:
    release = read_release("page.htm", data=page([["", "Fiscal Year 2024", "Fiscal Year 2023"]], *STATEMENT))
    assert release.tables == ()
    (warning,) = release.warnings
    assert "nothing says when" in warning and "Fiscal Year 2024" in warning
