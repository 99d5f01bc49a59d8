"""Whatever names a file: text or a path, and one that no file can have is a typed error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hashpivot.bitcoin import read_days
from hashpivot.core import HashpivotError, InvalidInput, named_path
from hashpivot.desk import (
    Desk,
    back_up_ledger,
    check_ledger,
    desk_state,
    list_files,
    read_document,
    repair_ledger,
    replay_run,
    restore_ledger,
    vacuum_ledger,
)
from hashpivot.discover import find_data_sets
from hashpivot.ledger import Ledger
from hashpivot.site import load_site, read_prices

TAKERS: dict[str, Callable[[str | Path], object]] = {
    "add": lambda name: Desk.open().add(name),  # type: ignore[arg-type]
    "add_file": lambda name: Desk.open().add_file(name),
    "add_from": lambda name: Desk.open().add_from(name),
    "back_up_ledger": lambda name: back_up_ledger(name, "none.sqlite3"),
    "check_ledger": check_ledger,
    "export": lambda name: Desk.open().export("splits").to_csv(name),
    "find_data_sets": lambda name: find_data_sets([name]),
    "ledger": lambda name: Ledger.open(name),
    "list_files": list_files,
    "load_site": load_site,
    "network": read_days,
    "open": lambda name: Desk.open(name),
    "read_document": read_document,
    "read_prices": read_prices,
    "record": lambda name: Desk.open().record("figures", name),
    "repair": repair_ledger,
    "replay_run": replay_run,
    "restore": restore_ledger,
    "state": desk_state,
    "vacuum": vacuum_ledger,
}


@pytest.mark.parametrize("taker", TAKERS)
@pytest.mark.parametrize("name", ["a\0b", "x" * 300])
def test_a_name_no_file_can_have_is_a_typed_error(
    taker: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path / "home"))
    for named in (name, Path(name)):
        with pytest.raises(HashpivotError):
            TAKERS[taker](named)


def test_a_name_that_can_be_is_a_path(tmp_path: Path) -> None:
    assert named_path(str(tmp_path / "new" / "file")) == tmp_path / "new" / "file"
    with pytest.raises(InvalidInput, match="name this long"):
        named_path("x" * 300)


def test_rows_that_are_none_are_a_typed_error() -> None:
    with pytest.raises(InvalidInput, match="row 1: is no row"):
        Desk.open().record("figures", ["a"])  # type: ignore[list-item]


def test_a_file_that_is_added_as_a_reading_leads_to_add_file() -> None:
    with pytest.raises(InvalidInput, match="use add_file"):
        Desk.open().add("report.htm")  # type: ignore[arg-type]
