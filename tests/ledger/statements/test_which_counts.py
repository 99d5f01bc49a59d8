"""Which of several figures counts: kinds of documents, slips of scale, restatements, fiscal calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import Figure, Line, Missing, PlainLocator, Quarter, Source
from hashpivot.ledger import Figures, View, disagreements
from hashpivot.ledger.statements import SourceStanding, standing

Q1, Q2, Q3 = ("2024-01-01", "2024-03-31"), ("2024-04-01", "2024-06-30"), ("2024-07-01", "2024-09-30")
H1, N9, YEAR = ("2024-01-01", "2024-06-30"), ("2024-01-01", "2024-09-30"), ("2024-01-01", "2024-12-31")
Q4 = Quarter(2024, 4)
MILLION = 1_000_000


class Reports:
    """Reports of one made-up company, each with its form, day and amounts by period."""

    def __init__(self, measure: str = "total_revenue", line: Line | None = None) -> None:
        self.measure, self.line = measure, line
        self.sources: dict[str, Source] = {}
        self.figures: list[Figure] = []

    def file(self, form: str, known: str, amounts: dict[tuple[str, str], int], **given: object) -> Reports:
        key, day = f"{form} {known}", date.fromisoformat(known)
        own = date.fromisoformat(max(end for _, end in amounts))
        source = Source(key, "TEST", form, day, "filed", "A", period_end=own)
        self.sources[key] = replace(source, **given)  # type: ignore[arg-type]
        self.figures += [
            Figure(
                "TEST", self.measure, self.line, date.fromisoformat(start), date.fromisoformat(end),
                Decimal(value), "usd", "row", key, PlainLocator(f"{start}..{end}"), day, breakdown="main",
            )
            for (start, end), value in amounts.items()
        ]  # fmt: skip
        return self

    def view(self, **options: object) -> View:
        return View(Figures(self.sources, tuple(self.figures)), companies={}, **options)  # type: ignore[arg-type]

    def quarter(self, quarter: Quarter = Q4, **options: object) -> int | Missing:
        if self.line:
            lines = self.view(**options).quarter_lines("TEST", quarter)
            figure = lines.revenue.get(self.line) or lines.why("revenue", self.line)
        else:
            figure = self.view(**options).company_measure("TEST", quarter, self.measure)
        return int(figure.value) if isinstance(figure, Figure) else figure


# Kinds of documents

FORMS = {
    SourceStanding.REPORT: ("10-K", "10-Q", "10-K/A", "10-KT", "10-QT", "20-F", "20-F/A", "40-F", "6-K"),
    SourceStanding.RELEASE: ("8-K", "8-K/A", ""),
    SourceStanding.PROSPECTUS: ("S-1", "S-1/A", "424B3", "F-1", "10-12B", "NT 10-K"),
    SourceStanding.PROXY: ("DEF 14A", "PRE 14A", "DEFA14A", "DEFM14A", "PRER14A", "DEF 14C"),
}


@pytest.mark.parametrize(("kind", "form"), [(kind, form) for kind, forms in FORMS.items() for form in forms])
def test_every_form_has_a_standing(kind: SourceStanding, form: str) -> None:
    source = Source("s", "TEST", form, date(2025, 1, 1), "filed", "A")
    assert standing(source) == kind
    assert standing(replace(source, grade="C")) == max(kind, SourceStanding.SECONDARY)
    assert standing(replace(source, grade="B")) == max(kind, SourceStanding.RELEASE)


@pytest.mark.parametrize(
    "better, worse", [("10-K", "8-K"), ("10-K", "DEF 14A"), ("8-K", "S-1"), ("S-1", "DEF 14A")]
)
def test_the_better_document_counts_however_late_the_other_is_known(better: str, worse: str) -> None:
    reports = (
        Reports("net_income").file(better, "2025-02-20", {YEAR: 319}).file(worse, "2025-04-07", {YEAR: 5})
    )
    address = "TEST/2024-01-01..2024-12-31/net_income"
    assert reports.view().figure(address).value == 319
    assert reports.view(as_of=date(2025, 4, 8)).figure(address).value == 319


def test_before_the_report_the_release_counts_and_the_later_of_two_reports() -> None:
    reports = (
        Reports("net_income")
        .file("8-K", "2025-02-01", {YEAR: 1}, grade="B")
        .file("10-K", "2025-02-20", {YEAR: 2})
    )
    reports.file("10-K/A", "2025-06-01", {YEAR: 3})
    address = "TEST/2024-01-01..2024-12-31/net_income"
    days = (date(2025, 2, 10), date(2025, 2, 20), date(2025, 6, 1))
    assert [reports.view(as_of=day).figure(address).value for day in days] == [1, 2, 3]


def test_a_proxy_statement_is_no_operand() -> None:
    reports = (
        Reports("net_income")
        .file("10-Q", "2024-11-01", {N9: 133_707_000})
        .file("DEF 14A", "2025-04-07", {YEAR: 319_065})
    )
    assert isinstance(reports.quarter(), Missing)
    reports.file("10-K", "2025-02-25", {YEAR: 319_066_000})
    assert reports.quarter() == 185_359_000


# Slips of scale

AGAIN = ("2025-04-01", "2025-06-30")


@pytest.mark.parametrize("power", [3, 6, 9, -3, -6])
def test_a_comparative_column_in_another_scale_is_set_aside(power: int) -> None:
    slip = int(Decimal(50_000_000_000).scaleb(-power))
    reports = Reports().file("10-Q", "2024-08-01", {Q2: 50_000_000_000})
    reports.file("10-Q", "2025-08-01", {Q2: slip, AGAIN: 60_000_000_000})
    view = reports.view()
    figure = view.figure("TEST/2024Q2/total_revenue")
    assert figure.value == 50_000_000_000 and "slip of scale" in figure.note
    slipped = next(f for f in view.figures("TEST") if f.value == slip)
    assert "set aside" in view.trace(slipped.id).figure.note
    held = Figures({k: s for k, s in reports.sources.items() if "2024" in k}, tuple(reports.figures[:1]))
    (warning,) = disagreements(held, reports.figures[1:], reports.sources["10-Q 2025-08-01"])
    assert "slip of scale" in warning and "times" in warning


def test_a_restatement_a_rounding_and_a_corrected_own_column_are_no_slips() -> None:
    reports = (
        Reports()
        .file("10-Q", "2024-08-01", {Q2: 50_000_000})
        .file("10-Q", "2025-08-01", {Q2: 51_000, AGAIN: 60})
    )
    assert (
        reports.quarter(Quarter(2024, 2)) == 51_000
    )  # not exactly by the thousand: whatever it is, not a slip
    reports = (
        Reports().file("10-Q", "2024-08-01", {Q2: 50_000}).file("10-Q/A", "2024-09-01", {Q2: 50_000_000})
    )
    assert reports.quarter(Quarter(2024, 2)) == 50_000_000  # the filing's own period


def test_what_nothing_confirms_goes_with_its_column() -> None:
    reports = Reports().file("10-Q", "2024-08-01", {Q2: 50_000_000})
    reports.file("10-Q", "2025-08-01", {Q2: 50_000, AGAIN: 60_000_000})
    lone = replace(reports.figures[1], measure="net_income", value=Decimal(7))
    reports.figures.append(lone)
    assert reports.quarter(Quarter(2024, 2)) == 50_000_000
    assert isinstance(reports.view().company_measure("TEST", Quarter(2024, 2), "net_income"), Missing)
    confirmed = replace(reports.figures[0], measure="operating_income", value=Decimal(9))
    reports.figures += [confirmed, replace(lone, measure="operating_income", value=Decimal(9))]
    assert reports.view().company_measure("TEST", Quarter(2024, 2), "net_income").value == 7  # type: ignore[union-attr]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**12), st.sampled_from((3, 6)), st.sampled_from((0, -3)))
def test_a_slip_is_known_whatever_the_rounding(value: int, power: int, decimals: int) -> None:
    """Printed in thousands or millions, tagged as dollars."""
    held = round(value, decimals) or 1000
    shown = round(Decimal(held).scaleb(-power))
    reports = (
        Reports()
        .file("10-Q", "2024-08-01", {Q2: held})
        .file("10-Q", "2025-08-01", {Q2: int(shown), AGAIN: 1})
    )
    answer = reports.quarter(Quarter(2024, 2))
    assert answer in (held, int(shown))
    if shown >= 1000:  # coarser numbers may be anything
        assert answer == held


# Restatements

CASES = {
    "the 10-K gives the restated year": (230, 70),
    "the 10-K gives another year": (250, 90),
}


def restated(line: Line | None = None) -> Reports:
    reports = Reports("revenue" if line else "total_revenue", line)
    reports.file("10-Q", "2024-05-01", {Q1: 60}).file("10-Q", "2024-08-01", {Q2: 50, H1: 110})
    reports.file("10-Q", "2024-11-01", {Q3: 55, N9: 165})
    return reports.file("10-Q/A", "2024-12-15", {Q2: 45, H1: 105})


@pytest.mark.parametrize("line", [None, Line.SELF_MINING])
@pytest.mark.parametrize(("year", "fourth"), CASES.values(), ids=CASES)
def test_nine_months_that_hold_a_restated_quarter_are_no_operand(
    year: int, fourth: int, line: Line | None
) -> None:
    reports = restated(line).file("10-K", "2025-02-20", {YEAR: year})
    assert reports.quarter() == fourth
    quarters = [reports.quarter(Quarter(2024, n)) for n in (1, 2, 3, 4)]
    assert sum(quarters) == year  # type: ignore[arg-type]
    assert not reports.view().notes("TEST")


def test_without_the_quarters_the_reason_is_said() -> None:
    reports = Reports().file("10-Q", "2024-08-01", {H1: 110}).file("10-Q", "2024-11-01", {N9: 165})
    reports.file("10-Q/A", "2024-12-15", {H1: 105}).file("10-K", "2025-02-20", {YEAR: 230})
    missing = reports.quarter()
    assert isinstance(missing, Missing) and "restated" in missing.reason
    assert reports.quarter(Quarter(2024, 3)) == 55  # both as before the restatement
    assert "restated" in reports.view().gaps("TEST")["TEST/2024Q4/total_revenue"].reason


def test_a_quarter_amended_after_the_year_leaves_the_fourth_and_is_noted() -> None:
    reports = Reports().file("10-Q", "2024-05-01", {Q1: 60}).file("10-Q", "2024-08-01", {Q2: 50})
    reports.file("10-Q", "2024-11-01", {Q3: 55, N9: 165}).file("10-K", "2025-02-20", {YEAR: 235})
    assert not reports.view().notes("TEST")
    reports.file("10-Q/A", "2025-03-15", {Q2: 45})
    assert reports.quarter() == 70
    (note,) = reports.view().notes("TEST")
    assert "add up to 230, the year is 235" in note and "2024Q2 (known 2025-03-15)" in note


def test_a_quarter_given_otherwise_for_comparison_makes_the_year_add_up_with_a_note() -> None:
    reports = Reports().file("10-Q", "2024-05-01", {Q1: 60}).file("10-Q", "2024-11-01", {N9: 165})
    reports.file("10-K", "2025-02-20", {YEAR: 235}).file(
        "10-Q", "2025-11-01", {N9: 160, ("2025-07-01", "2025-09-30"): 1}
    )
    figure = reports.view().company_measure("TEST", Q4, "total_revenue")
    assert isinstance(figure, Figure) and figure.value == 75 and "was restated on 2025-11-01" in figure.note
    assert reports.quarter(as_of=date(2025, 3, 1)) == 70


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(10, 10**6), min_size=5, max_size=5), st.integers(1, 4))
def test_four_quarters_add_up_to_the_year_or_the_view_says_why(amounts: list[int], which: int) -> None:
    """Any of the first three quarters restated at any time, by an amendment or for comparison."""
    q1, q2, q3, q4, change = amounts
    spans = {1: Q1, 2: Q2, 3: Q3}
    for form, day in (("10-Q/A", "2024-12-15"), ("10-Q/A", "2025-04-15"), ("10-Q", "2025-08-01")):
        reports = (
            Reports().file("10-Q", "2024-05-01", {Q1: q1}).file("10-Q", "2024-08-01", {Q2: q2, H1: q1 + q2})
        )
        reports.file("10-Q", "2024-11-01", {Q3: q3, N9: q1 + q2 + q3})
        known = change if day < "2025" and which < 4 else 0
        if which < 4:
            reports.file(form, day, {spans[which]: (q1, q2, q3)[which - 1] + change})
        reports.file("10-K", "2025-02-20", {YEAR: q1 + q2 + q3 + q4 + known})
        view = reports.view()
        quarters = [view.company_measure("TEST", Quarter(2024, n), "total_revenue") for n in (1, 2, 3, 4)]
        if any(isinstance(quarter, Missing) for quarter in quarters):
            assert any("/total_revenue" in key for key in view.gaps("TEST"))
        else:
            total = sum(quarter.value for quarter in quarters if isinstance(quarter, Figure))
            assert total == view.figure("TEST/2024-01-01..2024-12-31/total_revenue").value or view.notes(
                "TEST"
            )


# Calendars


def weeks(first: date, *lengths: int) -> list[tuple[str, str]]:
    """Periods from the first day on that last so many weeks each from there."""
    return [
        (first.isoformat(), (first + timedelta(weeks=n) - timedelta(days=1)).isoformat()) for n in lengths
    ]


@pytest.mark.parametrize(
    ("first", "length", "quarter"),
    [
        (date(2024, 12, 29), 53, Quarter(2025, 4)),  # to 3 January 2026
        (date(2024, 1, 29), 52, Quarter(2024, 4)),  # to the last Sunday of January
        (date(2023, 10, 1), 52, Quarter(2024, 3)),  # to the Saturday nearest to the end of September
        (date(2024, 4, 29), 53, Quarter(2025, 1)),
    ],
)
def test_quarters_tile_whatever_the_calendar(first: date, length: int, quarter: Quarter) -> None:
    nine, year = weeks(first, 39, length)
    reports = Reports().file("10-Q", "2026-01-01", {nine: 150}).file("10-K", "2026-04-01", {year: 210})
    assert reports.quarter(quarter) == 60
    first_three = weeks(first, 13)[0]
    assert (
        reports.file("10-Q", "2026-01-02", {first_three: 40}).quarter(
            Quarter.of_period_end(date.fromisoformat(first_three[1]))
        )
        == 40
    )


@pytest.mark.parametrize("length", [8, 11, 12, 15, 16])
def test_other_lengths_count_as_no_quarter_and_are_named(length: int) -> None:
    (period,) = weeks(date(2024, 12, 30), length)
    reports = Reports().file("10-Q", "2025-05-20", {period: 50})
    quarter = Quarter.of_period_end(date.fromisoformat(period[1]))
    missing = reports.quarter(quarter)
    assert isinstance(missing, Missing)
    if length > 11:
        assert f"{7 * length} days ({length} weeks)" in missing.reason
        assert f"TEST/{quarter}/total_revenue" in reports.view().gaps("TEST")


def test_36_weeks_leave_no_fourth_quarter() -> None:
    thirty_six, year = weeks(date(2024, 12, 30), 36, 52)
    reports = Reports().file("10-Q", "2025-10-01", {thirty_six: 150}).file("10-K", "2026-02-01", {year: 210})
    missing = reports.quarter(Quarter(2025, 4))
    assert isinstance(missing, Missing) and "112 days (16 weeks)" in missing.reason


def test_three_months_of_updates_that_straddle_quarters_are_no_quarter() -> None:
    months = {
        ("2024-03-01", "2024-03-31"): 1,
        ("2024-04-01", "2024-04-30"): 1,
        ("2024-05-01", "2024-05-31"): 1,
    }
    assert isinstance(
        Reports("bitcoin_mined").file("8-K", "2024-06-03", months).quarter(Quarter(2024, 2)), Missing
    )


# What is missing


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ({YEAR: 264}, "the year 2024-01-01..2024-12-31 is known, the quarters"),
        ({N9: 200}, "the nine months 2024-01-01..2024-09-30 is known, the quarters"),
        ({YEAR: 264, H1: 100}, "no nine-month figure for 2024-01-01..2024-09-30"),
    ],
)
def test_every_quarter_of_a_known_period_is_listed_with_its_reason(
    amounts: dict[tuple[str, str], int], words: str
) -> None:
    view = Reports().file("10-K", "2025-02-20", amounts).view()
    gaps = view.gaps("TEST")
    first, last = (
        Quarter.of_period_end(date.fromisoformat(f(day for p in amounts for day in p))) for f in (min, max)
    )
    wanted = [f"TEST/{q}/total_revenue" for q in Quarter(2024, 1).through(last)]
    assert first <= Quarter(2024, 1) and [key for key in gaps if key.endswith("total_revenue")] == wanted
    assert words in gaps[wanted[-1]].reason and str(last) in gaps[wanted[-1]].reason
    assert not view.quarters("TEST")
