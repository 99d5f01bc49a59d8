from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from hashpivot.report import print_season
from hashpivot.report.shared import league_order, pivot_of, plain, season_message
from hashpivot.season import Season

from ..conftest import QUARTERS


def _printed(season: Season, width: int, *, colour: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=width, force_terminal=colour, color_system="standard" if colour else None
    )
    print_season(season, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_table_fits_and_loses_no_letter(seasons: dict[str, Season], quarter: str, width: int) -> None:
    text = _printed(seasons[quarter], width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_row_for_every_company_those_that_turned_furthest_first(
    seasons: dict[str, Season], quarter: str, width: int
) -> None:
    season = seasons[quarter]
    pairs = [(company, pivot_of(company, season.view)) for company in season.companies]
    wanted = [company.ticker for company, _ in sorted(pairs, key=league_order)]
    assert [row.split()[0] for row in _rows(_printed(season, width))] == wanted


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_message_is_that_of_the_page(seasons: dict[str, Season], quarter: str) -> None:
    text = " ".join(_printed(seasons[quarter], 120).split())
    message = season_message(seasons[quarter])
    assert f"{quarter}: {message.title}." in text
    assert all(plain(sentence) in text for sentence in (message.caveat, *message.findings))


def test_columns_give_way_from_wide_to_narrow(seasons: dict[str, Season]) -> None:
    wide, middle, narrow = (_printed(seasons["2024Q4"], width) for width in (140, 80, 40))
    assert "No room for" not in wide
    assert all(head in wide for head in ("YoY", "AI+chips", "margin", "Offset", "Contracted", "execution"))
    assert "No room for" in middle and "growth" in middle
    assert "growth" not in narrow.split("No room")[0]
    assert all(head in narrow for head in ("Revenue", "AI+chips"))


def test_golden_row(seasons: dict[str, Season]) -> None:
    row = next(line for line in _printed(seasons["2024Q4"], 140).splitlines() if line.startswith("RIOT"))
    assert row.split()[:5] == ["RIOT", "$142.6m", "+80.9%", "0.0%", "47.8%"]


def test_missing_is_a_dash_never_a_zero_or_a_gap(seasons: dict[str, Season]) -> None:
    text = _printed(seasons["2025Q4"], 140)
    assert min(len(line.split()) for line in _rows(text)) >= 13
    assert "n/d" not in text


def test_absences_are_counted_by_kind(seasons: dict[str, Season]) -> None:
    for season in seasons.values():
        text = " ".join(_printed(season, 120).split())
        found = re.search(r"– (\d+) values? absent: (.*?); hashpivot coverage lists the filings\.", text)
        assert found
        counts = {kind: int(count) for count, kind in re.findall(r"(\d+) (not [a-z ]+)", found[2])}
        assert sum(counts.values()) == int(found[1]) and "not applicable" not in counts


def test_hostile_text_is_not_markup(hostile: Season) -> None:
    text = _printed(hostile, 120, colour=True)
    assert "[RED]LO" in text and "\x1b]8;" not in text and "\x07" not in text and "‮" not in text


def _rows(text: str) -> list[str]:
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("──"))
    return lines[first + 1 : lines.index("", first)]
