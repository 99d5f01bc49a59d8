"""Which concepts and members are worth keeping, in the words of the package's own rules of lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hashpivot.core import Line
from hashpivot.lines import (
    default_rules,
    is_of_income,
    kind_of,
    member_words,
    names_ai_hosting,
    names_bitcoin_mining,
    names_mining,
    normal,
    speaks_of_the_field,
)

_MEMBER = re.compile(r"(Member|Domain)$")
_WORK = re.compile(r"\bmin(ing|ed)\b|\bminers?\b|\bhash")
_MINED = re.compile(
    r"\bmined\b|\bmining (activit|operation|revenue|income|segment|business)|\bself-?min|\bhash ?rate"
)
_AI = re.compile(r"\b(ai|artificial intelligence)\b")
_DUG = re.compile(
    r"\b(gold|silver|copper|coal|lithium|uranium|iron|zinc|nickel|platinum|palladium|helium|potash|phosphates?|sand"
    r"|diamonds?|rare earths?|ores?|minerals?|metals?|oil)\b"
)
_FLOOR_SPACE = re.compile(r"\bco-?location\b")
_HOSTING = re.compile(
    r"\bhost|\bcloud\b|\bcomput|\binfrastructure\b|\bdata ?cent|\bfactor(y|ies)\b|\bleas|\bco-?locat"
    r"|\bcapacity\b"
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a name says.

    Args:
        kept: Numbers with it are read: it belongs to an income statement or speaks of the field.
        revenue: It is a concept of revenue.
        line: It is revenue, or a member of a breakdown, and its words name a line of mining, AI or chips.
        mining: It says that coins are mined.
    """

    kept: bool
    revenue: bool
    line: bool
    mining: bool


def of_concept(name: str, label: str = "", doc: str = "") -> Telling:
    """What a concept, or the name of a member in its full length, says by name, label and documentation."""
    texts = [text for text in (name, label, doc) if text]
    revenue = kind_of(name) == "revenue"
    kept = is_of_income(name) or bool(kind_of(name)) or any(map(speaks_of_the_field, texts))
    return Telling(
        kept,
        revenue,
        (revenue or bool(_MEMBER.search(name))) and any(map(names_line, texts)),
        kept and any(map(mines_coins, texts)),
    )


def of_member(name: str) -> Telling:
    """What the member of a breakdown says by its name."""
    kept = speaks_of_the_field(name)
    return Telling(kept, False, names_line(name), kept and mines_coins(name))


def names_line(words: str) -> bool:
    """True if words name a line of mining, AI or chips whoever uses them, as `GPU` does."""
    rule = default_rules().find(words, False)
    if rule is None and names_ai_hosting(words):
        return True
    return rule is not None and isinstance(rule.target, Line) and rule.target.group != "other"


def mines_coins(words: str) -> bool:
    """True if words say that coins are mined; block rewards alone may be those of stakes."""
    return names_bitcoin_mining(words) and bool(_WORK.search(normal(words)))


def coins_were_mined(words: str) -> bool:
    """True if words say that the filer itself mines coins; its machines may be for sale."""
    return mines_coins(words) and bool(_MINED.search(normal(words)))


def sells_ai_hosting(words: str) -> bool:
    """True if words say AI hosting whoever uses them: GPUs, HPC, or AI with what is hosted.

    `AI` alone is what many products have, and colocation alone floor space of any kind.
    """
    text = normal(words)
    return names_ai_hosting(_FLOOR_SPACE.sub(" ", _AI.sub(" ", text))) or bool(
        _AI.search(text) and _HOSTING.search(text)
    )


def digs(words: str) -> bool:
    """True if words say that something out of the ground is mined, as `Gold Mining`."""
    return names_mining(words) and bool(_DUG.search(normal(words)))


def says_more(label: str, tag: str) -> bool:
    """True for a label that is more than the name of its concept, written apart."""
    return bool(label) and normal(label) != normal(member_words(tag))
