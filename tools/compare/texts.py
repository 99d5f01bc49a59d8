"""Compare texts by the figures in them: figures must agree, words may change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from itertools import islice

from .findings import ABSENT, Finding, Level, shown

_FIGURE = re.compile(r"(?:(?<![\w)\]])[-−+])?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?%?")
_OPTION = re.compile(r"--[a-z][a-z-]+")
_COMMANDS = re.compile(r"^Commands:\n((?:  .*\n)+)", re.MULTILINE)
_SHOWN_LINES = 6
_SHOWN_WIDTH = 300


def figures(text: str) -> list[str]:
    """The numbers of a text in their order, each as it is written, with one kind of minus sign."""
    return [match.replace("−", "-") for match in _FIGURE.findall(text)]


def compare_texts(before: str, after: str, where: str) -> Iterator[Finding]:
    """At most one finding: other figures, the same in another order, or other words.

    Tables wrap their columns by the width of the words in them, so the same figures can come in another
    order.
    """
    if before == after:
        return
    one, other = figures(before), figures(after)
    changed = changed_lines(before, after)
    if one == other:
        yield Finding(Level.WORDS, f"{where} words", *changed)
    elif Counter(one) == Counter(other):
        yield Finding(Level.WORDS, f"{where} order of figures", *changed)
    else:
        gone, new = Counter(one) - Counter(other), Counter(other) - Counter(one)
        yield Finding(Level.DIFFERENT, f"{where} figures", _listed(gone), _listed(new))
        yield Finding(Level.DIFFERENT, f"{where} lines", *changed)


def compare_help(before: str, after: str, where: str) -> Iterator[Finding]:
    """Of a help page the options and commands count; its examples and words may change."""
    for name in sorted(_offered(before) - _offered(after)):
        yield Finding(Level.DIFFERENT, f"{where} {name}", name, ABSENT)
    if before != after:
        yield Finding(Level.WORDS, f"{where} help", *changed_lines(before, after))


def compare_messages(before: str, after: str, where: str) -> Iterator[Finding]:
    """Messages on standard error may change their words; a traceback may not come."""
    if "Traceback (most recent call last)" in after and before != after:
        yield Finding(Level.DIFFERENT, f"{where} traceback", before[-200:], after[-200:])
    elif before != after:
        yield Finding(Level.WORDS, f"{where} messages", *changed_lines(before, after))


def _offered(text: str) -> set[str]:
    """Options and commands of a help page."""
    listed = _COMMANDS.search(text)
    rows = listed[1].splitlines() if listed else []
    return {*_OPTION.findall(text), *(row.split()[0] for row in rows if re.match(r"  \S", row))}


def _listed(counted: Counter[str]) -> str:
    return " ".join(islice(counted.elements(), 12)) + (" …" if counted.total() > 12 else "") or "(none)"


def changed_lines(before: str, after: str) -> tuple[str, str]:
    """The first lines that differ, spaces aside where that is all."""
    lines = list(unified_diff(_tidy(before), _tidy(after), n=0, lineterm=""))[2:]
    sides = (
        [line[1:] for line in lines if line.startswith(sign) and line[1:].strip()][:_SHOWN_LINES]
        for sign in "-+"
    )
    one, other = (shown(" | ".join(side), _SHOWN_WIDTH) for side in sides)
    return (one, other) if one or other else ("(spaces)", "(spaces)")


def _tidy(text: str) -> list[str]:
    return [re.sub(r"[\s─]+", " ", line).strip() for line in text.splitlines()]
