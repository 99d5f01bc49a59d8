"""Changed documents are read as the change allows; the generator is `tools/checks/fuzz`."""

from __future__ import annotations

import os
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tools.checks import fuzz
from tools.checks.fuzz import Aim, Base, Broken, Case, cases, demands, made, saying, shrinking
from tools.checks.fuzz.kept_totals import Said, Span, Tags

DOCUMENTS = fuzz.Documents(real=False)


def test_a_sample_holds() -> None:
    result = fuzz.Fuzzer(DOCUMENTS, seed=1).run(range(200))
    assert result.failures == []
    assert result.counted > 150
    assert len(result.mutations) > 60


def test_cases_can_be_made_again() -> None:
    assert fuzz.case_of(DOCUMENTS, 1, 7) == fuzz.case_of(fuzz.Documents(real=False), 1, 7)
    assert fuzz.case_of(DOCUMENTS, 1, 7) != fuzz.case_of(DOCUMENTS, 2, 7)


@pytest.mark.parametrize(
    "change",
    [*fuzz.MUTATIONS, *fuzz.NEUTRAL, *fuzz.ALIKE, *fuzz.DOUBTFUL],
    ids=lambda change: change.__name__,
)
def test_every_change_changes_something(change: fuzz.Mutation) -> None:
    bases = (made.make(random.Random(number)).data for number in range(40))
    assert any(cases.apply(change, data, f"{place}") != data for place, data in enumerate(bases))


def test_names_are_unique() -> None:
    every = (*fuzz.MUTATIONS, *fuzz.NEUTRAL, *fuzz.ALIKE, *fuzz.DOUBTFUL, *fuzz.TELLING)
    assert len({change.__name__ for change in every}) == len(every) > 100


def test_a_bug_is_seen_and_a_case_that_changes_nothing_does_not_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = fuzz.case_of(DOCUMENTS, 1, 0)
    same = replace(case, aim=Aim.ANY, data=case.base.data)
    assert fuzz.Demands().hold(same, 0) == fuzz.Outcome("not altered", False)

    def broken(data: bytes) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(demands, "saying_of", broken)
    result = fuzz.Fuzzer(DOCUMENTS, seed=1).run(range(2))
    assert [failure.problem for failure in result.failures] == ["KeyError: 'oops'"] * 2
    assert result.counted == 0


def release(unit: str = "thousands", total: str = "90") -> bytes:
    """A release of two lines."""
    return f"""<html><body><p>AUSTIN, May 8, 2025 /PRNewswire/ -- Riot Platforms, Inc. (NASDAQ: RIOT)</p>
<p>Condensed Consolidated Statements of Operations (in {unit})</p><table>
<tr><td></td><td>Three Months Ended March 31, 2025</td></tr>
<tr><td>Bitcoin Mining</td><td>70</td></tr><tr><td>Engineering</td><td>20</td></tr>
<tr><td>Total revenue</td><td>{total}</td></tr><tr><td>Operating loss</td><td>(10)</td></tr>
<tr><td>Net loss</td><td>(11)</td></tr></table></body></html>""".encode()


def test_figures_that_change_without_a_reason_are_seen() -> None:
    before, _ = saying.saying_of(release())
    demands.compare(before, saying.saying_of(release().replace(b"\n", b" "))[0])
    with pytest.raises(Broken, match="changed 5 figures to 5"):
        demands.compare(before, saying.saying_of(release("millions"))[0])
    with pytest.raises(Broken, match="was read, now"):
        demands.compare(before, saying.saying_of(b"\0\1\2")[0])


def test_what_a_made_up_document_says_is_known() -> None:
    quarter = date(2025, 1, 1), date(2025, 3, 31)
    said, _ = saying.saying_of(release())
    assert not list(demands.against({("total_revenue", "", *quarter): Decimal(90_000)}, said))
    (wrong,) = demands.against({("total_revenue", "", *quarter): Decimal(91_000)}, said)
    assert "is 91000, read as 90000" in wrong
    (gone,) = demands.against({("gross_profit", "", *quarter): Decimal(1)}, said)
    assert "missing without a warning" in gone


def test_another_way_of_writing_is_held_to_the_same() -> None:
    before, other = saying.saying_of(release())[0], saying.saying_of(release(total="91"))[0]
    assert not list(demands.untold(before, before))
    silent = replace(other, warnings=before.warnings)
    assert any("is 91000 without a warning" in problem for problem in demands.untold(before, silent))
    assert not list(demands.untold(before, replace(silent, warnings=frozenset({"it differs"}))))


def test_a_contradiction_must_be_admitted() -> None:
    said, _ = saying.saying_of(release())
    assert list(demands.unadmitted(said, said, ("contradict_the_unit",)))
    assert not list(demands.unadmitted(said, said, ("shift_a_day",)))
    assert not list(
        demands.unadmitted(said, replace(said, error="unreadable_filing"), ("contradict_the_unit",))
    )


def test_what_a_made_up_document_does_not_say_is_seen() -> None:
    said, _ = saying.saying_of(release())
    known = {("total_revenue", "", date(2025, 1, 1), date(2025, 3, 31)): Decimal(90_000)}
    other = {("total_revenue", "", date(2024, 1, 1), date(2024, 3, 31)): Decimal(90_000)}
    assert not list(demands.invented(known, said))
    assert any("which it does not say" in problem for problem in demands.invented(other, said))


def test_a_change_of_one_number_is_followed() -> None:
    drawn = made.inline(random.Random(3))
    base = Base("it", "inline", drawn.data, {})
    said, _ = saying.saying_of(drawn.data)
    (slip,) = (change for change in fuzz.TELLING if change.__name__ == "slip_a_scale")
    change = slip(drawn.data, said, random.Random(1))
    assert change is not None
    assert not list(change.problems(said, saying.saying_of(change.data)[0]))
    deaf = replace(said, warnings=frozenset())
    assert list(change.problems(deaf, deaf))
    case = Case(base, Aim.TELLING, ("slip_a_scale",), "s", drawn.data)
    assert fuzz.Demands().hold(case, 2).counts


def test_rows_no_ledger_takes_are_seen() -> None:
    _, document = saying.saying_of(release())
    assert document is not None
    assert not list(saying.unwritable(document))
    spoilt = replace(document, reading=replace(document.reading, warnings=("\ud800", "a\0b")))
    assert len(list(saying.unwritable(spoilt))) == 2


def test_a_failing_document_is_shrunk() -> None:
    def fails(data: bytes) -> str:
        return "oops" if b"Engineering" in data and b"<table>" in data else ""

    assert shrinking.shrink(release(), fails, seconds=5) == b"<table>Engineering"
    assert shrinking.shrink(b"<table>", fails) == b"<table>"
    assert shrinking.failure_of(release()) == ""


def test_a_process_that_ends_costs_one_case(monkeypatch: pytest.MonkeyPatch) -> None:
    def hold(self: fuzz.Demands, case: Case, number: int) -> fuzz.Outcome:
        if number == 3:
            os._exit(7)
        return fuzz.Outcome("read", True)

    monkeypatch.setattr(fuzz.Demands, "hold", hold)
    monkeypatch.setattr(fuzz.Demands, "prepare", lambda self, case: None)
    result = fuzz.run_at_once(DOCUMENTS, 1, jobs=1, target=10)
    assert result.counted == 10
    assert [(failure.number, failure.problem) for failure in result.failures] == [
        (3, "it ended its process (exit code 7)")
    ]


QUARTER = date(2025, 1, 1), date(2025, 3, 31)
TAGS: Tags = {QUARTER: {("us-gaap:Revenues", "USD", Decimal(100))}}


@pytest.mark.parametrize(
    ("tags", "totals", "warnings", "lost"),
    [
        (TAGS, {QUARTER: Decimal(100)}, (), False),
        (TAGS, {QUARTER: Decimal(99)}, (), True),
        (TAGS, {QUARTER: Decimal(99)}, ("a member without a name",), True),
        (TAGS, {QUARTER: Decimal(99)}, ("2025-01-01..2025-03-31: two totals",), False),
        (TAGS, {}, (), True),
        (TAGS, {}, ("no income statement",), False),
        ({QUARTER: {("us-gaap:Revenues", "USD", Decimal(99))}}, {QUARTER: Decimal(99)}, (), False),
    ],
)
def test_a_total_lost_without_a_word_is_seen(
    tags: Tags, totals: dict[Span, Decimal], warnings: tuple[str, ...], lost: bool
) -> None:
    original = Said(TAGS, {QUARTER: Decimal(100)}, frozenset({"as before"}))
    mutated = Said(tags, totals, frozenset({"as before", *warnings}))
    assert bool(list(original.lost(mutated))) is lost
