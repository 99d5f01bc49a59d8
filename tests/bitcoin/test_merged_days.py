"""Days found are merged into a user's table: what stands stays, what follows is added, the rest is said."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkDay, NetworkHistory, merged_days, read_days, write_days
from hashpivot.core import InvalidInput, UnwritableFile
from hashpivot.testing.services import made_up_network_days

BUNDLED = NetworkHistory.bundled()
DAYS = made_up_network_days(BUNDLED[-1], 30, seed=7)
COUNTED = [row for row in BUNDLED if row.blocks_flag == "counted" and row.fees_flag == "exact"][-40:]


def moved(row: NetworkDay, **changed: object) -> NetworkDay:
    return row._replace(**changed)  # type: ignore[arg-type]


def test_days_after_the_last_are_added() -> None:
    merged = merged_days(BUNDLED, (), DAYS)
    assert merged.own == merged.added == tuple(DAYS)
    assert (merged.unchanged, merged.differences, merged.gaps) == ((), (), ())


batches = st.integers(0, 10**6).map(random.Random)


@given(batches, st.integers(1, 6))
@settings(max_examples=60)
def test_the_order_of_fetches_does_not_matter(chance: random.Random, parts: int) -> None:
    """Whatever comes together or first: fetched until nothing is new, the table is the same."""
    shuffled = chance.sample([*BUNDLED[-5:], *DAYS], 35)
    fetches = [shuffled[n::parts] for n in range(parts)]
    own: tuple[NetworkDay, ...] = ()
    for _ in range(35):
        before = own
        for fetch in chance.sample(fetches, parts):
            own = merged_days(BUNDLED, own, fetch).own
        if own == before:
            break
    assert own == tuple(DAYS)


@given(st.data())
@settings(max_examples=80)
def test_what_stands_is_never_replaced_and_a_second_time_changes_nothing(data: st.DataObject) -> None:
    held = data.draw(st.integers(0, len(DAYS)))
    own = tuple(DAYS[:held])
    found = []
    for row in [*BUNDLED[-4:], *DAYS]:
        factor = data.draw(st.sampled_from([1.0, 1.0, 1.0, 1.0005, 1.2]))
        what = data.draw(st.sampled_from(["close_usd", "difficulty", "fees_btc"]))
        value = getattr(row, what)
        found.append(moved(row, **{what: value * factor}))
    first = merged_days(BUNDLED, own, found)
    assert first.own[:held] == own
    assert all(row.day > BUNDLED.last_day for row in first.added)
    again = merged_days(BUNDLED, first.own, found)
    assert again.own == first.own
    assert again.added == ()
    days = {row.day for row in first.own}
    assert [row.day for row in first.own] == sorted(days)


@pytest.mark.parametrize(
    ("column", "factor", "name"),
    [
        ("difficulty", 1 + 3e-6, "difficulty"),
        ("close_usd", 1.03, "price_usd"),
        ("fees_btc", 1.01, "fees_btc"),
    ],
)
def test_a_counted_day_that_differs_is_told(column: str, factor: float, name: str) -> None:
    found = [moved(row, **{column: getattr(row, column) * factor}) for row in COUNTED]
    merged = merged_days(BUNDLED, (), found)
    assert {difference.column for difference in merged.differences} == {name}
    assert len(merged.differences) + len(merged.unchanged) == len(COUNTED)
    assert len(merged.differences) > len(COUNTED) * 0.9
    one = merged.differences[0]
    assert one.table == "bundled"
    assert one.to_dict()["day"] in str(one)


def test_a_counted_day_that_agrees_is_unchanged() -> None:
    found = [moved(r, close_usd=r.price_usd * 1.01, difficulty=r.difficulty * (1 + 1e-7)) for r in COUNTED]
    merged = merged_days(BUNDLED, (), found)
    assert merged.unchanged == tuple(row.day for row in COUNTED)
    assert merged.own == ()


def test_interpolated_days_allow_what_interpolation_is_off() -> None:
    rows = BUNDLED[-8:]
    near = [moved(row, blocks=row.blocks + 40, height_end=row.height_end + 150) for row in rows]
    assert merged_days(BUNDLED, (), near).differences == ()
    far = [moved(row, height_end=row.height_end + 300) for row in rows]
    assert {d.column for d in merged_days(BUNDLED, (), far).differences} == {"height_end"}


def test_a_counted_table_of_another_source_agrees(collected: NetworkHistory) -> None:
    """Since 2019 nothing but nine prices of the bundled table is beyond the tolerances."""
    rows = [row for row in collected if date(2019, 1, 1) <= row.day <= BUNDLED.last_day]
    merged = merged_days(BUNDLED, (), rows)
    assert {difference.column for difference in merged.differences} == {"price_usd"}
    assert len(merged.differences) == 9


BROKEN = [
    (5, {"close_usd": None, "price_flag": "missing"}, "2026-10-11 has no price; 25 days found"),
    (5, {"height_end": DAYS[5].height_end + 1}, "2026-10-11 does not follow on the height"),
    (5, {"difficulty": DAYS[5].difficulty * 1.01}, "2026-10-11 has a difficulty the protocol does not allow"),
    (5, {"difficulty": DAYS[5].difficulty * 9}, "2026-10-11 has a difficulty the protocol does not allow"),
]


@pytest.mark.parametrize(("at", "change", "gap"), BROKEN)
def test_a_day_that_cannot_follow_ends_the_table(at: int, change: dict[str, object], gap: str) -> None:
    found = [moved(row, **change) if n == at else row for n, row in enumerate(DAYS)]
    merged = merged_days(BUNDLED, (), found)
    assert merged.own == tuple(DAYS[:at])
    assert merged.gaps[0].startswith(gap)


def test_a_missing_day_ends_the_table() -> None:
    merged = merged_days(BUNDLED, (), [*DAYS[:3], *DAYS[5:]])
    assert merged.own == tuple(DAYS[:3])
    assert merged.gaps == ("2026-10-09 was not found; 25 days found from there on cannot be added",)
    assert (
        merged_days(BUNDLED, (), DAYS[4:5]).gaps[0].startswith("2026-10-06 was not found; 1 day found from")
    )


def test_a_first_day_far_from_the_bundled_heights_is_not_added() -> None:
    first = moved(DAYS[0], height_end=DAYS[0].height_end + 5_000)
    merged = merged_days(BUNDLED, (), [first])
    assert merged.own == ()
    assert merged.differences[0].column == "height_end"


def test_a_table_that_ends_before_the_bundled_one_goes_on_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the bundled table has between need not be in it, as after an upgrade."""
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path))
    own = [BUNDLED.day(date(2026, 6, 1) + timedelta(days=n))._replace(fees_btc=2.5) for n in range(3)]
    merged = merged_days(BUNDLED, own, DAYS)
    assert merged.added == tuple(DAYS)
    write_days(tmp_path / "network.csv", merged.own)
    history = NetworkHistory.load()
    assert history[len(BUNDLED) :] == tuple(DAYS)
    assert history.day(date(2026, 6, 2)).fees_btc == 2.5
    assert history.day(date(2026, 6, 4)) == BUNDLED.day(date(2026, 6, 4))
    write_days(tmp_path / "network.csv", made_up_network_days(DAYS[-1], 3)[1:])
    with pytest.raises(InvalidInput, match="follows on"):
        NetworkHistory.load()


def test_a_day_found_twice_otherwise_is_refused() -> None:
    assert merged_days(BUNDLED, (), [DAYS[0], DAYS[0]]).own == (DAYS[0],)
    with pytest.raises(InvalidInput, match="found twice"):
        merged_days(BUNDLED, (), [DAYS[0], moved(DAYS[0], close_usd=1.0)])


def test_rows_written_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "network.csv"
    write_days(path, DAYS[:10])
    write_days(path, DAYS[10:])
    assert read_days(path) == tuple(DAYS)
    assert [file.name for file in path.parent.iterdir()] == ["network.csv"]
    assert BUNDLED.extended_by(NetworkHistory.read(path)).last_day == DAYS[-1].day


def test_cells_that_are_not_read_stay(tmp_path: Path) -> None:
    path = tmp_path / "network.csv"
    row = DAYS[0]
    path.write_text(
        "\ufeffnote,date,price_usd,difficulty,blocks,height_end\n"
        f'"mine, by hand",{row.day},{row.close_usd},{row.difficulty},{row.blocks},{row.height_end}\n',
        encoding="utf-8",
    )
    write_days(path, DAYS[1:3])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "note,date,price_usd,difficulty,blocks,height_end,fees_btc"
    assert lines[1].startswith('"mine, by hand",2026-10-06,')
    assert [held.fees_btc for held in read_days(path)] == [None, DAYS[1].fees_btc, DAYS[2].fees_btc]


def test_a_table_that_cannot_be_written_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "network.csv"
    write_days(path, DAYS[:2])
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UnwritableFile, match="cannot be written: No space left"):
        write_days(path, DAYS[2:])
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["network.csv"]


def test_made_up_days_follow_as_the_protocol_has_it() -> None:
    for seed in range(20):
        days = made_up_network_days(BUNDLED[-1], 60, seed=seed)
        assert merged_days(BUNDLED, (), days).own == tuple(days)
        assert days[-1].day == BUNDLED.last_day + timedelta(days=60)
