"""No page says `not disclosed` of anything but what its JSON twin calls so, over all seasons and companies.

What the JSON calls so has a filing behind it that was read: tests/season/test_absence.py holds that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from hashpivot import Desk
from hashpivot.core import Companies, Quarter, not_derivable
from hashpivot.report import SeasonReport, render_company, render_html

SAID = re.compile(r"(?P<count>\d+ )?not disclosed(?:[:,] (?P<reason>.{0,240}))?")
KIND = re.compile(r"</?(?:span|b|td|th|li|summary)[^>]*>")
ANNOUNCED = "the announcement does not say"
START = 60
"""Characters of a reason that are compared: pages shorten long ones."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk.open(tmp_path_factory.mktemp("ledger") / "none.sqlite")


@pytest.fixture(scope="module")
def quarters(desk: Desk) -> list[Quarter]:
    view = desk.view
    return sorted({quarter for ticker in view.tickers() for quarter in view.quarters(ticker)})


def test_every_season(desk: Desk, quarters: list[Quarter]) -> None:
    for quarter in quarters:
        made = desk.season(quarter).season
        page = render_html(SeasonReport(made, {}, not_derivable("no nowcast is asked for")))
        assert not list(_unfounded(page, made.to_dict())), quarter


@pytest.mark.parametrize("ticker", list(Companies.load()))
def test_every_company(desk: Desk, ticker: str) -> None:
    made = desk.company(ticker)
    assert not list(_unfounded(render_company(made.profile), made.to_dict()))


def _unfounded(page: str, twin: dict[str, Any]) -> Iterator[str]:
    """What a page calls not disclosed and its twin does not."""
    reasons = [*_not_disclosed(twin), ANNOUNCED]
    for said in SAID.finditer(unescape(KIND.sub("", page))):
        if said["count"] and reasons[:-1]:
            continue
        if not any((said["reason"] or "").startswith(reason[:START]) for reason in reasons):
            yield said[0]


def _not_disclosed(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("missing") == "not_disclosed":
            yield value["reason"]
        value = list(value.values())
    for one in value if isinstance(value, list) else ():
        yield from _not_disclosed(one)
