"""An answer as it is sent, and what was asked for it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from ._live_desk import State

_WORTH_PACKING = 0.9  # of its size: pictures and Parquet are packed already
_LEVEL = 6  # of gzip: a page of 240 kB takes 6 ms and becomes 30 kB


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What was asked: the key that an answer is kept under.

    Args:
        view: Name of the page.
        ending: Of the twin; empty for the page itself.
        arguments: Names and values, sorted by name.
    """

    view: str
    ending: str
    arguments: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, view: str, ending: str, arguments: Mapping[str, Any]) -> PageRequest:
        """What a request asks."""
        return cls(view, ending, in_order(arguments))


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """An answer of one state of the ledger.

    Args:
        state: The state.
        content: What is sent.
        packed: The same by gzip; empty if that is hardly smaller.
        tag: Of this content: the same content has the same.
    """

    state: State
    content: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, state: State, content: bytes) -> CachedResponse:
        """Pack a content."""
        packed = gzip.compress(content, _LEVEL, mtime=0)
        small = len(packed) < _WORTH_PACKING * len(content)
        return cls(state, content, packed if small else b"", sha256(content).hexdigest()[:24])


def in_order(arguments: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Arguments as a key: the same whatever order they were given in."""
    return tuple(sorted(arguments.items(), key=lambda item: item[0]))
