"""Which kind of absence a missing number is, by the reports that were read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hashpivot.core import Absence, Figure, Quarter, Source
from hashpivot.ledger import Figures, View

Q1, Q4 = Quarter(2024, 1), Quarter(2024, 4)
Make = Callable[..., Figure]


def report(form: str, end: str, *, read: bool = True, key: str = "s") -> Source:
    """A report of TEST that our reader read, or of which rows were transcribed."""
    sha = "0" * 64 if read else ""
    day = date.fromisoformat(end)
    return Source(key, "TEST", form, date(2025, 1, 31), "filed", "A", sha256=sha, period_end=day)


def view_of(sources: list[Source], *figures: Figure) -> View:
    """A view of these alone."""
    return View(Figures({source.key: source for source in sources}, figures))


def quarter_figure(figure: Make, measure: str = "total_revenue", **more: Any) -> Figure:
    """One figure of the first quarter of 2024."""
    return figure(10, "2024-01-01", "2024-03-31", measure=measure, **more)


def test_a_report_that_was_read_and_is_silent_does_not_disclose(figure):
    view = view_of([report("10-Q", "2024-03-31")], quarter_figure(figure))
    for measure in ("revenue", "net_income", "customer_concentration"):
        why = view.company_statements("TEST").absent(measure, Q1)
        assert (
            why.code == Absence.NOT_DISCLOSED and "10-Q 2024-03-31 was read" in why.reason and not why.needs
        )


def test_transcribed_rows_say_nothing_about_the_rest_of_their_report(figure):
    view = view_of([report("10-Q", "2024-03-31", read=False)], quarter_figure(figure))
    why = view.company_measure("TEST", Q1, "net_income")
    assert why.code == Absence.NOT_IN_LEDGER
    assert why.needs == "10-Q for 2024Q1 (FQ1 2024) of TEST: net income"


def test_a_statement_counts_as_read_only_if_it_gave_a_figure(figure):
    view = view_of([report("10-Q", "2024-03-31")], quarter_figure(figure))
    assert view.company_measure("TEST", Q1, "operating_cash_flow").code == Absence.NOT_IN_LEDGER
    paid = quarter_figure(figure, "capital_expenditure")
    view = view_of([report("10-Q", "2024-03-31")], quarter_figure(figure), paid)
    assert view.company_measure("TEST", Q1, "operating_cash_flow").code == Absence.NOT_DISCLOSED


def test_a_release_leaves_lines_and_details_to_the_report(figure):
    view = view_of([report("8-K", "2024-03-31")], quarter_figure(figure))
    assert view.quarter_lines("TEST", Q1).missing["revenue"].code == Absence.NOT_IN_LEDGER
    assert view.company_measure("TEST", Q1, "net_income").code == Absence.NOT_IN_LEDGER


def test_an_interim_report_on_a_6k_counts_for_statements_and_not_for_notes(figure):
    view = view_of([report("6-K", "2024-03-31")], quarter_figure(figure))
    assert view.quarter_lines("TEST", Q1).missing["revenue"].code == Absence.NOT_IN_LEDGER
    assert view.company_measure("TEST", Q1, "net_income").code == Absence.NOT_DISCLOSED


def test_a_comparative_of_a_later_report_is_no_report_of_the_quarter(figure):
    later = report("10-Q", "2025-03-31")
    view = view_of([later], quarter_figure(figure))
    assert view.company_measure("TEST", Q1, "net_income").code == Absence.NOT_IN_LEDGER


def test_operating_data_are_sought_in_updates(figure):
    view = view_of(
        [report("10-Q", "2024-03-31")], quarter_figure(figure), quarter_figure(figure, "bitcoin_mined")
    )
    why = view.company_measure("TEST", Q1, "power_cost")
    assert why.code == Absence.NOT_IN_LEDGER and why.needs.startswith(
        "operating update for 2024Q1 (FQ1 2024)"
    )


@pytest.mark.parametrize(
    ("form", "quarterly", "annual"),
    [
        ("10-Q", "10-Q", "10-K"),
        ("10-K", "10-Q", "10-K"),
        ("6-K", "6-K", "20-F"),
        ("40-F", "6-K", "40-F"),
        ("8-K", "10-Q", "10-K"),
        ("", "10-Q or 6-K", "10-K or 20-F"),
    ],
)
def test_the_form_is_the_one_the_company_files(figure, form, quarterly, annual):
    view = view_of([report(form, "2024-03-31", read=False)], quarter_figure(figure))
    statements = view.company_statements("TEST")
    assert (statements.expected(Q1).form, statements.expected(Q4).form) == (quarterly, annual)


def test_a_company_that_changed_its_forms_is_expected_to_file_those_of_the_time(figure):
    foreign, domestic = report("6-K", "2024-06-30"), report("10-Q", "2025-03-31", key="d")
    old = quarter_figure(figure)
    new = replace(old, start=date(2025, 1, 1), end=date(2025, 3, 31), source="d")
    statements = view_of([foreign, domestic], old, new).company_statements("TEST")
    assert statements.expected(Q1).form == "6-K" and statements.expected(Quarter(2025, 2)).form == "10-Q"


def test_an_earlier_day_does_not_know_that_a_report_was_read(figure):
    read = replace(report("10-Q", "2024-03-31"), known=date(2024, 5, 10))
    gone = replace(quarter_figure(figure), known=date(2024, 5, 10))
    view = View(Figures({"s": read}, (gone,)), as_of=date(2024, 5, 9))
    assert view.company_measure("TEST", Q1, "net_income").code == Absence.NOT_IN_LEDGER


def test_an_amount_of_a_longer_period_names_the_report_that_would_split_it(figure):
    year = figure(40, "2024-01-01", "2024-12-31", measure="total_revenue", source="k")
    view = view_of([report("10-K", "2024-12-31", key="k")], year)
    second = view.company_measure("TEST", Quarter(2024, 2), "total_revenue")
    fourth = view.company_measure("TEST", Q4, "total_revenue")
    assert second.code == fourth.code == Absence.NOT_DERIVABLE
    assert second.needs.startswith("10-Q for 2024Q2") and fourth.needs.startswith("10-Q for 2024Q3")
