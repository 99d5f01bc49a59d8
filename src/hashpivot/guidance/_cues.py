"""Cues: which words near a number say whether it is ahead, done, denied or only possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ._patterns import patterns
from ._quantity import Quantity
from ._target import Stance

_ACTOR = re.compile(r"((?:[A-Z][\w&.’'\-]*,? )+)(?:also |now |currently |further )?$")
_ACTIVE = re.compile(
    r"(?:will|shall|expects|anticipates|plans|intends|estimates|targets|aims)\b", re.IGNORECASE
)
_NEAR = 70


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence.

    Args:
        kind: `guided`, `aspiration`, `contracted`, `past`, `option`, `neutral` or `not`.
        start, end: Where it stands.
        denied: True if a negation before it reaches it.
    """

    kind: str
    start: int
    end: int
    denied: bool = False

    @property
    def is_forward(self) -> bool:
        """True if it announces something the company means to do."""
        return self.kind in ("guided", "aspiration", "contracted") and not self.denied

    @property
    def is_withdrawn(self) -> bool:
        """True if it takes back what the company meant to do."""
        return self.kind in ("guided", "aspiration") and self.denied


def find_cues(sentence: str, names: tuple[str, ...] = ()) -> list[Cue]:
    """The cues of a sentence, in order; patterns higher in the table win where they overlap.

    Args:
        sentence: Its text.
        names: The company's names; if given, cues with another proper name for a subject become `past`.
    """
    taken: list[Cue] = []
    for pattern in patterns("targets.toml")["cue"]:
        for match in pattern.regex.finditer(sentence):
            if not any(match.start() < cue.end and cue.start < match.end() for cue in taken):
                taken.append(Cue(pattern.name, match.start(), match.end()))
    taken.sort(key=lambda cue: cue.start)
    cues = list(_negated(taken, sentence))
    return [replace(cue, kind="past") if names and _by_other(cue, sentence, names) else cue for cue in cues]


def _negated(cues: list[Cue], sentence: str) -> Iterator[Cue]:
    """The cues that govern numbers; the reach of negations is written into them."""
    reach = -1
    for cue in cues:
        if cue.kind == "neutral":
            continue
        if cue.kind == "not":
            reach = cue.end + _NEAR
            continue
        denied = cue.start <= reach
        if denied and cue.kind != "past":
            reach = max(reach, cue.end + _NEAR)
        yield replace(cue, denied=denied)


def _by_other(cue: Cue, sentence: str, names: tuple[str, ...]) -> bool:
    if not _ACTIVE.match(sentence, cue.start):
        return False
    actor = _ACTOR.search(sentence[: cue.start])
    if not actor or _finds("own", actor.group(1)):
        return False
    said = actor.group(1).strip(" ,").lower()
    return not any(said.split()[0] in name.lower() for name in names)


def governing(quantity: Quantity, cues: list[Cue], sentence: str) -> Cue | None:
    """The cue a number belongs to: in its clause the nearest before, else after it; else the last before."""
    first, last = _clause(quantity, sentence)
    inside = [cue for cue in cues if first <= cue.start < last]
    before = [cue for cue in inside if cue.start < quantity.start]
    if before:
        return before[-1]
    after = [cue for cue in inside if cue.start >= quantity.end]
    if after:
        return after[0]
    earlier = [cue for cue in cues if cue.start < first]
    return earlier[-1] if earlier and ";" not in sentence[earlier[-1].end : quantity.start] else None


def _clause(quantity: Quantity, sentence: str) -> tuple[int, int]:
    clauses = patterns("targets.toml")["clause"]
    breaks = [match.start() for pattern in clauses for match in pattern.regex.finditer(sentence)]
    first = max((place for place in breaks if place < quantity.start), default=0)
    last = min((place for place in breaks if place >= quantity.end), default=len(sentence))
    return first, last


def stance_of(quantity: Quantity, cue: Cue, sentence: str) -> Stance:
    """How firmly a number is meant: conditions and `up to` lower it, a contract behind it raises it."""
    if cue.kind == "aspiration":
        firm = _finds("contract", sentence) and "target" in sentence[cue.start : cue.end].lower()
        return Stance.CONTRACTED if firm else Stance.ASPIRATION
    conditional = _finds("condition", sentence)
    if cue.kind == "contracted" or _finds("contract", sentence):
        return Stance.GUIDED if conditional else Stance.CONTRACTED
    if conditional or (quantity.low is None and quantity.unit != "usd"):
        return Stance.ASPIRATION
    return Stance.GUIDED


def _finds(group: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns("targets.toml")[group])
