"""A cache makes each thing once and keeps no more than it may."""

from __future__ import annotations

from hashpivot.site.model import BoundedCache


def test_a_thing_is_made_once_and_the_oldest_goes() -> None:
    cache, made = BoundedCache[str, str](2), list[str]()

    def get(key: str) -> str:
        return cache.get(cache, key, lambda: made.append(key) or key.upper())

    assert [get(key) for key in "abab"] == ["A", "B", "A", "B"] and made == ["a", "b"]
    assert get("c") == "C" and len(cache) == 2
    assert get("b") == "B" and get("a") == "A" and made == ["a", "b", "c", "a"]


def test_makers_that_are_equal_or_not_hashable_are_told_apart() -> None:
    cache, one, other = BoundedCache[str, str](2), list[str](), list[str]()
    assert cache.get(one, "a", lambda: "one") == "one" and cache.get(other, "a", lambda: "other") == "other"
    assert cache.get(one, "a", lambda: "anew") == "one"
