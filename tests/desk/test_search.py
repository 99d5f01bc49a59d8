"""`Desk.search` shows itself as every result does."""

from __future__ import annotations

import pytest

from hashpivot.core import InvalidInput, UnknownCompany
from hashpivot.testing import bundled_desk


def test_a_search_shows_itself(capsys: pytest.CaptureFixture[str]) -> None:
    result = bundled_desk().search("ai colocation corz 2024Q4")
    assert repr(result) == "DeskSearch('ai colocation corz 2024Q4', 1 found)"
    assert "$8,521,000" in (result.print() or capsys.readouterr().out)
    assert result.to_dict()["counts"] == {"figure": 1} and "<table>" in result._repr_html_()
    assert result.records() == result.to_dict()["hits"]


def test_a_limit_is_checked() -> None:
    for limit in (0, 201):
        with pytest.raises(InvalidInput, match="1 to 200"):
            bundled_desk().search("corz", limit=limit)


def test_a_part_of_a_name_that_no_other_has_is_enough() -> None:
    desk = bundled_desk()
    assert [desk.ticker_of(text) for text in ("Core Scientific", "riot", "  CORZ ", "1839341")] == [
        "CORZ",
        "RIOT",
        "CORZ",
        "CORZ",
    ]
    with pytest.raises(UnknownCompany, match="did you mean CORZ"):
        desk.ticker_of("Core Scentific")
