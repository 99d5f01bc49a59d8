"""Mutated documents end in a filing or a typed error; the generator is `tools/checks/fuzz.py`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tools.checks import fuzz
from tools.checks.kept_totals import Original, Said, Span, Tags


def test_small_documents() -> None:
    outcomes, failures = fuzz.Fuzzer(fuzz.corpus(real=False), seed=1, bound=5.0).run(range(250))
    assert failures == []
    assert set(outcomes) == {"filing", "unreadable_file", "unreadable_filing"}


def test_cases_can_be_made_again() -> None:
    documents = fuzz.corpus(real=False)
    assert fuzz.case(documents, 1, 7) == fuzz.case(documents, 1, 7)
    assert fuzz.case(documents, 1, 7) != fuzz.case(documents, 2, 7)


def test_a_bug_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, original: Original) -> str:
        raise KeyError("oops")

    monkeypatch.setattr(fuzz, "outcome", broken)
    _, failures = fuzz.Fuzzer(fuzz.corpus(real=False), seed=1, bound=5.0).run(range(2))
    assert [failure.problem for failure in failures] == ["KeyError: 'oops'"] * 2


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
