"""Several files of one filing: a truncated download and the whole, say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hashpivot.core import Quarter, Source, UnknownFigure
from hashpivot.ledger import Ledger, View

FIRST, END = "2024-10-01", date(2024, 12, 31)
KNOWN = date(2025, 2, 1)
WHOLE = Source("whole", "TEST", "10-K", KNOWN, "deadline", "A", sha256="w", period_end=END)
CUT_SHORT = replace(WHOLE, key="short", sha256="s")


def stored(figure, *sources: Source) -> View:
    """A view of the sources in the order given; the truncated copy has a line less."""
    with Ledger.memory() as ledger:
        for source in sources:
            told = {"source": source.key, "known": source.known}
            rows = [figure(60, FIRST, str(END), line="self_mining", **told)]
            if source.key != "short":
                rows.append(figure(40, FIRST, str(END), line="hosting", **told))
                rows.append(figure(100, FIRST, str(END), measure="total_revenue", breakdown="", **told))
            ledger.add(source, rows)
        assert len(ledger.read().sources) == len(sources)
        return View(ledger.read(), companies={})


def used(view: View) -> set[str]:
    return {figure.source for figure in view.figures("TEST")}


def test_the_copy_added_last_speaks(figure):
    view = stored(figure, CUT_SHORT, WHOLE)
    assert used(view) == {"whole"}
    assert view.quarter_lines("TEST", Quarter(2024, 4)).ties
    assert used(stored(figure, WHOLE, CUT_SHORT)) == {"short"}


@pytest.mark.parametrize(
    "other",
    [
        {"accession": "0000000000-25-000001"},
        {"form": "10-K/A"},
        {"period_end": date(2023, 12, 31)},
        {"ticker": "OTHER"},
        {"sha256": ""},  # a row of a table, not a file: several pages may report on one release
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_is_another_filing_stays(figure, other):
    assert used(stored(figure, replace(CUT_SHORT, **other), WHOLE)) == {"short", "whole"}


def test_a_copy_that_was_not_yet_known_supersedes_nothing(figure, new_ledger):
    later = replace(WHOLE, known=date(2025, 6, 1))
    with new_ledger() as ledger:
        for source in (CUT_SHORT, later):
            row = figure(60, FIRST, str(END), line="self_mining", source=source.key, known=source.known)
            ledger.add(source, [row])
        held = ledger.read()
    assert used(View(held, as_of=KNOWN, companies={})) == {"short"}
    assert used(View(held, as_of=later.known, companies={})) == {"whole"}


def test_files_that_do_not_say_what_they_are_all_stay(figure):
    sources = (replace(source, ticker="") for source in (CUT_SHORT, WHOLE))
    assert used(stored(figure, *sources)) == {"short", "whole"}


def test_the_superseded_copy_stays_in_the_ledger_only(figure):
    (row,) = stored(figure, CUT_SHORT).figures("TEST")
    view = stored(figure, CUT_SHORT, WHOLE)
    assert view.sources.keys() == {"short", "whole"}
    with pytest.raises(UnknownFigure):
        view.figure(row.id)
