from __future__ import annotations

import io

import pytest
from rich.console import Console

from hashpivot.bitcoin import NetworkHistory
from hashpivot.company import company_profile
from hashpivot.core import Company
from hashpivot.report import print_company
from hashpivot.season import Season
from hashpivot.testing import bundled_desk

from ..conftest import MARKUP


def printed(profile, width: int) -> str:
    console = Console(width=width, file=io.StringIO(), highlight=False)
    print_company(profile, console)
    return console.file.getvalue()


@pytest.mark.parametrize(("width", "quarters"), [(80, 5), (120, 9)])
def test_as_many_quarters_as_fit(width: int, quarters: int) -> None:
    profile = bundled_desk().company("RIOT").profile
    text = printed(profile, width)
    table = text.split("Revenue by line, $m", 1)[1]
    head = next(line for line in table.splitlines() if str(profile.quarters[-1]) in line)
    assert head.split() == [str(quarter) for quarter in profile.quarters[-quarters:]]
    assert max(map(len, text.splitlines())) <= width


def test_markup_from_filings_is_not_read(hostile: Season, network: NetworkHistory) -> None:
    text = printed(company_profile(hostile.view, network, Company("EVIL", MARKUP)), 120)
    assert "[bold red]" in text and "\x1b" not in text
