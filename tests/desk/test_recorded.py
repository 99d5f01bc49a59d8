"""What a desk records and exports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hashpivot import Desk
from hashpivot.core import InvalidInput, UnknownCompany
from hashpivot.ledger import RowFaults

ROW = {
    "ticker": "RIOT", "measure": "total_revenue", "period": "2026Q3", "value": 180_000_000, "unit": "usd",
    "known": date(2026, 10, 29), "title": "Results", "grade": "B", "locator": "table 1",
}  # fmt: skip
DAY = date(2026, 11, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(tmp_path / "ledger.sqlite3")


def reopened(desk: Desk, as_of: date | None = None) -> Desk:
    assert desk._ledger
    return Desk.open(desk._ledger, as_of=as_of)


def test_one_row_several_and_a_file(desk: Desk, tmp_path: Path) -> None:
    one = desk.record("figure", ROW, recorded_on=DAY)
    assert one.counts == {"new": 1, "superseding": 0, "held": 0}
    several = desk.record("figures", [ROW, ROW | {"measure": "net_income", "value": -5}], recorded_on=DAY)
    assert [row["status"] for row in several.records()] == ["held", "new"]
    path = tmp_path / "t.csv"
    exported = reopened(desk).export("figures", ["RIOT"])
    mine = [row for row in exported.records() if row["source"].startswith("record:")]
    path.write_text("\n".join([",".join(mine[0]), *(",".join(row.values()) for row in mine)]))
    again = desk.record("figures", path, recorded_on=DAY)
    assert again.counts == {"new": 0, "superseding": 0, "held": 2}
    assert again.to_dict()["file"] == str(path)
    assert repr(again) == "Recording(figures: 2 already in the ledger, nothing changed)"


def test_checking_writes_nothing(desk: Desk) -> None:
    assert desk.record("figures", ROW, recorded_on=DAY, check_only=True).rows == ()
    with pytest.raises(RowFaults, match="grade"):
        desk.record("figures", ROW | {"grade": "D"}, recorded_on=DAY, check_only=True)
    assert desk._ledger and not desk._ledger.exists()


def test_a_fault_of_a_row_alone_names_no_line(desk: Desk) -> None:
    with pytest.raises(RowFaults) as caught:
        desk.record("figures", ROW | {"grade": "D"}, recorded_on=DAY)
    assert caught.value.faults[0].to_dict()["line"] is None
    assert "\n  grade: 'D'" in str(caught.value)


def test_what_disagrees_with_other_sources_is_told(desk: Desk) -> None:
    row = ROW | {"period": "2024Q3", "known": date(2024, 10, 30)}
    recording = desk.record("figures", row, recorded_on=DAY)
    assert any("RIOT 2024Q3: total revenue is 180,000,000 here" in text for text in recording.warnings)
    assert desk.record("figures", row, recorded_on=DAY).warnings == ()


def test_recorded_figures_join_the_lines(desk: Desk) -> None:
    desk.record("figures", ROW, recorded_on=DAY)
    desk.record("figures", ROW | {"measure": "revenue", "line": "self_mining"}, recorded_on=DAY)
    assert int(reopened(desk).lines("RIOT")["2026Q3"].total_revenue.value) == 180_000_000
    assert "2026Q3" not in reopened(desk, date(2026, 10, 28)).lines("RIOT")


def test_exports(desk: Desk, tmp_path: Path) -> None:
    table = desk.export("contracts", ["Riot Platforms, Inc."])
    assert {row["ticker"] for row in table.records()} == {"RIOT"}
    text = table.to_csv(tmp_path / "c.csv")
    assert (tmp_path / "c.csv").read_text() == text
    assert table.to_dict()["columns"] == list(table.table.columns)
    assert repr(table) == f"LedgerTable({len(table.rows)} contracts)"
    for name, options in (
        ("figure", {}),
        ("figures", {"measures": ["revenu"]}),
        ("sources", {"measures": ["cash"]}),
    ):
        with pytest.raises(InvalidInput):
            desk.export(name, **options)  # type: ignore[arg-type]
    with pytest.raises(UnknownCompany):
        desk.export("figures", ["nobody"])
