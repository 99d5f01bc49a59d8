"""A user's table extends the bundled one, is checked, and never replaces a value."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkDay, NetworkHistory, issuance_sat
from hashpivot.bitcoin._own_table import read_days
from hashpivot.core import InvalidInput, NoData, UnreadableFile

BUNDLED = NetworkHistory.load()
COLUMNS = "date,price_usd,difficulty,blocks,height_end,fees_btc"


@pytest.fixture(autouse=True)
def usual_limit() -> Iterator[None]:
    """The limit of `csv` to a field: other libraries raise it for the whole process."""
    before = csv.field_size_limit(131_072)
    yield
    csv.field_size_limit(before)


def line(day: NetworkDay, **changed: object) -> str:
    cells = {
        "date": day.day, "price_usd": day.close_usd, "difficulty": day.difficulty, "blocks": day.blocks,
        "height_end": day.height_end, "fees_btc": "" if day.fees_btc is None else day.fees_btc,
    } | changed  # fmt: skip
    return ",".join(map(str, cells.values()))


def later(days: int) -> list[str]:
    """Rows after the last bundled day, 150 blocks each."""
    last = BUNDLED[-1]
    return [
        line(
            last, date=last.day + timedelta(days=n), price_usd=90_000, blocks=150,
            height_end=last.height_end + 150 * n, fees_btc=3,
        )
        for n in range(1, days + 1)
    ]  # fmt: skip


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], Path]:
    """Lay a table with those rows into the user's folder."""
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path))

    def write(rows: list[str]) -> Path:
        path = tmp_path / "network.csv"
        path.write_text("\n".join([COLUMNS, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def test_later_days_are_added(own: Callable[[list[str]], Path]) -> None:
    own([line(row) for row in BUNDLED[-30:]] + later(60))
    history = NetworkHistory.load()
    assert history.last_day == BUNDLED.last_day + timedelta(days=60)
    assert history[: len(BUNDLED)] == tuple(BUNDLED)
    added = history[-1]
    assert (added.price_usd, added.fees_flag, added.blocks_flag) == (90_000, "exact", "counted")
    assert added.issuance_btc * 10**8 == issuance_sat(added.height_end - 149, added.height_end)
    assert NetworkHistory.load() is history
    with pytest.raises(NoData, match=r"network\.csv"):
        BUNDLED.day(history.last_day)


def test_a_changed_table_is_read_again(own: Callable[[list[str]], Path]) -> None:
    own(later(1))
    assert NetworkHistory.load().last_day == BUNDLED.last_day + timedelta(days=1)
    own(later(2))
    assert NetworkHistory.load().last_day == BUNDLED.last_day + timedelta(days=2)


def test_a_bundled_value_is_never_replaced(own: Callable[[list[str]], Path]) -> None:
    rows = BUNDLED[-40:]
    own(
        [line(row, price_usd=round(row.price_usd * 1.005), difficulty=row.difficulty * 1.001) for row in rows]
    )
    merged = NetworkHistory.load()[-40:]
    for before, after in zip(rows, merged, strict=True):
        assert (after.close_usd, after.difficulty, after.height_end) == (
            before.close_usd, before.difficulty, before.height_end,
        )  # fmt: skip


def test_what_is_absent_or_estimated_is_filled(own: Callable[[list[str]], Path]) -> None:
    days = [BUNDLED.day(date(2017, 8, 1) + timedelta(days=n)) for n in range(30)]
    own([line(row, price_usd=row.close_usd or 3_000, fees_btc=row.blocks * 2) for row in days])
    merged = NetworkHistory.load()
    first = merged.day(date(2017, 8, 1))
    assert (first.price_usd, first.fees_btc, first.fees_flag) == (3_000, 2 * first.blocks, "exact")
    assert merged.day(date(2017, 8, 20)).price_usd == BUNDLED.day(date(2017, 8, 20)).price_usd


ROW = BUNDLED.day(date(2025, 3, 1))
EARLY = BUNDLED.day(date(2016, 7, 9))
NEXT = BUNDLED.day(date(2025, 3, 2))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([line(ROW, price_usd=ROW.price_usd * 1.3)], "price_usd .* on 2025-03-01 is 30% off the bundled"),
        ([line(ROW, difficulty=ROW.difficulty / 2)], "difficulty .* on 2025-03-01 is not the bundled"),
        (
            [line(ROW, height_end=ROW.height_end + 300)],
            "height_end .* on 2025-03-01 is more than 250 blocks off",
        ),
        (
            [
                line(row, price_usd=BUNDLED[at + 1].price_usd)
                for at, row in enumerate(BUNDLED)
                if row.day.year == 2025
            ],
            r"prices differ by \d\.\d% in the median of 365 shared days, most on 2025-",
        ),
        (later(3)[1:], "the table begins on 2026-10-07, and the bundled one holds"),
        ([line(ROW, date="2009-05-01")], "the table begins on 2009-05-01"),
        ([later(1)[0].replace("970239", "900000")], "is not above 970,089 on 2026-10-05"),
        ([line(ROW), line(ROW)], "2025-03-01 follows on 2025-03-01"),
        ([line(ROW), line(NEXT, blocks=NEXT.blocks + 1)], "blocks on 2025-03-02 do not lead from height"),
        ([line(ROW, date="1 March 2025")], "line 2: '1 March 2025' is not a day"),
        ([line(ROW, date="9" * 200_000)], "line 2: is no CSV: a cell has more than 131,072"),
        ([line(ROW, date="9999-12-31")], "line 2: 9999-12-31 is no day of the network"),
        ([line(ROW, price_usd="")], "line 2: price_usd '' is not a number"),
        ([line(ROW, price_usd=-4)], "line 2: price_usd -4 must be above zero"),
        ([line(ROW, difficulty="inf")], "line 2: difficulty inf must be above zero"),
        ([line(ROW, blocks=1.5)], "line 2: blocks 1.5 must be a whole number"),
        ([line(ROW, blocks=10**9)], "do not fit below height"),
        ([line(ROW, fees_btc=-1)], "line 2: fees_btc -1 must be at least 0"),
        ([], "the table has no row"),
        (
            [line(EARLY, price_usd=650)],
            "the price of 2016-07-09 is followed by none on 2016-07-10",
        ),
    ],
)
def test_what_is_wrong_is_named(own: Callable[[list[str]], Path], rows: list[str], message: str) -> None:
    path = own(rows)
    with pytest.raises(InvalidInput, match=message) as caught:
        NetworkHistory.load()
    assert str(path) in str(caught.value)


def test_a_missing_column_is_named(own: Callable[[list[str]], Path]) -> None:
    path = own([])
    path.write_text("date,price_usd\n2025-03-01,90000\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="no column difficulty"):
        NetworkHistory.load()
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile):
        NetworkHistory.load()


def test_the_collected_table_can_be_laid_there(collected: NetworkHistory) -> None:
    """A full table of another source agrees; it adds days, early prices, and fees day by day."""
    merged = BUNDLED.extended_by(collected)
    assert merged.last_day == collected.last_day
    assert merged.first_priced_day == collected.first_day
    assert merged.day(date(2024, 4, 20)).fees_flag == "exact"


def test_a_table_that_is_not_utf_8_says_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "network.csv"
    path.write_bytes(b"\xff\xfeabc")
    with pytest.raises(UnreadableFile, match="is not UTF-8") as caught:
        read_days(path)
    assert "UTF-8" in caught.value.hint
