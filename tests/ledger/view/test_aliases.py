"""An id whose reading changed leads to its successor, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hashpivot.core import CellLocator, Quarter, UnknownFigure
from hashpivot.ledger import Alias, Figures, View, bundled, successors

Q4 = ("2024-10-01", "2024-12-31")


@pytest.fixture
def pair(source, figure):
    """One number before and after it is read from its cell."""
    old = figure(5, *Q4, line="hosting")
    return old, replace(old, locator=CellLocator(1, 2, 3))


def view_of(source, figures, *aliases: Alias) -> View:
    by_key = {figure.source: source(figure.source) for figure in figures}
    return View(Figures(by_key, tuple(figures), aliases={alias.id: alias for alias in aliases}))


def test_an_old_id_leads_to_its_successor_and_the_trace_says_so(source, pair) -> None:
    old, new = pair
    view = view_of(source, [new], Alias(old.id, new.id, "read from its cell"))
    assert old.id != new.id and view.figure(old.id) == new
    trace = view.trace(old.id)
    assert trace.to_dict()["successor_of"] == {"figure": old.id, "reason": "read from its cell"}
    assert f"note: it succeeds {old.id}: read from its cell" in str(trace)
    lower = view.trace(old.id.replace("TEST", "test"))
    assert lower.to_dict() == trace.to_dict()


def test_where_no_alias_was_followed_nothing_is_said(source, pair) -> None:
    old, new = pair
    view = view_of(source, [new], Alias(old.id, new.id, "read from its cell"))
    for asked in (new.id, new.address):
        trace = view.trace(asked)
        assert "successor_of" not in trace.to_dict() and "succeeds" not in str(trace)


def test_an_id_that_is_still_there_needs_no_alias(source, pair) -> None:
    old, new = pair
    view = view_of(source, [old, new], Alias(old.id, new.id, "wrong"))
    assert view.figure(old.id) == old and not view.trace(old.id).aliases


def test_aliases_are_followed_one_after_the_other(source, pair, figure) -> None:
    old, new = pair
    first = figure(4, *Q4, line="hosting").id
    view = view_of(source, [new], Alias(first, old.id, "a digit"), Alias(old.id, new.id, "the cell"))
    answer = view.trace(first).to_dict()
    assert answer["figure"] == new.id
    assert answer["successor_of"] == {"figure": first, "reason": "a digit; the cell"}


def test_a_circle_or_a_dead_end_is_an_unknown_figure(source, pair, figure) -> None:
    old, new = pair
    one, two = figure(1, *Q4, line="hosting").id, figure(2, *Q4, line="hosting").id
    dead = Alias(old.id, two, "gone too")
    view = view_of(source, [new], Alias(one, two, "x"), Alias(two, one, "y"), dead)
    for asked in (one, two, old.id):
        with pytest.raises(UnknownFigure, match="another day or vintage"):
            view.figure(asked)


def test_an_operand_whose_id_changed_is_still_traced(source, pair, figure) -> None:
    """A derived figure that a user stored names its operands by the ids they had."""
    old, new = pair
    stored = replace(figure(5, *Q4, measure="total_revenue", breakdown=""), formula="{0}", operands=(old.id,))
    view = view_of(source, [new, stored], Alias(old.id, new.id, "read from its cell"))
    trace = view.trace(stored.id)
    assert not trace.aliases and trace.operands[0].figure == new
    assert trace.operands[0].to_dict()["successor_of"] == {"figure": old.id, "reason": "read from its cell"}


def test_aliases_of_both_sides_are_kept_when_figures_are_joined(source, pair) -> None:
    old, new = pair
    one = Figures(aliases={old.id: Alias(old.id, new.id, "one")})
    two = Figures({"s": source("s")}, (new,), aliases={"x": Alias("x", new.id, "two")})
    assert set((one | two).aliases) == set((two | one).current().aliases) == {old.id, "x"}


def test_every_id_that_a_new_reading_loses_gets_a_successor() -> None:
    """All of a company's figures located anew: the old ids, derived ones too, lead to the new figures."""
    before = bundled()
    after = replace(
        before,
        figures=tuple(
            replace(figure, locator=CellLocator(0, number, 0)) if figure.ticker == "RIOT" else figure
            for number, figure in enumerate(before.figures)
        ),
    )
    old, new = View(before), View(after)
    aliases = successors(old, new)
    kept = View(replace(after, aliases={alias.id: alias for alias in aliases}))
    assert {alias.id.partition("/")[0] for alias in aliases} == {"RIOT"}
    assert all(alias.reason for alias in aliases)
    for figure in old.figures("RIOT"):
        same = kept.figure(figure.id)
        assert (same.address, same.value, same.label) == (figure.address, figure.value, figure.label)
    fourth = old.quarter_lines("RIOT", Quarter(2024, 4))
    assert any(figure.formula for figure in fourth.figures())
    for figure in fourth.figures():
        assert kept.figure(figure.id).value == figure.value
    assert not successors(old, kept)


def test_what_nothing_succeeds_gets_no_alias(source, pair) -> None:
    old, _ = pair
    assert not successors(view_of(source, [old]), View(Figures()))


def test_the_bundle_holds_every_id_it_promised() -> None:
    view = View(bundled())
    for alias in bundled().aliases.values():
        assert view.figure(alias.id).id == view.figure(alias.successor).id
