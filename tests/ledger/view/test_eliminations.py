"""Eliminations between segments, from the ledger to the quarter's lines."""

from __future__ import annotations

from datetime import date

import pytest

from hashpivot.core import Figure, Missing, Quarter, Source
from hashpivot.ledger import Ledger, View

NINE, YEAR = "2024-09-30", "2024-12-31"


def report(figure, source, end, mining, power, gone, known):
    """A report as the lines room gives it: two lines before eliminations, these, and the total."""
    told = {"source": source, "known": known}
    yield figure(mining, "2024-01-01", end, line="self_mining", **told)
    yield figure(power, "2024-01-01", end, line="power", **told)
    yield figure(mining + power + gone, "2024-01-01", end, measure="total_revenue", breakdown="", **told)
    if gone:
        yield figure(gone, "2024-01-01", end, measure="eliminations", breakdown="", **told)


def stored(*reports: list[Figure]) -> View:
    """The view of a ledger the reports were added to."""
    with Ledger.memory() as ledger:
        for rows in reports:
            key, known = rows[0].source, rows[0].known
            ledger.add(Source(key, "TEST", "10-Q", known, "filed", "A"), rows)
        return View(ledger.read(), companies={})


@pytest.mark.parametrize(("before", "gone"), [(-15, -10), (0, -25)])
def test_eliminations_are_derived_with_the_lines(figure, before, gone):
    """Where the nine months eliminate nothing, the whole year's eliminations are the last quarter's."""
    nine = list(report(figure, "nine", NINE, 300, 40, before, date(2024, 11, 1)))
    year = list(report(figure, "year", YEAR, 400, 60, -25, date(2025, 2, 1)))
    view = stored(nine, year)
    lines = view.quarter_lines("TEST", Quarter(2024, 4))
    assert {line: f.value for line, f in lines.revenue.items()} == {"self_mining": 100, "power": 20}
    assert lines.eliminations.value == gone
    assert lines.total_revenue.value == 120 + gone
    assert lines.unattributed.value == 0 and lines.ties
    assert view.figure("TEST/2024Q4/eliminations") == lines.eliminations
    ends = {end.figure.source for end in view.trace("TEST/2024Q4/unattributed").reported()}
    assert ends == {"nine", "year"}


def test_eliminations_of_another_source_are_not_taken(figure):
    """An older report shows lines before eliminations, a later one after them; only one is answered."""
    quarter = {"start": "2024-10-01", "end": "2024-12-31"}
    old, new = ({"source": s, "known": date(2025, n, 1)} for n, s in ((2, "old"), (8, "new")))
    gross = [
        figure(100, line="self_mining", **quarter, **old),
        figure(20, line="power", **quarter, **old),
        figure(110, measure="total_revenue", **quarter, **old),
        figure(-10, measure="eliminations", breakdown="", **quarter, **old),
    ]
    net = [
        figure(95, line="self_mining", **quarter, **new),
        figure(15, line="power", **quarter, **new),
        figure(110, measure="total_revenue", **quarter, **new),
    ]
    lines = stored(gross, net).quarter_lines("TEST", Quarter(2024, 4))
    assert lines.ties and lines.unattributed.value == 0 and isinstance(lines.eliminations, Missing)
    lines = stored(gross).quarter_lines("TEST", Quarter(2024, 4))
    assert lines.ties and lines.unattributed.value == 0 and lines.eliminations.value == -10
