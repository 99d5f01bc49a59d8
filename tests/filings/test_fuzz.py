"""Mutated documents end in a filing or a typed error; the generator is `scripts/fuzz_filings.py`."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "fuzz_filings.py"


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_filings", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_filings"] = module
    spec.loader.exec_module(module)
    return module


def test_small_documents(fuzz: ModuleType) -> None:
    outcomes, failures = fuzz.run(fuzz.corpus(real=False), seed=1, cases=range(250), bound=5.0)
    assert failures == []
    assert set(outcomes) == {"filing", "unreadable_file", "unreadable_filing"}


def test_cases_can_be_made_again(fuzz: ModuleType) -> None:
    documents = fuzz.corpus(real=False)
    assert fuzz.case(documents, 1, 7) == fuzz.case(documents, 1, 7)
    assert fuzz.case(documents, 1, 7) != fuzz.case(documents, 2, 7)


def test_a_bug_is_seen(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes) -> str:
        raise KeyError("oops")

    monkeypatch.setattr(fuzz, "outcome", broken)
    _, failures = fuzz.run(fuzz.corpus(real=False), seed=1, cases=range(2), bound=5.0)
    assert [failure.problem for failure in failures] == ["KeyError: 'oops'"] * 2


@pytest.mark.nightly
def test_ten_thousand_cases(fuzz: ModuleType) -> None:
    documents = fuzz.corpus(real=True)
    _, failures = fuzz.run(documents, seed=20240630, cases=range(10_000), bound=10.0)
    assert failures == []
