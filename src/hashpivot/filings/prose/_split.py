"""A paragraph into sentences; points of abbreviations, initials and decimals do not end one."""

from __future__ import annotations

import re

_STOP = re.compile(
    r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9●•])|;(?=\s+\(?(?:i{1,3}|iv|v|vi{1,3}|[a-h])\)\s)"
)
_BEFORE = re.compile(r"([\w.&'’\-]+)\.[\"'”’)\]]*$")
_NEXT = re.compile(r"\s+[\"'“‘(\[]*([\w.]+)")
_NEVER_LAST = frozenset((
    "approx", "mr", "mrs", "ms", "dr", "prof", "st", "ft", "mt", "vs", "v", "e.g", "i.e", "cf", "no", "nos",
    "fig", "figs", "art", "arts", "sec", "sect", "reg", "rel", "dept", "est", "gen", "gov", "sen", "rep",
    "hon", "rev", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "pp",
    "vol", "nr",
))  # fmt: skip
_MAYBE_LAST = frozenset((
    "inc", "corp", "co", "ltd", "llc", "l.p", "lp", "plc", "s.a", "n.a", "n.v", "b.v", "u.s", "u.k",
    "u.s.a", "e.u", "p.m", "a.m", "jr", "sr", "etc", "al", "d.c", "ph.d", "m.w",
))  # fmt: skip
_OPENERS = frozenset((
    "the", "we", "our", "this", "these", "those", "that", "it", "its", "in", "on", "at", "as", "for", "if",
    "during", "however", "while", "there", "under", "with", "after", "following", "although", "because",
    "additionally", "since", "through", "such", "each", "any", "all", "no", "when", "to", "by", "from",
    "upon", "management", "further", "furthermore", "moreover", "also", "each", "pursuant", "based", "see",
))  # fmt: skip


def split_sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph whose white space is folded; together they hold all its words.

    A roman or lettered item after a semicolon, `; (ii) ...`, counts as a sentence of its own.
    """
    sentences: list[str] = []
    start = 0
    for stop in _STOP.finditer(paragraph):
        if _ends(paragraph, stop.end()):
            sentences.append(paragraph[start : stop.end()].strip())
            start = stop.end()
    sentences.append(paragraph[start:].strip())
    return [sentence for sentence in sentences if sentence]


def _ends(paragraph: str, end: int) -> bool:
    """True if the mark before `end` closes a sentence rather than an abbreviation."""
    before = _BEFORE.search(paragraph, max(0, end - 40), end)
    if not before:
        return True
    word = before.group(1).lower().lstrip("(")
    follows = _NEXT.match(paragraph, end)
    following = follows.group(1) if follows else ""
    if word in _NEVER_LAST:
        return word == "no" and not following[:1].isdigit()
    if word in _MAYBE_LAST or re.fullmatch(r"[a-z]|(?:[a-z]\.)+[a-z]", word):
        return following.lower() in _OPENERS
    return True
