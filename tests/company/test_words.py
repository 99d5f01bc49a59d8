from __future__ import annotations

from decimal import Decimal

import pytest

from hashpivot.company import short_name
from hashpivot.company._words import dollars, moved, percent


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Core Scientific, Inc.", "Core Scientific"),
        ("Greenidge Generation Holdings Inc.", "Greenidge Generation"),
        ("Argo Blockchain plc", "Argo Blockchain"),
        ("HIVE Digital Technologies Ltd.", "HIVE Digital Technologies"),
        ("IREN Limited", "IREN"),
        ("Holdings", "Holdings"),
    ],
)
def test_a_name_without_its_legal_form(name: str, short: str) -> None:
    assert short_name(name) == short


def test_growth_in_words() -> None:
    assert moved(0.12) == "grew 12%" and moved(-0.35) == "fell 35%"
    assert moved(2.4) == "grew to 3.4 times" and moved(0.001) == "did not change"


def test_amounts_in_words() -> None:
    assert dollars(Decimal(3_100_000_000)) == "$3.1bn" and dollars(Decimal(-400_000)) == "−$0.4m"
    assert percent(0.004) == "0.4%" and percent(0.79) == "79%"


def test_a_lower_bound_is_rounded_down() -> None:
    assert percent(0.1986, at_least=True) == "19%" and percent(0.29, at_least=True) == "29%"
    assert percent(0.0049, at_least=True) == "0.4%"
