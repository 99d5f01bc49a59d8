from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import HashpivotError, InvalidInput, UnreadableFile
from hashpivot.ledger import View
from hashpivot.outlook import PRESETS, OutlookCase, apply_presets, build_case, outlook, scenario_text

Write = Callable[[str], str]
HALL = '[[contracts]]\nname = "x"\nusd_per_quarter = 1\n'


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_it(text: str) -> str:
        path = tmp_path / "scenario.toml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write_it


@pytest.fixture(scope="module")
def case(view: View, network: NetworkHistory) -> OutlookCase:
    return build_case(view, network, "CORZ")[0]


def test_a_written_scenario_reads_back_as_the_same_case(
    view: View, network: NetworkHistory, write: Write
) -> None:
    for ticker in ("CORZ", "IREN", "BTDR"):
        case, calibration = build_case(view, network, ticker)
        again, origins = build_case(view, network, ticker, [write(scenario_text(calibration, case))])
        assert again == case
        assert origins.origins == calibration.origins


def test_a_short_file_changes_only_what_it_says(view: View, network: NetworkHistory, write: Write) -> None:
    path = write('name = "dear"\n[mining]\npower_usd_per_mwh = 60\n[market.price]\nstart_factor = 0.5\n')
    case, calibration = build_case(view, network, "RIOT", [path])
    plain, _ = build_case(view, network, "RIOT")
    assert case.inputs == replace(plain.inputs, mining=replace(plain.inputs.mining, power_usd_per_mwh=60.0))
    assert case.parameters.price == replace(plain.parameters.price, start_factor=0.5)
    assert case.scenario == "dear"
    assert calibration.origins["mining.power_usd_per_mwh"] == "user"


def test_files_and_shipped_scenarios_combine(view: View, network: NetworkHistory, write: Write) -> None:
    path = write('name = "dear"\n[mining]\npower_usd_per_mwh = 60\n')
    case, _ = build_case(view, network, "RIOT", ["bitcoin_halves", path, "ai_tenant_late"])
    assert case.scenario == "bitcoin_halves+dear+ai_tenant_late"
    assert case.inputs.colocation.on_time == 0.0
    assert case.parameters.price.start_factor == 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[mining]\nhash_rate = 3", ("unknown key 'hash_rate'", "hash_rate_ehs")),
        ("[minning]\nuptime = 1", ("unknown key 'minning'",)),
        ("[mining]\nhash_rate_ehs = -3", ("hash_rate_ehs = -3", "0 to 1000 EH/s")),
        ("[mining]\nuptime = nan", ("uptime must be a finite number",)),
        ("[mining]\nuptime = " + "9" * 400, ("uptime = a number of 400 digits is out of range",)),
        ("[mining]\nuptime = inf", ("uptime must be a finite number",)),
        ('[mining]\nuptime = "often"', ("uptime must be a finite number",)),
        ("[mining]\nuptime = true", ("uptime must be a finite number",)),
        ("[mining]\ngrowth_quarters = 1.5", ("growth_quarters must be a whole number",)),
        ("[mining]\nuptime = { val = 1 }", ("uptime cannot be read",)),
        ("mining = 3", ("mining must be a table",)),
        ("[market.price]\nvolatility = 40", ("volatility = 40", "0 to 3 per year")),
        ('[market.price]\nkind = "hope"', ("'hope' is no price model",)),
        ("[market.price]\nkind = 3", ("kind must be text",)),
        ("[market.prices]\nvolatility = 1", ("unknown key 'prices'",)),
        ("[market.network]\nlag_epochs = 0", ("lag_epochs = 0",)),
        (HALL.replace("usd_per_quarter = 1", "") + 'start = "2027Q1"', ("usd_per_quarter is missing",)),
        (
            HALL.replace("usd_per_quarter = 1", 'critical_mw = 9\npricing = "signed"') + 'start = "2027Q1"',
            ("usd_per_quarter is missing",),
        ),
        (HALL + 'start = "1999Q1"', ("start = 1999Q1", "before the ledger")),
        (HALL + 'start = "soon"', ("start: 'soon' is not a quarter",)),
        (HALL + "start = 2027-01-01", ("start must be a quarter",)),
        (HALL + 'start = "2027Q1"\nconverts_mw = -1', ("converts_mw = -1",)),
        (2 * (HALL + 'start = "2027Q1"\n'), ("overlap",)),
        ("contracts = 3", ("contracts must be tables",)),
        ("contracts = [3]", ("contracts must be a table", "write [[contracts]]")),
        ('ticker = "IREN"', ("is of 'IREN', not RIOT",)),
        ("name = 3", ("name must be text",)),
        ("[mining", ("not valid TOML",)),
    ],
)  # fmt: skip
def test_wrong_files_name_the_key(
    view: View, network: NetworkHistory, write: Write, text: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidInput) as caught:
        build_case(view, network, "RIOT", [write(text)])
    for word in words:
        assert word in str(caught.value)


def test_files_that_cannot_be_read(view: View, network: NetworkHistory, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        build_case(view, network, "RIOT", [str(tmp_path / "none.toml")])
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile):
        build_case(view, network, "RIOT", [str(tmp_path / "binary.toml")])
    with pytest.raises(InvalidInput, match="no scenario is called"):
        build_case(view, network, "RIOT", ["moon"])


VALUES = st.recursive(
    st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=5)),
    lambda inner: st.dictionaries(st.sampled_from(["value", "from", "uptime", "x"]), inner, max_size=3),
    max_leaves=4,
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["mining", "finance", "market", "contracts", "chips"]), VALUES)
def test_anything_in_a_section_is_used_or_refused(case: OutlookCase, section: str, value: object) -> None:
    from hashpivot.core import Quarter
    from hashpivot.outlook.scenarios._file import apply_scenario

    try:
        apply_scenario(case, {section: value}, Quarter(2022, 1), "x.toml")
    except HashpivotError as error:
        assert error.message


def test_every_shipped_scenario_runs_and_changes_a_company_it_concerns(
    view: View, network: NetworkHistory
) -> None:
    cases = {ticker: build_case(view, network, ticker)[0] for ticker in ("IREN", "BTDR", "CORZ")}
    base = {ticker: outlook(case, quarters=8, paths=128).to_dict() for ticker, case in cases.items()}
    for name in PRESETS:
        found = {
            t: outlook(apply_presets(c, [name]), quarters=8, paths=128).to_dict() for t, c in cases.items()
        }
        same = [found[ticker]["quarters"] == base[ticker]["quarters"] for ticker in cases]
        assert all(same) if name == "base" else not all(same), name
        assert found["IREN"]["scenario"] == name


def test_a_squeeze_has_no_luck_in_its_price(case: OutlookCase) -> None:
    row = outlook(apply_presets(case, ["bitcoin_flat"]), quarters=8, paths=64).to_dict()["market"][-1]
    assert row["price_usd"]["p10"] == pytest.approx(row["price_usd"]["p90"], rel=1e-4)
