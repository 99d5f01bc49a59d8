"""The trading symbol of a company's common stock, among those its cover page gives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ._fact import Fact

_SYMBOL = re.compile(r"[A-Z][A-Z0-9]{0,5}(?:\.[A-Z0-9]{1,3})?")
_EXCHANGE = re.compile(r"^\(?(?:NASDAQ|NYSE|OTC|TSX|LSE|ASX)[A-Z .]*:\s*")
_BETWEEN = re.compile(r"\s*(?:[,;|]|\band\b|\s{2,})\s*", re.IGNORECASE)
_PLACEHOLDERS = frozenset({"N/A", "N.A", "NONE", "NIL", "TBD", "NULL", "NOT APPLICABLE"})

# What a class of securities is, by the word of its title that comes first: a warrant's title goes on to name
# the stock it buys. Earlier rows stand for the company before later ones.
_KINDS = (
    re.compile(r"common|ordinary|class a\b", re.IGNORECASE),
    re.compile(r"class [b-z]\b", re.IGNORECASE),
    re.compile(r"american depositary|\bADSs?\b|\bADRs?\b", re.IGNORECASE),
    re.compile(
        r"warrant|\bunits?\b|notes?\b|debenture|bond|preferred|preference|depositary|rights?\b"
        r"|(common|ordinary|class [a-z])\W+(stock|shares?) purchase (warrant|right)",
        re.IGNORECASE,
    ),
)
_DERIVED = len(_KINDS) - 1
_UNNAMED = len(_KINDS)
_AMBIGUOUS = "NA"
"""A symbol that is one only beside the title of a class of shares; else it says that there is none."""


@dataclass(frozen=True, slots=True)
class TradingSymbol:
    """The symbol a filing is filed under.

    Args:
        symbol: Upper case, classes after a point (`BRK.B`); empty if there is none, or several may be it.
        question: Why it is empty although the cover names some; empty if it does not.
    """

    symbol: str
    question: str


def trading_symbol(texts: Iterable[Fact]) -> TradingSymbol:
    """Choose the symbol of the common stock by the title of its class, tagged in the same context.

    Common, ordinary and class A shares come before other classes, these before depositary shares, and these
    before warrants, units, notes, preferred shares and rights.

    Args:
        texts: The filing's texts.
    """
    facts = [fact for fact in texts if fact.concept in ("dei:TradingSymbol", "dei:Security12bTitle")]
    titles = {f.context.key: f.text for f in facts if f.concept == "dei:Security12bTitle" and not f.nil}
    ranks: dict[str, int] = {}
    strange: list[str] = []
    for fact in facts:
        if fact.concept == "dei:TradingSymbol" and not fact.nil:
            title = titles.get(fact.context.key, "") or _members(fact)
            for symbol, rank in _ranked(fact.text, title):
                ranks[symbol] = min(rank, ranks.get(symbol, rank))
            strange += [word for word in _words(fact.text) if not _normal(word)]
    best = [symbol for symbol, rank in ranks.items() if rank == min(ranks.values())]
    if len(best) == 1:
        return TradingSymbol(best[0], "")
    if best:
        which = f"the cover names the trading symbols {', '.join(best)}: which is the common stock's?"
        return TradingSymbol("", which)
    named = ", ".join(map(repr, dict.fromkeys(strange)))
    return TradingSymbol("", f"the cover gives {named} as trading symbol, which is none" if strange else "")


def _ranked(text: str, title: str) -> list[tuple[str, int]]:
    """The symbols of one text, each with the rank of its title; titles are split where symbols are."""
    words = _words(text)
    titles = [part for part in title.split(";") if part.strip()]
    matched = titles if len(titles) == len(words) else [title] * len(words)
    pairs = ((_normal(word), _rank(one)) for word, one in zip(words, matched, strict=True))
    return [(symbol, rank) for symbol, rank in pairs if symbol and (symbol != _AMBIGUOUS or rank < _DERIVED)]


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(" ".join(text.split())) if word]


def _normal(word: str) -> str:
    """The symbol in upper case, its class after a point; empty if it is no symbol."""
    bare = _EXCHANGE.sub("", word.strip().upper()).strip("()\"'“”*† ")
    if _is_none(bare):
        return ""
    symbol = re.sub(r"[ /\-](?=[A-Z0-9]{1,3}$)", ".", bare)
    return symbol if _SYMBOL.fullmatch(symbol) else ""


def _is_none(word: str) -> bool:
    bare = word.strip().upper().rstrip(".")
    return bare in _PLACEHOLDERS or not any(letter.isalpha() for letter in bare)


def _rank(title: str) -> int:
    """The kind of security a title begins with; of two that begin at one word the later, longer one."""
    found = [
        (match.start(), -kind) for kind, pattern in enumerate(_KINDS) if (match := pattern.search(title))
    ]
    return -min(found)[1] if found else _UNNAMED


def _members(fact: Fact) -> str:
    """The members of its context as words: `Common Class A Member`."""
    names = (member.rpartition(":")[2] for _, member in fact.context.dims)
    return " ".join(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name) for name in names)
