"""Mutated documents end in a filing or a typed error; the generator is `tools/checks/fuzz.py`."""

from __future__ import annotations

import pytest

from tools.checks import fuzz


def test_small_documents() -> None:
    outcomes, failures = fuzz.run(fuzz.corpus(real=False), seed=1, cases=range(250), bound=5.0)
    assert failures == []
    assert set(outcomes) == {"filing", "unreadable_file", "unreadable_filing"}


def test_cases_can_be_made_again() -> None:
    documents = fuzz.corpus(real=False)
    assert fuzz.case(documents, 1, 7) == fuzz.case(documents, 1, 7)
    assert fuzz.case(documents, 1, 7) != fuzz.case(documents, 2, 7)


def test_a_bug_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> str:
        raise KeyError("oops")

    monkeypatch.setattr(fuzz, "outcome", broken)
    _, failures = fuzz.run(fuzz.corpus(real=False), seed=1, cases=range(2), bound=5.0)
    assert [failure.problem for failure in failures] == ["KeyError: 'oops'"] * 2
