"""Cues: which words near a number say whether it is ahead, done, denied or only possible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ._patterns import patterns
from ._quantity import Quantity
from ._target import Stance

_CLAUSE = re.compile(
    r";|: |,? (?:and|but|while|although|whereas|with|as|of which) (?=we |the company|which|is |are |was |were |will |paid |"
    r"expects? |anticipat|intends? |plans? |currently|presently|had |has |have |upon|our |additional |an additional |the "
    r"(?:remaining|remainder|potential)|potential)|,? which |, (?:where|although|while|but|offset|partially|totall?ing) ",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"\b(?:under|pursuant to|with) (?:the|this|our|that|its|each) (?:\w+[ -]){0,4}(?:agreements?|contracts?|leases?|orders?|MSA)\b|"
    r"\b(?:remaining|purchase|firm|contractual) commitments?\b|\bcolocation agreement\b|\bcontracted\b|\bbalance of the contract\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:subject to (?!(?:\w+ )?(?:price )?adjustment)|contingent (?:on|upon)|depending on|dependent on|provided that|assuming)\b", re.IGNORECASE)  # fmt: skip
_ACTOR = re.compile(r"((?:[A-Z][\w&.’'\-]*,? )+)(?:also |now |currently |further )?$")
_OWN = re.compile(r"\b(?:we|it|company|management|facility|facilities|site|sites|campus|center|centre|project|phase|building|capacity|expansion|this|these|the|all|total|upon|each|additionally|our|in|by|mw|h100|gpus?|units?|miners?|and|both|once|development|delivery|purchase|data|at)\b", re.IGNORECASE)  # fmt: skip
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
    if not actor or _OWN.search(actor.group(1)):
        return False
    said = actor.group(1).strip(" ,").lower()
    return not any(said.split()[0] in name.lower() for name in names)


def governing(quantity: Quantity, cues: list[Cue], sentence: str) -> Cue | None:
    """The cue a number belongs to: in its clause the nearest before it, else after it, else the last before."""
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
    breaks = [match.start() for match in _CLAUSE.finditer(sentence)]
    first = max((place for place in breaks if place < quantity.start), default=0)
    last = min((place for place in breaks if place >= quantity.end), default=len(sentence))
    return first, last


def stance_of(quantity: Quantity, cue: Cue, sentence: str) -> Stance:
    """How firmly a number is meant: conditions and `up to` lower it, a contract behind it raises it."""
    if cue.kind == "aspiration":
        contracted = _CONTRACT.search(sentence) and "target" in sentence[cue.start : cue.end].lower()
        return Stance.CONTRACTED if contracted else Stance.ASPIRATION
    conditional = _CONDITION.search(sentence) is not None
    if cue.kind == "contracted" or _CONTRACT.search(sentence):
        return Stance.GUIDED if conditional else Stance.CONTRACTED
    if conditional or (quantity.low is None and quantity.unit != "usd"):
        return Stance.ASPIRATION
    return Stance.GUIDED
