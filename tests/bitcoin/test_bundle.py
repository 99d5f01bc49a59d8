import hashlib
import json
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory, bits_of_difficulty
from hashpivot.bitcoin._table import parse_days
from hashpivot.core import BundleError, InvalidInput
from tools.bundle.network import Inputs, build

DATA = Path(str(files("hashpivot.bitcoin") / "data"))
TEXT = (DATA / "network_daily.csv").read_text(encoding="utf-8")


LINES = TEXT.splitlines()
HEAD = [LINES[0], *LINES[2578:2627]]  # ten days before the first price, and some after


def edited(line: int, old: str, new: str) -> str:
    lines = list(HEAD)
    assert old in lines[line], lines[line]
    lines[line] = lines[line].replace(old, new, 1)
    return "\n".join(lines)


def test_the_descriptor_fits_the_table() -> None:
    resource = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    content = (DATA / resource["path"]).read_bytes()
    assert resource["bytes"] == len(content)
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert [field["name"] for field in resource["schema"]["fields"]] == TEXT.splitlines()[0].split(",")


@pytest.fixture(scope="module")
def inputs(shared: Path) -> Inputs:
    assert shared.is_dir()
    return Inputs.load()


@pytest.mark.filterwarnings("ignore")
def test_the_descriptor_is_valid() -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_flags_fit_the_values() -> None:
    history = NetworkHistory.load()
    assert {row.fees_flag for row in history} == {"exact", "approx", "estimated", "missing"}
    assert {row.price_flag for row in history} == {"close", "observed", "estimated", "missing"}
    assert all((row.fees_btc is None) == (row.fees_flag == "missing") for row in history)
    assert all((row.close_usd is None) == (row.price_flag == "missing") for row in history)
    assert all((row.fees_flag == "exact") == (row.blocks_flag == "counted") for row in history)


def test_the_table_is_what_the_collected_ones_give(inputs: Inputs) -> None:
    made = {path.name: text for path, text in build(inputs).items()}
    assert made.keys() == {"network_daily.csv", "datapackage.json"}
    for name, text in made.items():
        assert (DATA / name).read_text(encoding="utf-8") == text


def test_a_day_without_price_is_named(inputs: Inputs) -> None:
    gap = [row for row in inputs.closes if row["date"] not in ("2020-01-05", "2020-01-06")]
    with pytest.raises(ValueError, match="2020-01-05: no price"):
        build(inputs._replace(closes=gap))


def test_a_table_that_differs_from_the_collected_one_is_not_written(inputs: Inputs) -> None:
    wrong = [row | {"close_usdt": "9999"} if row["date"] == "2020-01-05" else row for row in inputs.closes]
    with pytest.raises(InvalidInput, match=r"price_usd 7,3\d\d on 2020-01-05 is 27% off the bundled 9,999"):
        build(inputs._replace(closes=wrong))


def test_times_that_do_not_rise_are_named(inputs: Inputs) -> None:
    epochs = [
        row | {"block_time_unix": "1900000000"} if row["epoch"] == "338" else row for row in inputs.epochs
    ]
    with pytest.raises(ValueError, match="its time is later than that of a later block"):
        build(inputs._replace(epochs=epochs))


def test_counted_days_are_the_collected_ones(collected: NetworkHistory) -> None:
    counted = [row for row in NetworkHistory.load() if row.blocks_flag == "counted"]
    assert len(counted) == 443
    for row in counted:
        other = collected.day(row.day)
        assert (row.blocks, row.height_end, row.issuance_btc) == (
            other.blocks,
            other.height_end,
            other.issuance_btc,
        )
        assert row.fees_btc == pytest.approx(other.fees_btc, abs=3e-5)


def test_interpolated_heights_are_a_few_blocks_off(collected: NetworkHistory) -> None:
    history = NetworkHistory.load()
    errors = [
        abs(row.height_end - collected.day(row.day).height_end)
        for row in [row for row in history if row.close_usd]
    ]
    assert sum(errors) / len(errors) < 16
    assert sorted(errors)[int(0.99 * len(errors))] < 70


def test_quarters_are_those_of_the_collected_table(collected: NetworkHistory) -> None:
    for quarter, period in NetworkHistory.load().quarters():
        other = collected.quarter(quarter)
        near = 0.005 if quarter.year >= 2019 else 0.02
        assert period.mean_hashprice_usd_per_ph_day == pytest.approx(
            other.mean_hashprice_usd_per_ph_day, rel=near
        )
        assert period.btc_per_eh == pytest.approx(other.btc_per_eh, rel=0.005)
        assert period.fees_btc == pytest.approx(other.fees_btc, rel=0.01)


def test_a_period_cut_from_a_month_holds_the_collected_fees(collected: NetworkHistory) -> None:
    history = NetworkHistory.load()
    starts = [date(2018, 1, 8) + timedelta(days=30 * n) for n in range(98)]
    inside = []
    for start in starts:
        period = history.over(start, start + timedelta(days=9))
        fees = collected.over(start, start + timedelta(days=9)).fees_btc
        inside.append(period.fees_low_btc * 0.99 <= fees <= period.fees_high_btc * 1.01)
    assert sum(inside) >= 0.9 * len(inside)


def test_difficulty_is_that_of_the_epochs(epochs: list[dict[str, str]]) -> None:
    by_epoch = {int(row["epoch"]): float(row["difficulty"]) for row in epochs}
    for row in NetworkHistory.load():
        first, last = (row.height_end - row.blocks + 1) // 2016, row.height_end // 2016
        if first == last:
            assert row.difficulty == pytest.approx(by_epoch[last], rel=1e-6)
            if row.day >= date(2013, 3, 15):
                assert bits_of_difficulty(row.difficulty) == pytest.approx(
                    bits_of_difficulty(by_epoch[last]), abs=1
                )


def test_prices_are_whole_dollars_near_the_collected_ones(collected: NetworkHistory) -> None:
    gaps = []
    for row in NetworkHistory.load():
        if row.close_usd is not None:
            assert row.close_usd == int(row.close_usd)
            gaps.append(abs(row.close_usd / collected.day(row.day).price_usd - 1))
    assert sorted(gaps)[len(gaps) // 2] < 0.0015
    assert sum(gap > 0.02 for gap in gaps) < 70


def test_a_few_lines_are_a_history() -> None:
    assert len(parse_days("\n".join(HEAD))) == 49


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "columns"),
        ("\x00\x01", "columns"),
        (LINES[0], "columns"),
        (edited(0, "price_usd", "price"), "columns"),
        (edited(7, "2017-08-13", "2017-08-14"), "does not fit the rows"),
        (edited(7, "2017-08-13", "13 August"), "cannot be read"),
        (edited(7, "interpolated,", "interpolated,-"), "fees not below"),
        (edited(7, ",estimated", ""), "every line"),
        (edited(7, "923233068449", "nan"), "not finite"),
        (edited(7, "923233068449", "-1"), "above zero"),
        (edited(7, "923233068449", "inf"), "not finite"),
        (edited(7, "923233068449", "much"), "cannot be read"),
        (edited(7, "estimated", "missing"), "fees flag in row 7"),
        (edited(12, "close", "missing"), "price flag in row 12"),
        (edited(7, ",,missing", ",4000,close"), "price in row 7"),
        (edited(12, ",4108,", ",-4108,"), "above zero"),
        (edited(7, ",interpolated", "1,interpolated"), "block count in row 7"),
        (edited(7, ",interpolated", "000000000,interpolated"), "fit below their heights"),
        ("\n".join(HEAD[:20] + HEAD[21:30]), "does not fit the rows"),
        (TEXT[: TEXT.rindex(",approx")], "every line"),
    ],
)
def test_damage_is_named(text: str, message: str) -> None:
    with pytest.raises(BundleError, match=message):
        parse_days(text)
