"""Results are mappings: iteration gives keys, and an unknown key is our error with near matches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from hashpivot.core import HashpivotError, UnknownKey

ResultOf = Callable[[str], Any]

MAPPINGS: dict[str, tuple[Callable[[ResultOf], Any], str, str]] = {
    "season": (lambda of: of("season"), "RIOT", "RIOX"),
    "season itself": (lambda of: of("season").season, "RIOT", "riot"),
    "company": (lambda of: of("season")["RIOT"], "growth", "growh"),
    "answer": (lambda of: of("season")["RIOT"]["revenue"], "ai_share", "ai_shar"),
    "comparison": (lambda of: of("compare"), "RIOT", "RIOX"),
    "course": (lambda of: of("compare")["RIOT"], "growth", "growh"),
    "lines": (lambda of: of("lines"), "2024Q4", "2024Q44"),
    "halving": (lambda of: of("halving"), "RIOT", "RIOX"),
    "nowcast": (lambda of: of("nowcast"), "RIOT", "RIOX"),
    "company's nowcast": (lambda of: of("nowcast")["RIOT"], "self_mining", "selfmining"),
}


@pytest.mark.parametrize("name", MAPPINGS)
def test_it_is_a_mapping(name: str, result_of: ResultOf) -> None:
    get, key, unknown = MAPPINGS[name]
    mapping = get(result_of)
    assert isinstance(mapping, Mapping) and key in mapping and unknown not in mapping and 0 not in mapping
    assert key in list(mapping) and len(mapping) == len(list(mapping)) == len(mapping.items())
    assert dict(mapping)[key] is mapping[key] or dict(mapping)[key] == mapping[key]
    assert mapping.get(unknown) is None


@pytest.mark.parametrize("name", MAPPINGS)
def test_an_unknown_key_is_a_key_error_of_ours_with_the_nearest(name: str, result_of: ResultOf) -> None:
    get, key, unknown = MAPPINGS[name]
    mapping = get(result_of)
    with pytest.raises(UnknownKey) as caught:
        mapping[unknown]
    assert isinstance(caught.value, KeyError) and isinstance(caught.value, HashpivotError)
    assert key in caught.value.hint and repr(unknown) in str(caught.value)


def test_an_unknown_ticker_does_not_cut_a_map_short(result_of: ResultOf) -> None:
    with pytest.raises(KeyError):
        list(map(result_of("season").__getitem__, ["RIOT", "NOPE", "MARA"]))


def test_a_company_without_a_nowcast_says_why(desk: Any) -> None:
    nowcast = desk.nowcast("2024Q4", ["ABTC", "RIOT"])
    assert "ABTC" in nowcast.missing and "ABTC" not in nowcast
    with pytest.raises(UnknownKey, match=nowcast.missing["ABTC"].reason[:20]):
        nowcast["ABTC"]


def test_equal_results_are_equal_and_hash_alike(result_of: ResultOf) -> None:
    answer = result_of("season")["RIOT"]["revenue"]
    assert answer == result_of("season").season["RIOT"]["revenue"] and answer != dict(answer)
    assert bool(result_of("season")) and bool(answer)
