import hashlib
import json
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory, bits_of_difficulty
from hashpivot.bitcoin._table import parse_days
from hashpivot.core import BundleError
from tools.bundle.network import build
from tools.bundle.snapshot import Snapshot

DATA = Path(str(files("hashpivot.bitcoin") / "data"))
TEXT = (DATA / "network_daily.csv").read_text(encoding="utf-8")


def edited(line: int, old: str, new: str) -> str:
    lines = TEXT.splitlines()[:50]
    assert old in lines[line]
    lines[line] = lines[line].replace(old, new, 1)
    return "\n".join(lines)


def test_the_descriptor_fits_the_table() -> None:
    resource = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    content = (DATA / resource["path"]).read_bytes()
    assert resource["bytes"] == len(content)
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert [field["name"] for field in resource["schema"]["fields"]] == TEXT.splitlines()[0].split(",")


@pytest.mark.filterwarnings("ignore")
def test_the_descriptor_is_valid() -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_flags_fit_the_fees() -> None:
    history = NetworkHistory.load()
    assert {row.fees_flag for row in history} == {"exact", "approx", "missing"}
    assert all((row.fees_btc is None) == (row.fees_flag == "missing") for row in history)


def test_the_table_is_what_the_collected_one_gives(taken_in: Snapshot) -> None:
    made = {path.name: text for path, text in build(taken_in.table("network/network_daily.csv")).items()}
    assert made.keys() == {"network_daily.csv", "datapackage.json"}
    for name, text in made.items():
        assert (DATA / name).read_bytes() == text.encode()


def test_a_collected_day_that_is_missing_is_named(taken_in: Snapshot) -> None:
    rows = taken_in.table("network/network_daily.csv")
    with pytest.raises(ValueError, match=f"{rows[9]['date']}: the day or its heights do not follow"):
        build([*rows[:8], *rows[9:]])


def test_difficulty_is_that_of_the_epochs(epochs: list[dict[str, str]]) -> None:
    by_epoch = {int(row["epoch"]): float(row["difficulty"]) for row in epochs}
    for row in NetworkHistory.load():
        first, last = (row.height_end - row.blocks + 1) // 2016, row.height_end // 2016
        if first == last:
            early = row.day < date(2013, 3, 15)
            assert row.difficulty == pytest.approx(by_epoch[last], rel=3e-4 if early else 1e-8)
            if not early:
                assert bits_of_difficulty(row.difficulty) == pytest.approx(
                    bits_of_difficulty(by_epoch[last]), abs=1
                )


def test_prices_are_rounded_by_half_a_percent_at_most(taken_in: Snapshot) -> None:
    history = NetworkHistory.load()
    for row in taken_in.table("network/network_daily.csv"):
        bundled = history[
            history.day_of_height(int(row["height_end"])).toordinal() - history.first_day.toordinal()
        ]
        assert bundled.price_usd == pytest.approx(float(row["price_usd"]), rel=0.005)
        assert bundled.price_usd < 100 or bundled.price_usd == int(bundled.price_usd)


def test_a_few_lines_are_a_history() -> None:
    assert len(parse_days("\n".join(TEXT.splitlines()[:50]))) == 49


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "columns"),
        ("\x00\x01", "columns"),
        (TEXT.splitlines()[0], "columns"),
        (edited(0, "price_usd", "price"), "columns"),
        (edited(7, "2010-07-24", "2010-07-25"), "does not fit the rows"),
        (edited(7, "2010-07-24", "24 July"), "cannot be read"),
        (edited(7, "exact,", "exact,1"), "does not fit the rows"),
        (edited(7, ",exact", ""), "every line"),
        (edited(7, "181.5", "nan"), "not finite"),
        (edited(7, "181.5", "-1"), "above zero"),
        (edited(7, "181.5", "inf"), "not finite"),
        (edited(7, "181.5", "much"), "cannot be read"),
        (edited(7, "exact", "missing"), "fees flag in row 7"),
        (edited(7, "exact,", "exact,-"), "block count in row 7"),
        (edited(7, ",9450", ",-9450"), "not below"),
        ("\n".join(TEXT.splitlines()[:20] + TEXT.splitlines()[21:30]), "does not fit the rows"),
        (TEXT[: TEXT.rindex(",exact")], "every line"),
    ],
)
def test_damage_is_named(text: str, message: str) -> None:
    with pytest.raises(BundleError, match=message):
        parse_days(text)
