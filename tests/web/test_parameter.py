"""Parameters and addresses of views."""

from __future__ import annotations

import pytest

from hashpivot.core import InvalidInput, Quarter
from hashpivot.web import WEB_VIEWS, Parameter
from hashpivot.web.shared import address, read_parameters


def test_values_are_read_by_their_kind() -> None:
    parameters = (Parameter("quarter", "quarter", ""), Parameter("ticker", "text", "", repeated=True))
    given = [("quarter", "2024Q4"), ("ticker", "CORZ"), ("ticker", ""), ("ticker", "RIOT")]
    assert read_parameters(parameters, given) == {
        "quarter": Quarter.parse("2024Q4"),
        "ticker": ("CORZ", "RIOT"),
    }


@pytest.mark.parametrize("text", ["2025-1-1", "2025-W01-1", "yesterday", "2025-03-01T00", "0000-00-00"])
def test_a_day_is_written_one_way(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a day"):
        Parameter("as_of", "day", "").read(text)


def test_an_address_holds_any_text() -> None:
    assert address("/company/{ticker}", {"ticker": "a/b?c#d é"}) == "/company/a%2Fb%3Fc%23d%20%C3%A9"
    assert address("/x", {"ticker": ("A", "B&C"), "none": None}, "json") == "/x.json?ticker=A&ticker=B%26C"


def test_views_say_what_they_are() -> None:
    names = [view.name for view in WEB_VIEWS]
    assert len(names) == len(set(names))
    for view in WEB_VIEWS:
        assert view.call.startswith("Desk.") or view.name == "job"
        assert view.title and view.path.startswith("/")
        assert all(parameter.about and parameter.schema["type"] for parameter in view.asked)
        assert set(view.in_path) <= {parameter.name for parameter in view.parameters}
