"""Cues: words near a number that make it forward-looking, past, denied or only possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ._patterns import finds, patterns

_ACTOR = re.compile(r"((?:[A-Z][\w&.’'\-]*,? )+)(?:also |now |currently |further )?$")
_ACTIVE = re.compile(
    r"(?:will|shall|expects|anticipates|plans|intends|estimates|targets|aims)\b", re.IGNORECASE
)
_JOIN = re.compile(r"^[\s,;:]*(?:and|but|while|although|whereas|with|as)?\s*", re.IGNORECASE)
_NEAR = 70


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence.

    Args:
        kind: `guided`, `aspiration`, `contracted`, `past`, `option`, `neutral` or `not`; see targets.toml.
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
    subject = _JOIN.sub("", sentence[clause_of(cue.start, cue.end, sentence)[0] : cue.start])
    if cue.is_forward and finds("other", subject):
        return True
    if not _ACTIVE.match(sentence, cue.start):
        return False
    actor = _ACTOR.search(sentence[: cue.start])
    if not actor or finds("own", actor.group(1)):
        return False
    said = actor.group(1).strip(" ,").lower()
    return not any(said.split()[0] in name.lower() for name in names)


def clause_of(start: int, end: int, sentence: str) -> tuple[int, int]:
    """Where the clause that holds a place begins and ends."""
    clauses = patterns("targets.toml")["clause"]
    breaks = [match.start() for pattern in clauses for match in pattern.regex.finditer(sentence)]
    first = max((place for place in breaks if place < start), default=0)
    last = min((place for place in breaks if place >= end), default=len(sentence))
    return first, last
