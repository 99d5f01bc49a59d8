"""A site that cannot be meant is refused or noted: groups never run, contracts of nothing, other units."""

from datetime import date
from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import (
    InvalidSite,
    PriceHistory,
    backtest,
    load_site,
    parse_site,
    read_prices,
)

NETWORK = NetworkHistory.load()
SITE = """
name = "S"
limit_mw = {limit}
[power]
kind = "indexed"
[[machines]]
name = "m"
model = "Antminer S21"
count = 20000
{more}
"""
PEAK = """
[[tariffs]]
name = "t"
kind = "coincident_peak"
months = [3, 4]
usd_per_kw_year = 60
minimum_share = 0.9
contracted_mw = {contracted}
"""
DEMAND = """
[[tariffs]]
name = "t"
kind = "demand"
usd_per_kw_year = 60
contracted_mw = {contracted}
"""


def text(limit: float = 100, more: str = "") -> str:
    return SITE.format(limit=limit, more=more)


@pytest.mark.parametrize(
    ("limit", "more"),
    [
        (20, ""),
        (80, '[[ai]]\nname = "hall"\nfirm_mw = 20\nfirm_usd_per_mwh = 90'),
        (60, "modes.eco = { ths = 180, watts = 3100 }"),
    ],
)
def test_a_group_larger_than_the_limit_is_cut_to_it(limit: float, more: str) -> None:
    site = parse_site(text(limit, more))
    group, whole = site.machines[0], parse_site(text(1000, more)).machines[0]
    assert group.idle_share > 0 and max(mode.power_mw for mode in group.modes) == site.machines_limit_mw
    for mode, uncut in zip(group.modes, whole.modes, strict=True):
        assert mode.j_per_th == pytest.approx(uncut.j_per_th)


def test_machines_without_any_room_are_refused() -> None:
    with pytest.raises(InvalidSite, match="could never run"):
        parse_site(text(100, '[[ai]]\nname = "hall"\nfirm_mw = 100\nfirm_usd_per_mwh = 90'))


def test_a_group_that_can_run_in_a_lower_mode_is_accepted() -> None:
    assert parse_site(text(60, "modes.eco = { ths = 150, watts = 2500 }")).machines[0].modes[0].name == "eco"


@pytest.mark.parametrize("tariff", [PEAK, DEMAND])
def test_nothing_contracted_is_refused(tariff: str) -> None:
    with pytest.raises(InvalidSite, match="contracted_mw must be above 0"):
        parse_site(text(more=tariff.format(contracted=0)))


@pytest.mark.parametrize("tariff", [PEAK, DEMAND])
def test_more_contracted_than_the_site_may_draw_is_noted(made: PriceHistory, tariff: str) -> None:
    def notes(contracted: float) -> list[str]:
        site = parse_site(text(more=tariff.format(contracted=contracted)))
        done = backtest(site, made, date(2024, 3, 4), date(2024, 3, 10), network=NETWORK)
        return [note for note in done.notes if "contracted" in note]

    assert "5,000 MW contracted" in notes(5000)[0]
    assert not notes(100)


def test_a_byte_order_mark_is_no_part_of_a_site(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(text(), encoding="utf-8-sig")
    assert load_site(file) == parse_site(text())


def test_machines_that_bear_degrees_fahrenheit_are_refused() -> None:
    with pytest.raises(InvalidSite, match="derate_from_c"):
        parse_site(text(more="derate_from_c = 86"))


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("site_contracted0_minshare", "contracted_mw must be above 0"),
    ],
)
def test_sites_of_the_cases_are_refused(shared: Path, file: str, what: str) -> None:
    with pytest.raises(InvalidSite, match=what):
        load_site(shared.parent / "cases" / "site" / f"{file}.toml")


def test_prices_of_the_cases_in_fahrenheit_are_noted(shared: Path) -> None:
    folder = shared.parent / "cases" / "site"
    assert any("temp_c reaches 95" in note for note in read_prices(folder / "temp_f_as_c.csv").notes)
    load_site(folder / "site_bom.toml")
