from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from hashpivot.coverage import Coverage
from hashpivot.report import missing_text, print_coverage
from hashpivot.testing import bundled_desk


@pytest.fixture(scope="module")
def covered() -> Coverage:
    return bundled_desk().coverage().coverage


def printed(coverage: Coverage, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_coverage(coverage, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_matrix_fits_and_every_quarter_is_shown(covered: Coverage, width: int) -> None:
    text = printed(covered, width)
    assert max(map(cell_len, text.splitlines())) <= width
    assert all(str(quarter) in text for quarter in covered.window)
    assert "…" not in text


def test_no_miner_is_lost(covered: Coverage) -> None:
    text = printed(covered, 120)
    assert all(company.ticker in text for company in covered.companies)


def test_reports_to_get_are_one_a_line(covered: Coverage) -> None:
    assert missing_text(covered.holes).splitlines() == [hole.fetch for hole in covered.holes]
