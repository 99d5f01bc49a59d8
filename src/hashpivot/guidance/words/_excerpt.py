"""Short excerpts."""

from __future__ import annotations

EXCERPT = 160


def excerpt(text: str, start: int, end: int) -> str:
    """At most 160 characters of a sentence around a place in it, cut between words."""
    if len(text) <= EXCERPT:
        return text
    room = EXCERPT - 2
    first = max(0, min(start - (room - min(end - start, room)) // 2, len(text) - room))
    last = min(len(text), first + room)
    cut = text[first:last]
    if first:
        cut = "…" + cut.partition(" ")[2]
    if last < len(text):
        cut = cut.rpartition(" ")[0] + "…"
    return cut
