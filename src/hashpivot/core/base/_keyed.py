"""Results that are read by key, such as a season by ticker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from ._errors import UnknownKey

Member = TypeVar("Member", covariant=True)

_LISTED = 8
"""Keys up to which all of them are named where none is near: one line of a terminal."""


class Keyed(Mapping[str, Member]):
    """A read-only mapping over the members of a result.

    A subclass defines `_members`, the members by key in the order of iteration, and `_key_noun`, what a key
    is called in an error.
    """

    __slots__ = ()

    def _members(self) -> Mapping[str, Member]:
        raise NotImplementedError

    def _key_noun(self) -> str:
        raise NotImplementedError

    def __getitem__(self, key: str) -> Member:
        members = self._members()
        if isinstance(key, str) and key in members:
            return members[key]
        raise UnknownKey(f"no {self._key_noun()} {key!r}", hint=near_keys(key, members))

    def __iter__(self) -> Iterator[str]:
        return iter(self._members())

    def __len__(self) -> int:
        return len(self._members())


def near_keys(key: object, keys: Iterable[str]) -> str:
    """The keys that resemble a mistyped one, as a hint; all keys if they are few; else nothing.

    Args:
        key: What was asked for.
        keys: What there is.
    """
    from difflib import get_close_matches  # needed by errors alone

    by_folded = {name.casefold(): name for name in map(str, keys)}
    near = get_close_matches(str(key).casefold(), by_folded, n=3, cutoff=0.5)
    if near:
        return f"did you mean {' or '.join(by_folded[name] for name in near)}?"
    return f"there are: {', '.join(by_folded.values())}" if 0 < len(by_folded) <= _LISTED else ""
