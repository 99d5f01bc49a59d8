"""Properties: whatever is accepted comes back the same; whatever is not is a fault and no crash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.core import MEASURES, Companies, Figure, Line
from hashpivot.ledger import RowFaults, bundled
from hashpivot.ledger.records import (
    EXPORTS,
    RECORD_KINDS,
    check_rows,
    csv_text,
    export_rows,
    rows_of_mappings,
    scene_of,
)
from tests.ledger.records.book import FIGURE, ROWS, TODAY, Book

SCENE = scene_of(bundled(), Companies.load(), TODAY)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(max_examples=200, deadline=None)
RECORDED = [
    m for m in MEASURES.values() if m.name not in ("gross_profit", "unattributed", "customer_concentration")
]
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=40)
DAYS = st.dates(date(2015, 1, 1), TODAY)


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    measure = draw(st.sampled_from(RECORDED))
    end = draw(DAYS)
    start = end - timedelta(days=draw(st.integers(0, 700)))
    value = draw(st.decimals(0, 10**15, allow_nan=False, places=draw(st.integers(0, 4))))
    return {
        "ticker": draw(st.sampled_from(sorted(SCENE.companies))),
        "measure": measure.name,
        "line": draw(st.sampled_from(Line)) if measure.by_line else "",
        "period": f"{start}..{end}" if measure.flow else str(end),
        "value": value,
        "unit": measure.unit,
        "known": draw(st.dates(end, TODAY)),
        "title": draw(WORDS),
        "grade": draw(st.sampled_from("ABC")),
        "locator": draw(WORDS),
        "label": draw(st.one_of(st.none(), WORDS)),
        "note": draw(st.one_of(st.none(), WORDS)),
    }


@FEW
@given(st.lists(figures(), min_size=1, max_size=5, unique_by=lambda row: row["title"]))
def test_what_is_recorded_is_exported_and_read_back(
    fresh_book: Callable[[], Book], rows: list[dict[str, Any]]
) -> None:
    book, other = fresh_book(), fresh_book()
    recorded = book.record(*rows)
    assert [row.member.value for row in recorded] == [Decimal(row["value"]) for row in rows]
    exported = export_rows(EXPORTS["figures"], book.held())
    assert len(exported) == len(rows)
    assert not any(row.new for row in book.record(*exported))
    other.record(*exported)
    assert export_rows(EXPORTS["figures"], other.held()) == exported
    assert csv_text(EXPORTS["figures"], exported).count("\n") == len(rows) + 1


MEASURED = ("total_revenue", "net_income", "operating_income")
CELLS = st.tuples(st.sampled_from("123"), st.sampled_from(["", "unaudited"]))
TABLES = st.tuples(
    st.sampled_from("AB"), st.dictionaries(st.sampled_from(MEASURED), CELLS, min_size=1, max_size=3)
)


@FEW
@given(st.lists(TABLES, min_size=1, max_size=6))
def test_the_last_record_of_each_counts_and_every_id_leads_to_it(
    fresh_book: Callable[[], Book], tables: list[tuple[str, dict[str, tuple[str, str]]]]
) -> None:
    book = fresh_book()
    counts: dict[str, tuple[str, str]] = {}
    ids: dict[str, set[str]] = {measure: set() for measure in MEASURED}
    for grade, cells in tables:
        table = [
            FIGURE | {"measure": measure, "value": value, "note": note, "grade": grade}
            for measure, (value, note) in cells.items()
        ]
        for row in book.record(*table):
            assert isinstance(row.member, Figure)
            ids[row.member.measure].add(row.member.id)
        stored = book.rows()
        assert not any(row.new for row in book.record(*table))
        assert book.rows() == stored
        counts |= cells
    view = book.view()
    mine = [f for f in view.figures("RIOT") if f.source.startswith("record:")]
    assert {f.measure: (f.text, f.note) for f in mine} == counts
    assert len(mine) == len(counts)
    assert {view.sources[f.source].grade for f in mine} == {tables[-1][0]}
    for figure in mine:
        assert {view.figure(key).id for key in ids[figure.measure]} == {figure.id}


@MANY
@given(st.sampled_from(sorted(RECORD_KINDS)), st.data())
def test_any_text_is_either_accepted_or_a_fault(name: str, data: st.DataObject) -> None:
    kind = RECORD_KINDS[name]
    odd = st.one_of(
        st.text(max_size=30), st.floats(), st.integers(), st.dates(), st.booleans(), st.decimals()
    )
    columns = st.sampled_from([column.name for column in kind.columns])
    row = ROWS[name] | data.draw(st.dictionaries(columns, odd, min_size=1, max_size=3))
    try:
        (entry,) = check_rows(kind, rows_of_mappings(row, kind), SCENE)
    except RowFaults as error:
        assert all(fault.column and fault.message for fault in error.faults)
        return
    assert entry.member.known <= TODAY
    if isinstance(entry.member, Figure):
        assert entry.member.end <= entry.member.known
        assert entry.member.value.is_finite()
