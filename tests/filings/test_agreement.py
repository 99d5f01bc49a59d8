"""Facts are those that Arelle reads, where it is installed.

`python -m tools long arelle` compares every filing at hand.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.checks.arelle import Agreement, agreement

Page = Callable[..., bytes]
Number = Callable[..., str]
SAMPLE = ["BTBT_10Q-2025-03-31", "CLSK_10Q-2024-06-30", "RIOT_10Q-2024-03-31"]


def compared(*documents: bytes) -> Agreement:
    try:
        return agreement(documents)
    except ImportError:
        pytest.skip("Arelle is not installed: nothing to compare with")


def test_small_documents(page: Page, number: Number, small: Path) -> None:
    odd = [
        number("1,234", format="ixt:num-dot-decimal", scale="6", sign="-"),
        number("1<b>2</b>,<!-- x -->5<ix:exclude>(a)</ix:exclude>00", format="ixt:num-dot-decimal"),
        number("", nil="true").replace("nil=", "xsi:nil="),
        number("—", format="ixt3:zerodash"),
        number("1,234", format="ixt3:zerodash"),
        number("1 234,56", format="ixt3:numdotdecimal"),
        number("12.50", scale="-2"),
    ]
    cover = '<ix:nonNumeric name="dei:D" contextRef="c" format="ixt:{0}">{1}</ix:nonNumeric>'
    texts = [
        cover.format("date-monthname-day-year-en", "June<br/> 30, 2024"),
        cover.format("date-monthname-day-year-en", "june 30, 2024"),
        cover.format("fixed-true", "x"),
    ]
    result = compared(page("".join((*odd, *texts))), (small / "small.htm").read_bytes())
    assert result.agree
    assert (result.filings, result.texts >= 2) == (2, True)


@pytest.mark.parametrize("name", SAMPLE)
def test_real_filings(name: str, real: Path) -> None:
    result = compared(gzip.decompress((real / "ixbrl" / f"{name}.htm.gz").read_bytes()))
    assert result.agree
    assert result.numbers > 500
