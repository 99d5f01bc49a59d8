from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import (
    DebtInstrument,
    Figure,
    InvalidInput,
    Kind,
    Line,
    Missing,
    Quarter,
    Source,
    UnknownFigure,
    filing_deadline,
)
from hashpivot.ledger import DETAIL, Figures, View, bundled, debt_fact
from hashpivot.ledger.statements import combine


def view_of(*figures: Figure, grades: dict[str, str] | None = None, **options: object) -> View:
    keys = {figure.source: figure.known for figure in figures}
    graded = grades or {}
    sources = {k: Source(k, "TEST", "10-Q", day, "filed", graded.get(k, "A")) for k, day in keys.items()}
    return View(Figures(sources, figures), companies={}, **options)  # type: ignore[arg-type]


Q4 = ("2024-10-01", "2024-12-31")
ADDRESS = "TEST/2024Q4/total_revenue"


def total(figure, value, source, **more):
    return figure(value, *Q4, measure="total_revenue", source=source, **more)


def test_grade_before_day_and_day_by_vintage(figure):
    early, late = date(2025, 1, 1), date(2025, 6, 1)
    rows = [
        total(figure, 1, "a-early", known=early),
        total(figure, 2, "a-late", known=late),
        total(figure, 3, "b-latest", known=date(2026, 1, 1)),
    ]
    grades = {"b-latest": "B"}
    assert view_of(*rows, grades=grades).figure(ADDRESS).value == 2
    assert view_of(*rows, grades=grades, vintage="first").figure(ADDRESS).value == 1
    assert view_of(*rows, grades=grades, as_of=early).figure(ADDRESS).value == 1
    with pytest.raises(UnknownFigure):
        view_of(*rows, grades=grades, as_of=date(2024, 12, 31)).figure(ADDRESS)


def test_a_report_supersedes_the_release_of_its_period(figure):
    """Both known by their deadlines only; the release's is the longer one."""
    end = date(2024, 12, 31)
    sources = {
        form: Source(form, "TEST", form, filing_deadline(form, end), "deadline", "A", period_end=end)
        for form in ("8-K", "10-Q")
    }
    rows = tuple(total(figure, n, form, known=sources[form].known) for n, form in enumerate(sources))
    for vintage, form in (("latest", "10-Q"), ("first", "8-K")):
        view = View(Figures(sources, rows), vintage=vintage, companies={})
        assert view.figure(ADDRESS).source == form


def test_exact_beats_rounded_only_if_they_agree(figure):
    rounded = total(figure, 81_100_000, "release", decimals=-5, known=date(2026, 1, 1))
    grades = {"exact": "C"}
    agreeing = total(figure, 81_103_000, "exact", decimals=-3)
    assert view_of(rounded, agreeing, grades=grades).figure(ADDRESS).value == 81_103_000
    other = total(figure, 81_203_000, "exact", decimals=-3)
    assert view_of(rounded, other, grades=grades).figure(ADDRESS).value == 81_100_000


def test_a_reported_quarter_beats_a_derived_one_unless_it_is_secondary(figure):
    year = figure(100, "2024-01-01", "2024-12-31", measure="total_revenue", source="year")
    nine = figure(70, "2024-01-01", "2024-09-30", measure="total_revenue", source="nine")
    press = total(figure, 33, "press")
    assert view_of(year, nine, press, grades={"press": "B"}).figure(ADDRESS).value == 33
    assert view_of(year, nine, press, grades={"press": "C"}).figure(ADDRESS).value == 30
    assert view_of(year, nine, press, grades={"press": "C", "nine": "C"}).figure(ADDRESS).value == 33


@given(st.lists(st.sets(st.sampled_from(["peak", "excludes depreciation", "sum of a and b"])), min_size=1))
def test_notes_of_some_operands_stay_with_them(noted):
    day = date(2024, 12, 31)
    like = Figure("TEST", "revenue", None, day, day, Decimal(1), "usd", "", "s", "", day)
    operands = [replace(like, note="; ".join(sorted(notes))) for notes in noted]
    found = combine([(1, operand) for operand in operands], like, "told")
    shared = set.intersection(*noted) - {"sum of a and b"}
    assert found.note.split("; ") == ["told", *sorted(shared)]


def test_details_are_never_added(figure):
    rows = [figure(5, *Q4, line="hosting"), figure(2, *Q4, line="hosting", label="part", breakdown=DETAIL)]
    assert view_of(*rows).figure("TEST/2024Q4/revenue/hosting").value == 5


def test_repeated_rows_collapse(figure):
    row = figure(5, *Q4, line="hosting")
    assert view_of(row, replace(row, locator="elsewhere")).figure("TEST/2024Q4/revenue/hosting").value == 5


def test_what_is_left_over_is_unattributed(figure):
    rows = [figure(60, *Q4, line="hosting"), total(figure, 100, "s")]
    lines = view_of(*rows).quarter_lines("TEST", Quarter(2024, 4))
    assert lines.unattributed.value == 40 and not lines.ties


def test_lines_without_a_total_are_summed_with_a_note(figure):
    rows = [figure(60, *Q4, line="hosting"), figure(30, *Q4, line="self_mining")]
    found = view_of(*rows).company_measure("TEST", Quarter(2024, 4), "total_revenue")
    assert found.value == 90 and "no total stands beside" in found.note
    assert isinstance(view_of(rows[0]).company_measure("TEST", Quarter(2024, 4), "total_revenue"), Missing)


def test_costs_of_another_cut_are_not_taken_from_revenue(figure):
    revenue = [
        figure(60, *Q4, line="self_mining", source="old"),
        figure(30, *Q4, line="hosting", source="old"),
        figure(1, *Q4, line="other", source="old"),
    ]
    folded = [
        figure(20, *Q4, line="self_mining", measure="cost_of_revenue", source="new"),
        figure(25, *Q4, line="other", measure="cost_of_revenue", source="new"),
    ]
    lines = view_of(*revenue, *folded).quarter_lines("TEST", Quarter(2024, 4))
    assert not lines.cost
    assert all(isinstance(profit, Missing) for profit in lines.gross_profit.values())


def test_a_cost_without_revenue_of_its_line_is_not_taken(figure):
    rows = [
        figure(60, *Q4, line="self_mining"),
        figure(20, *Q4, line="self_mining", measure="cost_of_revenue", source="t"),
        figure(25, *Q4, line="hosting", measure="cost_of_revenue", source="t"),
    ]
    assert not view_of(*rows).quarter_lines("TEST", Quarter(2024, 4)).cost


def test_segment_gross_profit_stands_in_where_no_cost_is_known(figure):
    rows = [figure(60, *Q4, line="hosting"), figure(12, *Q4, line="hosting", measure="segment_gross_profit")]
    profit = view_of(*rows).figure("TEST/2024Q4/gross_profit/hosting")
    assert (profit.value, profit.note) == (12, "as reported by segment")


def test_a_silently_recast_quarter_is_not_an_operand(figure):
    """The first quarter was reported before amounts moved between lines; the half year tells."""
    first, later = date(2024, 5, 1), date(2024, 8, 1)

    def pair(mining: int, other: int, start: str, end: str, source: str, known: date) -> list[Figure]:
        day = {"source": source, "known": known}
        return [
            figure(mining, start, end, line="self_mining", **day),
            figure(other, start, end, line="other", **day),
        ]

    rows = [
        *pair(50, 1, "2024-01-01", "2024-03-31", "q1", first),
        *pair(90, 12, "2024-01-01", "2024-06-30", "q2", later),
        *pair(44, 7, "2024-04-01", "2024-06-30", "q2", later),
        *pair(80, 10, "2023-10-01", "2024-03-31", "half", later),
    ]
    found = view_of(*rows).figure("TEST/2023Q4/revenue/self_mining")
    assert found.value == 80 - (90 - 44)
    assert not any("2024Q1" in operand for operand in found.operands)
    untouched = [*pair(46, 5, "2024-01-01", "2024-03-31", "q1", first), *rows[2:]]
    assert view_of(*untouched).figure("TEST/2023Q4/revenue/self_mining").formula == "{0} - {1}"


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("RIOT/2024Q4/revenue/self_minig", "self_mining"),
        ("RIOT/2024Q4/revenu/self_mining", "revenue"),
        ("RIOTT/2024Q4/revenue/self_mining", "RIOT"),
        ("RIOT/2024Q4", "write it like"),
        ("RIOT/lately/revenue/hosting", "write it like"),
        ("RIOT/2031Q4/revenue/self_mining", "RIOT/20"),
        ("RIOT/2024Q4/revenue/self_mining@00000000", "RIOT/2024Q"),
        ("RIOT/2024-13-45/cash/total", "write it like"),
    ],
)
def test_an_unknown_address_gives_near_ones(desk, address, hint):
    with pytest.raises(UnknownFigure) as caught:
        desk.figure(address)
    assert hint in caught.value.hint


def test_unknown_measures_and_vintages_are_refused(desk):
    with pytest.raises(InvalidInput):
        desk.company_measure("RIOT", Quarter(2024, 4), "happiness")
    with pytest.raises(InvalidInput):
        View(bundled(), vintage="best")  # type: ignore[arg-type]


def test_an_address_in_lower_case_is_found(desk):
    assert desk.figure("riot/2024q4/revenue/self_mining").value == 126_351_000


def test_a_trace_ends_in_the_filing(desk):
    trace = desk.trace("RIOT/2024Q4/gross_profit/self_mining")
    ends = list(trace.reported())
    assert sorted(end.figure.value for end in ends) == [123_296_000, 189_224_000, 194_651_000, 321_002_000]
    assert all(end.source and end.source.url.startswith("https://www.sec.gov") for end in ends)
    told = trace.to_dict()
    assert told["formula"] == "{0} - {1}" and len(told["operands"]) == 2  # type: ignore[arg-type]
    assert "0001558370-25-001888" in str(told) and "321,002,000" in str(trace)


def evaluate(formula: str, values: list[Decimal]) -> Decimal:
    signs = re.findall(r"([+-]?) ?\{(\d+)\}", formula)
    return sum(((-1 if sign == "-" else 1) * values[int(n)] for sign, n in signs), Decimal(0))


def test_every_shown_figure_traces_to_sources_and_adds_up(desk):
    fresh = View(bundled())
    for ticker in desk.tickers():
        for figure in desk.lines(ticker):
            assert fresh.figure(figure.id) == figure
            stack = [fresh.trace(figure.id)]
            while stack:
                step = stack.pop()
                if step.operands:
                    values = [operand.figure.value for operand in step.operands]
                    assert evaluate(step.figure.formula, values) == step.figure.value
                    assert step.figure.known == max(o.figure.known for o in step.operands)
                    stack += step.operands
                else:
                    assert step.source is not None


def test_lines_eliminations_and_the_rest_are_the_total(desk):
    for ticker in desk.tickers():
        for quarter in desk.quarters(ticker):
            lines = desk.quarter_lines(ticker, quarter)
            if isinstance(lines.unattributed, Missing):
                continue
            parts = [*lines.revenue.values(), lines.unattributed]
            parts += [lines.eliminations] if isinstance(lines.eliminations, Figure) else []
            assert sum(part.value for part in parts) == lines.total_revenue.value


def test_riot_first_and_latest(desk):
    first = View(bundled(), vintage="first")
    assert first.figure("RIOT/2024Q1/revenue/self_mining").value == 74_597_000
    assert desk.figure("RIOT/2024Q1/revenue/self_mining").value == 71_396_000


def test_a_quarter_is_unknown_before_its_filing():
    before = View(bundled(), as_of=date(2025, 2, 1))
    with pytest.raises(UnknownFigure) as caught:
        before.figure("RIOT/2024Q4/revenue/self_mining")
    assert "no report on 2024Q4 that would give revenue by line is in the ledger" in caught.value.message


@settings(max_examples=20, deadline=None)
@given(st.dates(date(2023, 6, 1), date(2026, 6, 1)), st.sampled_from(["RIOT", "CLSK", "BTBT", "CORZ", "HUT"]))
def test_what_becomes_known_later_changes_nothing_earlier(day, ticker):
    everything = bundled()
    held = tuple(figure for figure in everything.figures if figure.ticker == ticker)
    earlier = tuple(figure for figure in held if figure.known <= day)
    now = View(Figures(everything.sources, held), as_of=day)
    then = View(Figures(everything.sources, earlier))
    assert now.lines(ticker) == then.lines(ticker)
    assert all(figure.known <= day for figure in now.lines(ticker))
    assert now.gaps(ticker) == then.gaps(ticker)


def test_order_of_rows_does_not_matter(desk):
    everything = bundled()
    turned = View(Figures(everything.sources, everything.figures[::-1]))
    for ticker in ("RIOT", "BTBT", "HUT", "MARA"):
        assert {f.address: f.value for f in turned.lines(ticker)} == {
            f.address: f.value for f in desk.lines(ticker)
        }


def test_kinds(desk):
    assert {figure.kind for t in desk.tickers() for figure in desk.lines(t)} == {Kind.REPORTED, Kind.DERIVED}
    assert Line.SELF_MINING in desk.quarter_lines("RIOT", Quarter(2024, 4)).revenue


def test_gaps_have_stable_keys(desk):
    key = re.compile(r"[A-Z]+/\d{4}Q[1-4]/(total_revenue|revenue|cost_of_revenue|gross_profit/[a-z_]+)")
    for ticker in desk.tickers():
        gaps = desk.gaps(ticker)
        assert all(key.fullmatch(name) for name in gaps)
        quarters = [Quarter.parse(name.split("/")[1]) for name in gaps]
        assert quarters == sorted(quarters)
        assert not {figure.address for figure in desk.lines(ticker)} & gaps.keys()


def test_convertible_notes_that_only_the_notes_name_are_disclosed(figure):
    """A balance sheet folds them into long-term debt, the report tags the instrument: it is not silent."""
    source = Source(
        "s", "TEST", "10-Q", date(2025, 1, 31), "filed", "A", sha256="0" * 64, period_end=date(2024, 12, 31)
    )
    owed = figure(900, None, "2024-12-31", measure="debt")
    silent = View(Figures({"s": source}, (owed,)))
    assert silent.company_measure("TEST", Quarter(2024, 4), "convertible_notes").code == "not_disclosed"
    notes = debt_fact(DebtInstrument("Convertible senior notes", date(2024, 12, 31), Decimal(600)), source)
    why = View(Figures({"s": source}, (owed,), (notes,))).company_measure(
        "TEST", Quarter(2024, 4), "convertible_notes"
    )
    assert why.code == "not_derivable" and "Convertible senior notes" in why.reason
