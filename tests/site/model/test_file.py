"""Bad sites: each error names the key and what it may be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.core import HashpivotError, UnreadableFile
from hashpivot.site import InvalidSite, asic, asics, example_sites, load_site, parse_site
from hashpivot.site.model import overlap_notes

GOOD = """
name = "Test"
limit_mw = 10
[power]
kind = "indexed"
[[machines]]
name = "hall"
model = "Antminer S21"
count = 1000
[machines.modes.eco]
ths = 150
watts = 2300
[[tariffs]]
name = "4CP"
kind = "coincident_peak"
usd_per_kw_year = 60
end = 2026-12-31
[[ai]]
name = "jobs"
flexible_mw = 2
"""

DOCS = Path(__file__).resolve().parents[3] / "docs"


def snippets(page: str) -> list[str]:
    return re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_sites_of_the_documentation_are_read() -> None:
    smallest, *more = snippets("how-to/describe-a-site.md")
    assert parse_site(smallest).machines[0].modes
    for part in [*more, *snippets("methods/site.md")]:
        top, *tables = re.split(r"^(?=\[)", part, maxsplit=1, flags=re.MULTILINE)
        given = re.findall(r"^(\w+) =", top, flags=re.MULTILINE)
        rest = re.sub(rf"^({'|'.join(given) or '-'}) =.*\n", "", smallest, flags=re.MULTILINE)
        assert parse_site("".join([top, rest, *tables])) != parse_site(smallest)


def test_a_site_is_read() -> None:
    site = parse_site(GOOD)
    (hall,) = site.machines
    assert [mode.name for mode in hall.modes] == ["eco", "normal"]
    assert hall.modes[1].power_mw == pytest.approx(3.5) and hall.modes[1].hashrate_ph == pytest.approx(200)
    assert hall.modes[1].j_per_th == pytest.approx(asic("antminer s21").j_per_th)
    assert site.tariffs[0].months == (6, 7, 8, 9) and site.machines_limit_mw == 8


def test_examples_are_read() -> None:
    assert {"west_texas", "hedged_reserves", "ai_campus", "mine_weighing_ai"} <= set(example_sites())
    for name in example_sites():
        assert load_site(name).name


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("limit_mw = 10", "limit_mw = -1", "limit_mw must be a number above 0 to 100000, not -1"),
        ("limit_mw = 10", "limit_mw = true", "limit_mw must be a number"),
        ("limit_mw = 10", "limit_mw = nan", "limit_mw must be a number"),
        ("limit_mw = 10", "limit_mw = 1", "limit_mw is 1, less than the 2 MW of [[ai]]"),
        ("limit_mw = 10", "", "limit_mw is missing"),
        ("limit_mw = 10", "limit_mv = 10", "limit_mw is missing (is limit_mv it?)"),
        ("count = 1000", "count = 1000\npart = 4", "part is not a key here (is parts it?)"),
        ('name = "Test"', 'name = ""', "name must be text"),
        ('name = "Test"', 'name = "T"\ncolour = 1', "colour is not a key here; known keys are ai,"),
        ('name = "Test"', 'name = "T"\ntimezone = "Mars/Olympus"', "timezone must be a time zone"),
        ('kind = "indexed"', 'kind = "fixed"', "kind must be one of indexed, block, day_ahead"),
        ('kind = "indexed"', 'kind = "block"\nblock_mw = 50\nblock_usd_per_mwh = 30', "above limit_mw 10"),
        ('kind = "indexed"', 'kind = "block"\nblock_mw = 5', "block_usd_per_mwh is missing"),
        ("count = 1000", "count = 0", "count must be a whole number from 1"),
        ("count = 1000", "count = 1.5", "count must be a whole number from 1"),
        (
            "count = 1000",
            "count = 10\nmin_off_hours = -1",
            "min_off_hours must be a whole number from 0 to 720",
        ),
        (
            "count = 1000",
            "count = 10\nmin_on_hours = 1000",
            "min_on_hours must be a whole number from 0 to 720",
        ),
        ("count = 1000", "count = 1000\nramp_mw_per_hour = 0.5", "ramp_mw_per_hour must be at least 2.3"),
        (
            "count = 1000",
            "count = 10\nmin_off_hours = 4\nmax_off_hours_per_month = 3",
            "must be 0 or at least min_off_hours, 4",
        ),
        ("Antminer S21", "Antminer S2100", "did you mean"),
        ("ths = 150", "ths = 250", "normal must have more watts and more ths than eco"),
        ("modes.eco", "modes.sleep", "sleep is not a mode"),
        ("end = 2026-12-31", "end = 1999-12-31", "end must not be before start"),
        ("end = 2026-12-31", 'end = "soon"', "end must be a date like"),
        ("end = 2026-12-31", "minimum_share = 1.5", "minimum_share must be a number from 0 to 1, not 1.5"),
        ("end = 2026-12-31", "contracted_mw = 8", "contracted_mw needs minimum_share"),
        (
            'kind = "coincident_peak"\nusd_per_kw_year = 60',
            'kind = "energy"\nusd_per_mwh = 3\nminimum_share = 0.5',
            "minimum_share is not a key here",
        ),
        (
            "end = 2026-12-31",
            "months = [13]",
            "months must be a list of different whole numbers from 1 to 12",
        ),
        (
            "flexible_mw = 2",
            "max_hours_per_day = 25",
            "max_hours_per_day must be a whole number from 0 to 24",
        ),
        ("flexible_mw = 2", 'flexible_mw = 2\n[[ai]]\nname = "jobs"', "ai has two tables named 'jobs'"),
    ],
)
def test_a_wrong_key_is_named(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(InvalidSite) as raised:
        parse_site(GOOD.replace(old, new, 1))
    assert said in str(raised.value)


def test_tariffs_on_the_same_peaks_add_up_and_are_noted() -> None:
    second = '[[tariffs]]\nname = "12CP"\nkind = "coincident_peak"\nmonths = [1, 6]\nusd_per_kw_year = 50\n'
    both = parse_site(GOOD + second + "start = 2025-01-01")
    [note] = overlap_notes(both.tariffs)
    assert "'4CP' and '12CP' both charge for coincident peaks from 2025-01-01 to 2026-12-31" in note
    later = parse_site(GOOD + second + "start = 2027-01-01")
    assert [tariff.name for tariff in later.tariffs] == ["4CP", "12CP"]
    assert not overlap_notes(later.tariffs)
    assert not overlap_notes(parse_site(GOOD + second.replace("[1, 6]", "[1, 2]")).tariffs)


def test_files_that_are_not_there_or_not_toml(tmp_path) -> None:
    with pytest.raises(UnreadableFile, match="example"):
        load_site(tmp_path / "none.toml")
    path = tmp_path / "bad.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableFile, match="UTF-8"):
        load_site(path)
    path.write_text("name = ")
    with pytest.raises(InvalidSite, match="TOML"):
        load_site(path)


@given(st.text(max_size=200))
def test_any_text_gives_a_site_or_an_error_of_ours(text: str) -> None:
    with pytest.raises(HashpivotError):
        parse_site(text)


@given(
    st.sampled_from(GOOD.split()),
    st.sampled_from(["0", "-1", "[]", '"x"', "1e400", "{}", "=", "[[machines]]"]),
)
def test_any_damage_gives_a_site_or_an_error_of_ours(word: str, other: str) -> None:
    try:
        parse_site(GOOD.replace(word, other))
    except HashpivotError as error:
        assert error.message


def test_machines_have_sensible_numbers() -> None:
    table = asics()
    assert len(table) > 100
    for row in table.values():
        assert row.ths > 0 and row.watts > 0 and 5 < row.j_per_th < 2000 and row.source
    assert asic("Antminer S21").j_per_th == pytest.approx(17.5)
