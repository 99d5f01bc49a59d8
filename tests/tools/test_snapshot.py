"""What was taken in of the data folder, as the folder grows and changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.bundle.snapshot import FILE, Snapshot, SnapshotError

GROWN = "figures/monthly_production.csv"
SORTED = "figures/reported_figures.csv"


@pytest.fixture
def copy(shared: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, with what the snapshot covers."""
    for name in ("figures", "filings", "network", "energy"):
        shutil.copytree(
            shared / name,
            tmp_path / name,
            copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns("*.parquet"),
        )
    for path in tmp_path.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return tmp_path


def test_the_committed_snapshot_is_as_it_would_be_written(shared: Path) -> None:
    assert FILE.read_text(encoding="utf-8") == Snapshot.load(shared).to_json()


def test_what_is_added_is_left_out_until_it_is_taken_in(copy: Path) -> None:
    before = Snapshot.load(copy)
    left_out = before.left_out()
    header, first, *rest = (copy / SORTED).read_text(encoding="utf-8").splitlines()
    grown = [header, first.replace("ABTC", "AAAA"), first, *rest]
    (copy / SORTED).write_text("\n".join(grown) + "\n", encoding="utf-8")
    with (copy / GROWN).open("a", encoding="utf-8") as table:
        table.write("AAAA,2030-01" + "," * 14 + "\n")
    (copy / "filings/ixbrl/AAAA_10K-2030-12-31.htm.gz").write_bytes(b"")
    after = Snapshot.load(copy)
    assert all(after.table(name) == before.table(name) for name in (SORTED, GROWN))
    more = {name: after.left_out()[name] - left_out.get(name, 0) for name in after.left_out()}
    assert {name: count for name, count in more.items() if count} == {SORTED: 1, GROWN: 1, "filings/ixbrl": 1}
    refreshed = after.refreshed([SORTED])
    assert SORTED not in refreshed.left_out() and GROWN in refreshed.left_out()
    assert refreshed.table(SORTED)[0]["ticker"] == "AAAA"
    assert after.refreshed().left_out() == {}


@pytest.mark.parametrize("name", [SORTED, GROWN])
def test_a_changed_row_is_an_error(copy: Path, name: str) -> None:
    taken = Snapshot.load(copy).table(name)[5]
    path = copy / name
    line = next(
        line for line in path.read_text(encoding="utf-8").splitlines() if list(taken.values())[-1] in line
    )
    path.write_text(path.read_text(encoding="utf-8").replace(line, line + "0"), encoding="utf-8")
    with pytest.raises(SnapshotError, match=name):
        Snapshot.load(copy).table(name)


def test_a_filing_that_is_gone_is_an_error(copy: Path) -> None:
    gone = Snapshot.load(copy).paths("filings/ixbrl")[0]
    gone.unlink()
    with pytest.raises(SnapshotError, match=gone.name):
        Snapshot.load(copy).paths("filings/ixbrl")


def test_a_name_that_is_not_covered_cannot_be_refreshed(shared: Path) -> None:
    with pytest.raises(SnapshotError, match="not one of"):
        Snapshot.load(shared).refreshed(["figures/no.csv"])
