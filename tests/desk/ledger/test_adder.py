"""Many files, one after another: each costs the same however many came before."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hashpivot.core import LedgerError
from hashpivot.desk import AddedFile, FileAdder, add_file
from hashpivot.desk.ledger import ReadyFile, ready_file
from hashpivot.ledger import Ledger
from hashpivot.sources import held_documents

from ..made_filings import filing

MANY = 200


@pytest.fixture
def ready(tmp_path: Path) -> ReadyFile:
    return ready_file(filing(tmp_path, "one.htm", 1_000))


def altered(ready: ReadyFile, number: int) -> ReadyFile:
    """The same report as another file that gives other amounts."""
    source = replace(ready.source, key=f"{number:064}", sha256=f"{number:064}")
    figures = tuple(replace(f, source=source.key, value=f.value + 1000 * number) for f in ready.figures)
    return ReadyFile(source, figures, ready.remarks)


def calls(work: Callable[[], object]) -> int:
    """Python functions called."""
    count = 0

    def one(_frame: object, event: str, _value: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(one)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_the_two_hundredth_file_costs_what_the_tenth_does(tmp_path: Path, ready: ReadyFile) -> None:
    path = tmp_path / "one.htm"
    with FileAdder() as adder:
        costs = [calls(lambda n=number: adder.put(path, altered(ready, n))) for number in range(MANY)]
    assert max(costs[-20:]) < 1.15 * min(costs[10:30])


def test_files_added_together_are_those_added_one_by_one(tmp_path: Path) -> None:
    paths = [filing(tmp_path, f"{number}.htm", 1_000 + 50 * number) for number in (1, 2, 1, 3)]
    one, together = tmp_path / "one.sqlite3", tmp_path / "together.sqlite3"
    single = [add_file(path, one) for path in paths]
    with FileAdder(together) as adder:
        added = [adder.add(path) for path in paths]
    assert added == single
    assert [len(file.warnings) for file in added] == [3, 3, 1, 3]  # it has no text; two totals differ
    with Ledger.open(one) as first, Ledger.open(together) as second:
        assert first.read() == second.read()
    assert len(held_documents()) == 3


def test_a_ledger_that_fails_is_opened_again_for_the_next_file(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite3"
    ledger.mkdir()
    path = filing(tmp_path, "one.htm", 1_000)
    with FileAdder(ledger) as adder:
        with pytest.raises(LedgerError, match="folder"):
            adder.add(path)
        ledger.rmdir()
        assert isinstance(adder.add(path), AddedFile)
        assert not adder.add(path).new
