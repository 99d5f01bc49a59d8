"""The cue that governs a number, and the stance it gives."""

from __future__ import annotations

import re
from itertools import pairwise

from hashpivot.ledger import Stance

from ..words import Cue, Quantity, are_listed, clause_of, finds

_OBJECT = re.compile(
    r"\s*(?:(?:up to|about|approximately|roughly|at least|over|an?|further|additional|total of) )*"
    r"(?:US)?\$?(?!20\d\d\b)\d",
    re.IGNORECASE,
)
_AIMED = re.compile(r"\W*(?:\w+ ){0,3}(?:target|goal)\b", re.IGNORECASE)
_BINDING = re.compile(r"\b(?:to|will|shall|could|should)$", re.IGNORECASE)
_VERB = re.compile(
    r" (?:(?:also|then|now|further|currently|only|subsequently|initially|eventually|soon|still|together|"
    r"collectively|each|we|it|they|the company) )*(?P<to>to )?(?:(?:continue|begin|start|be able) to )?"
    r"(?:(?!supply|apply|rely)\w+ly )?(?:be )?(?:(?!supply|apply|rely)\w+ly )?(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",? which ", re.IGNORECASE)
_BEFORE, _REACH = 20, 60
_NEXT, _FAR = 5, 130
_CAPPED = ("usd", "j_per_th")  # units in which `up to` and `below` are no hope but a limit


def governing(quantity: Quantity, cues: list[Cue], sentence: str, quantities: list[Quantity]) -> Cue | None:
    """The cue a number belongs to: in its clause the nearest before, else one behind; else a contract.

    A cue behind a number counts only if it says that the number is reached, and has no number of its own; one
    far before it only if other numbers lead from it.
    """
    first, last = clause_of(quantity.start, quantity.end, sentence)
    inside = [cue for cue in cues if first <= cue.start < last]
    before = [cue for cue in inside if cue.start < quantity.start]
    if before:
        leads = _leads(before[-1], quantity, quantities) and _aims(before[-1], sentence)
        return before[-1] if leads else None
    after = next((cue for cue in inside if cue.start >= quantity.end), None)
    if after and _takes(after, quantity, sentence, quantities):
        return after
    relative = _relative(quantity, last, cues, sentence, quantities)
    if relative:
        return relative
    earlier = [cue for cue in cues if cue.start < first]
    return earlier[-1] if earlier and _holds_on(earlier[-1], first, quantity, sentence) else None


def _holds_on(cue: Cue, start: int, quantity: Quantity, sentence: str) -> bool:
    """True if a cue reaches into the next clause: a contract, or `Guidance is raised: revenue of ...`."""
    if ";" in sentence[cue.end : quantity.start]:
        return False
    return cue.kind == "contracted" or (sentence.startswith(":", start) and start - cue.end <= _NEXT)


def _leads(cue: Cue, quantity: Quantity, quantities: list[Quantity]) -> bool:
    """True if the way from a cue to a number, or to the last number before it, is short."""
    between = [q.end for q in quantities if cue.end <= q.start < quantity.start]
    return quantity.start - max([cue.end, *between]) <= _FAR


def _aims(cue: Cue, sentence: str) -> bool:
    """False if the verb behind a cue is none of reaching: `we intend to file for another 90 MW`."""
    if not cue.is_forward or cue.kind == "contracted":
        return True
    verb = _VERB.match(sentence, cue.end)
    bound = _BINDING.search(sentence[cue.start : cue.end]) or (verb and verb["to"])
    return not (bound and verb) or finds("verb", verb["verb"].lower())


def _relative(
    quantity: Quantity, start: int, cues: list[Cue], sentence: str, quantities: list[Quantity]
) -> Cue | None:
    """The cue of the clause behind it that speaks of it: `add 60 MW, which we expect to energize in May`."""
    end = clause_of(start, start + 1, sentence)[1]
    if not _RELATIVE.match(sentence, start) or any(start < q.start < end for q in quantities):
        return None
    cue = next((cue for cue in cues if start < cue.start < end), None)
    return cue if cue and cue.is_forward and is_reached(cue, sentence) else None


def _takes(cue: Cue, quantity: Quantity, sentence: str, quantities: list[Quantity]) -> bool:
    """True if a cue behind a number can speak of it."""
    if _OBJECT.match(sentence, cue.end):
        return False
    if not cue.is_forward or (cue.kind == "contracted" and cue.start <= quantity.end + _NEXT):
        return True
    between = [q for q in quantities if quantity.end <= q.start < cue.start and q.unit == quantity.unit]
    ends = [quantity, *between]
    joined = all(are_listed(a, b, sentence) for a, b in pairwise(ends))
    return joined and is_reached(cue, sentence)


def is_reached(cue: Cue, sentence: str) -> bool:
    """True if a cue is followed by words such as energized, delivered or online."""
    return finds("reach", sentence[max(0, cue.start - _BEFORE) : cue.end + _REACH])


def stance_of(quantity: Quantity, cue: Cue, sentence: str) -> Stance:
    """How firmly a number is meant: conditions and `up to` lower it, a contract behind it raises it."""
    first, last = clause_of(quantity.start, quantity.end, sentence)
    clause = sentence[min(first, cue.start) : last]
    if cue.kind == "aspiration":
        firm = finds("contract", clause) and "target" in sentence[cue.start : cue.end].lower()
        return Stance.CONTRACTED if firm else Stance.ASPIRATION
    conditional = finds("condition", sentence)
    if cue.kind == "contracted" or finds("contract", clause):
        return Stance.GUIDED if conditional else Stance.CONTRACTED
    aimed = _AIMED.match(sentence, quantity.end)
    if aimed or conditional or (quantity.low is None and quantity.unit not in _CAPPED):
        return Stance.ASPIRATION
    return Stance.GUIDED
