"""Small documents written on the fly, and the real filings where they are at hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REAL = HERE.parents[2] / "shared" / "data" / "filings"

HEAD = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
 xmlns:ixt1="http://www.xbrl.org/inlineXBRL/transformation/2010-04-20"
 xmlns:ixt3="http://www.xbrl.org/inlineXBRL/transformation/2015-02-26"
 xmlns:ixt5="http://www.xbrl.org/inlineXBRL/transformation/2022-02-16"
 xmlns:ixt-sec="http://www.sec.gov/inlineXBRL/transformation/2015-08-31"
 xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:dei="http://xbrl.sec.gov/dei/2024"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><body>"""
RESOURCES = """<ix:header><ix:resources>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">0007</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-03-31</xbrli:endDate></xbrli:period>
</xbrli:context>
<xbrli:context id="c2"><xbrli:entity><xbrli:identifier scheme="s">0007</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-03-31</xbrli:endDate></xbrli:period>
</xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header>"""


@pytest.fixture(scope="session")
def page() -> Callable[..., bytes]:
    """`page(body)`: an inline document with context `c` (and its twin `c2`) and unit `u` around `body`."""

    def write(body: str, head: str = HEAD, resources: str = RESOURCES) -> bytes:
        return f"{head}{resources}{body}</body></html>".encode()

    return write


@pytest.fixture(scope="session")
def number() -> Callable[..., str]:
    """`number(text, **attributes)`: an `ix:nonFraction` in context `c` and unit `u`."""

    def write(text: str, **attributes: str) -> str:
        usual = {"name": "us-gaap:Cash", "contextRef": "c", "unitRef": "u", "decimals": "0"}
        written = " ".join(f'{key}="{value}"' for key, value in (usual | attributes).items() if value)
        return f"<ix:nonFraction {written}>{text}</ix:nonFraction>"

    return write


@pytest.fixture(scope="session")
def small() -> Path:
    """Folder of the hand-written documents."""
    return HERE / "data"


@pytest.fixture(scope="session")
def real() -> Path:
    """Folder of the real filings; skips where they are not at hand."""
    if not REAL.is_dir():
        pytest.skip("the real filings in ../shared/data/filings are not at hand")
    return REAL
