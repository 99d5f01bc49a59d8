"""AI revenue that recurs, told apart from fit-out, resale and costs passed on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import Figure, Line, Missing, PlainLocator, Quarter, Source
from hashpivot.ledger import Figures, View
from hashpivot.season import NOT_JUDGED, Answer
from hashpivot.season.answers import revenue_answer

QUARTER, KNOWN = Quarter(2025, 4), date(2026, 2, 1)
SOURCE = Source("s", "TEST", "10-Q", KNOWN, "filed", "A")
NINE_MONTHS = Source("n", "TEST", "10-Q", date(2025, 11, 1), "filed", "A")
YEAR = Source("y", "TEST", "10-K", KNOWN, "filed", "A")


def row(
    line: Line | None,
    value: int,
    qualifier: str = "",
    *,
    start: date = QUARTER.start,
    end: date = QUARTER.end,
    source: Source = SOURCE,
) -> Figure:
    measure = "revenue" if line else "total_revenue"
    label = qualifier or str(line or "total")
    return Figure(
        ticker="TEST",
        measure=measure,
        line=line,
        start=start,
        end=end,
        value=Decimal(value),
        unit="usd",
        label=label,
        source=source.key,
        locator=PlainLocator(label),
        known=source.known,
        breakdown="main" if line else "",
        qualifier=qualifier,
    )


def view_of(*figures: Figure) -> View:
    sources = {source.key: source for source in (SOURCE, NINE_MONTHS, YEAR)}
    return View(Figures(sources, figures), companies={})


def answer(*figures: Figure) -> Answer:
    return revenue_answer(view_of(*figures), "TEST", QUARTER)


def lines(rent: int, fit_out: int, *, unqualified: int = 0) -> list[Figure]:
    rows = [
        row(Line.AI_COLOCATION, rent, "rent"),
        row(Line.AI_COLOCATION, fit_out, "fit_out"),
        row(Line.SELF_MINING, 1000 - rent - fit_out - unqualified),
        row(None, 1000),
    ]
    return [*rows, row(Line.AI_CLOUD, unqualified)] if unqualified else rows


def test_the_verdict_is_judged_by_what_recurs_and_the_headline_says_both() -> None:
    found = answer(*lines(rent=95, fit_out=575))
    assert found["ai_share"] == pytest.approx(0.67) and found["ai_chips_share"] == pytest.approx(0.67)
    assert found["ai_recurring_share"] == pytest.approx(0.095)
    assert found["ai_recurring_revenue_usd"] == 95 and found["ai_not_recurring_revenue_usd"] == 575
    assert found["ai_chips_recurring_run_rate_usd"] == 380
    assert found.verdict == "emerging" and found.judged and found.judged.name == "ai_chips_recurring_share"
    assert found.headline == "AI and chips bring 67.0% of revenue, 9.5% without fit-out: emerging."


def test_rows_without_a_qualifier_recur() -> None:
    found = answer(*lines(rent=95, fit_out=300, unqualified=100))
    assert found["ai_recurring_share"] == pytest.approx(0.195) and found.verdict == "meaningful"


def test_costs_passed_on_and_resale_do_not_count_as_recurring() -> None:
    found = answer(
        row(Line.AI_COLOCATION, 300, "pass_through"),
        row(Line.AI_COLOCATION, 10, "resale"),
        row(Line.AI_COLOCATION, 90, "rent"),
        row(Line.SELF_MINING, 600),
        row(None, 1000),
    )
    assert found["ai_recurring_share"] == pytest.approx(0.09)
    assert "9.0% without costs passed on and resale" in found.headline


def test_without_a_split_all_of_it_is_judged() -> None:
    found = answer(row(Line.AI_COLOCATION, 670), row(Line.SELF_MINING, 330), row(None, 1000))
    assert found.verdict == "meaningful" and "ai_recurring_share" not in found
    assert found.headline == "AI and chips bring 67.0% of revenue: meaningful."
    assert found.judged and found.judged.name == "ai_chips_share"


def test_fit_out_alone_is_no_recurring_revenue() -> None:
    found = answer(row(Line.AI_COLOCATION, 400, "fit_out"), row(Line.SELF_MINING, 600), row(None, 1000))
    assert found.verdict == "none"
    assert found.headline == "AI and chips bring 40.0% of revenue, 0.0% without fit-out: none."


def test_where_lines_are_missing_some_of_the_rest_may_recur() -> None:
    found = answer(row(Line.AI_COLOCATION, 400, "fit_out"), row(Line.SELF_MINING, 300), row(None, 1000))
    assert found.verdict == NOT_JUDGED and isinstance(found["ai_recurring_share"], Missing)
    assert found.headline.endswith(
        "the lines do not add up to the total, and what is on none of them may recur."
    )


def test_the_split_of_a_derived_quarter_is_derived_with_it() -> None:
    """A year less nine months: rent 95 of 400, fit-out 575 of 1000."""

    def period(rent: int, fit_out: int, mining: int, end: date, source: Source) -> list[Figure]:
        rows = [(Line.AI_COLOCATION, rent, "rent"), (Line.AI_COLOCATION, fit_out, "fit_out")]
        every = [*rows, (Line.SELF_MINING, mining, ""), (None, rent + fit_out + mining, "")]
        start = date(2025, 1, 1)
        return [row(one, value, q, start=start, end=end, source=source) for one, value, q in every]

    figures = period(400, 1000, 600, QUARTER.end, YEAR)
    figures += period(305, 425, 270, date(2025, 9, 30), NINE_MONTHS)
    found = answer(*figures)
    assert found["ai_share"] == pytest.approx(0.67)
    assert found["ai_recurring_share"] == pytest.approx(0.095)
    ends = [
        end.figure.value
        for f in found.figures
        for end in view_of(*figures).trace(f.id).reported()
        if f.qualifier
    ]
    assert ends == [1000, 425]


def test_what_recurs_is_not_known_where_the_lines_leave_a_rest() -> None:
    """The rest may be rent: fit-out taken from what is shown would call a tenant's rent nothing."""
    found = answer(row(Line.AI_COLOCATION, 575, "fit_out"), row(Line.SELF_MINING, 100), row(None, 1000))
    assert found["ai_chips_share"] == pytest.approx(0.575)
    assert isinstance(found["ai_chips_recurring_share"], Missing)
    assert found.verdict == "not_judged" and "may recur" in found.headline


def test_a_share_with_part_of_the_total_on_no_line_is_a_lower_bound() -> None:
    rows = (row(None, 100), row(Line.AI_COLOCATION, 20))
    share = next(m for m in answer(*rows).metrics if m.name == "ai_chips_share")
    assert share.value == 0.2 and share.at_least
    whole = next(m for m in answer(*rows, row(Line.SELF_MINING, 80)).metrics if m.name == "ai_chips_share")
    assert whole.value == 0.2 and not whole.at_least


def test_lines_that_are_more_than_the_total_give_no_share() -> None:
    given = answer(row(None, 1), row(Line.AI_COLOCATION, 33))
    share = given["ai_chips_share"]
    assert given.verdict == NOT_JUDGED
    assert isinstance(share, Missing) and "more than the total" in share.reason
