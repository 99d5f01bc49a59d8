from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from hashpivot.report import print_season
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
@pytest.mark.parametrize("width", [60, 80, 120])
def test_table_fits_and_loses_no_letter(seasons: dict[str, Season], quarter: str, width: int) -> None:
    text = _printed(seasons[quarter], width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a_row_and_a_headline_for_every_company(seasons: dict[str, Season], quarter: str) -> None:
    lines = _printed(seasons[quarter], 120).splitlines()
    for company in seasons[quarter].companies:
        assert sum(line.startswith(f"{company.ticker} ") for line in lines) == 2
        assert any(
            line.split(maxsplit=1)[1:] == [company["revenue"].headline]
            for line in map(str.rstrip, lines)
            if line.startswith(f"{company.ticker} ")
        )


def test_columns_give_way_from_wide_to_narrow(seasons: dict[str, Season]) -> None:
    wide, middle, narrow = (_printed(seasons["2024Q4"], width) for width in (140, 80, 40))
    assert "No room for" not in wide
    assert all(head in wide for head in ("YoY", "Mining", "Chips", "GP", "Offset", "execution"))
    assert "No room for" in middle and "execution" in middle
    assert "execution" not in narrow.split("No room")[0] and "Revenue" in narrow


def test_golden_row(seasons: dict[str, Season]) -> None:
    row = next(line for line in _printed(seasons["2024Q4"], 140).splitlines() if line.startswith("RIOT"))
    assert row.split()[:5] == ["RIOT", "$142.6m", "+80.9%", "88.6%", "0.0%"]


def test_missing_is_never_a_zero_or_a_gap(seasons: dict[str, Season]) -> None:
    heads = {len(line.split()) for line in _rows(_printed(seasons["2025Q4"], 140))}
    assert min(heads) >= 12


def test_hostile_text_is_not_markup(hostile: Season) -> None:
    text = _printed(hostile, 120, colour=True)
    assert "[RED]LO" in text and "\x1b]8;" not in text and "\x07" not in text and "‮" not in text


def _rows(text: str) -> list[str]:
    lines = text.splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("──"))
    return lines[first + 1 : lines.index("", first)]
