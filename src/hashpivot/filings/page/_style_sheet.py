"""The style sheets of a page: which declarations their rules give an element.

Selectors of tags, classes, ids and attributes are understood, with descendants and children. Others are left
out; those that would hide a part of a table are named, as what they choose is not known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from ..source import MAX_SELECTOR_STEPS, MAX_STYLE_CHARACTERS, MAX_STYLE_RULES
from ._declarations import Declarations, declarations

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_STOP = re.compile(r"[};]")
_BRACE = re.compile(r"[{}]")
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:all|screen)\s*$|@(?:layer|supports)\b")
_COMPOUND = re.compile(
    r"(?P<tag>\*|[a-z][\w\-]*)?(?P<rest>(?:[.#][a-z_\-][\w\-]*|\[[\w\-]+(?:\s*=\s*(?:\"[^\"\]]*\"|'[^'\]]*'|[\w\-]+))?\])*)",
    re.IGNORECASE,
)
_PART = re.compile(r"([.#])([\w\-]+)|\[([\w\-]+)(?:\s*=\s*[\"']?([^\"'\]]*)[\"']?)?\]")
_HIDES = re.compile(
    r"display:\s*none|visibility:\s*(?:hidden|collapse)|font-size:\s*0|opacity:\s*0|content:\s*[\"'][^\"']*\d"
)
_TABLE_PART = re.compile(r"(?:^|[\s>+~,])(?:table|tbody|tr|td|th|col)\b[^\s>+~,]*$")
_MATTERS = re.compile(
    r"\b(?:display|visibility|opacity|font|font-size|vertical-align|position|width|height|max-width|max-height"
    r"|overflow|clip|clip-path|text-indent|color|background|background-color|transform|float|direction|top"
    r"|unicode-bidi|text-decoration|text-decoration-line|content|zoom)\s*:"
)
_LONGEST_BLOCK = 5000


@dataclass(frozen=True, slots=True)
class _Compound:
    """What one element must be; with `child` its parent must be what stands before."""

    tag: str
    id: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]
    child: bool

    @property
    def weight(self) -> tuple[int, int, int]:
        return bool(self.id), len(self.classes) + len(self.attributes), bool(self.tag)

    def fits(self, element: etree._Element) -> bool:
        if self.tag and self.tag != local_name(element):
            return False
        if self.id and self.id != element.get("id"):
            return False
        if self.classes and not self.classes <= set((element.get("class") or "").split()):
            return False
        return all(
            element.get(name) is not None if value is None else element.get(name) == value
            for name, value in self.attributes
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: tuple[_Compound, ...]
    rank: tuple[tuple[int, ...], int]
    declared: Declarations


class StyleSheet:
    """The rules of all `<style>` elements of a page.

    Args:
        texts: Their contents, in order.

    Attributes:
        not_understood: Selectors left out that would hide a part of a table, or add digits to it.
    """

    def __init__(self, texts: list[str]) -> None:
        self.not_understood: list[str] = []
        self._rules: dict[str, list[_Rule]] = defaultdict(list)
        self._count = 0
        self._steps = MAX_SELECTOR_STEPS
        self._read(_COMMENT.sub(" ", "\n".join(texts)[:MAX_STYLE_CHARACTERS]))

    def __bool__(self) -> bool:
        return bool(self._rules)

    def declared(self, element: etree._Element) -> Declarations:
        """What the rules declare for an element, the weightiest last."""
        if self._steps <= 0:
            return {}
        rules = self._rules
        keys = ["", local_name(element), *(f".{name}" for name in (element.get("class") or "").split())]
        if element.get("id"):
            keys.append(f"#{element.get('id')}")
        candidates = [rule for key in dict.fromkeys(keys) if key in rules for rule in rules[key]]
        chosen = [rule for rule in candidates if self._chooses(rule.selector, element)]
        found: Declarations = {}
        for rule in sorted(chosen, key=lambda rule: rule.rank):
            found |= rule.declared
        if self._steps <= 0:
            self.not_understood.append("those for the end of a page with too many rules and elements")
        return found

    def _read(self, text: str) -> None:
        """Take in the rules; blocks of `@media` for the screen are read as if they stood outside."""
        place = 0
        while self._count < MAX_STYLE_RULES and (brace := text.find("{", place)) >= 0:
            prelude = _STOP.split(text[place:brace])[-1].strip()
            if not prelude.startswith("@"):
                block, _, _ = text[brace + 1 : brace + _LONGEST_BLOCK].partition("}")
                self._add(prelude, block)
                place = brace + 1 + len(block)
            elif _SCREEN.match(prelude.lower()):
                place = brace + 1
            else:
                place = _end_of_block(text, brace)
        if self._count >= MAX_STYLE_RULES:
            self.not_understood.append(f"those behind the first {MAX_STYLE_RULES:,}")

    def _add(self, prelude: str, block: str) -> None:
        if not _MATTERS.search(block.lower()):
            return
        for written in prelude.split(","):
            if self._count >= MAX_STYLE_RULES:
                return
            self._count += 1
            selector = _selector(written.strip())
            if selector is None:
                self._doubt(written.strip(), block, written.strip())
                continue
            weights = [compound.weight for compound in selector]
            rank = tuple(map(sum, zip(*weights, strict=True)))
            last = selector[-1]
            key = f"#{last.id}" if last.id else f".{min(last.classes)}" if last.classes else last.tag
            self._rules[key].append(_Rule(selector, (rank, self._count), declarations(block)))

    def _doubt(self, name: str, block: str, selector: str) -> None:
        if _HIDES.search(block.lower()) and _TABLE_PART.search(selector.lower()):
            self.not_understood.append(name)

    def _chooses(self, selector: tuple[_Compound, ...], element: etree._Element) -> bool:
        """True if the selector fits; greedy from the right, as descendants may be any ancestor."""
        *before, last = selector
        self._steps -= 1
        if not last.fits(element):
            return False
        child, node = last.child, element.getparent()
        while before and node is not None:
            self._steps -= 1
            if before[-1].fits(node):
                child = before.pop().child
            elif child:
                return False
            node = node.getparent()
        return not before


def local_name(element: etree._Element) -> str:
    """The name of an element in lower case, `ix:` before those of inline XBRL; empty for comments."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


_UNSHOWN = frozenset({"header", "hidden"})
"""Parts of inline XBRL that nobody sees."""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    if "inlineXBRL" in space:
        return f"ix:{name}"
    inner = name.lower().rpartition(":")  # a page read as HTML has no name spaces, and any prefix
    return f"ix:{inner[2]}" if inner[1] and inner[2] in _UNSHOWN else name.lower()


def _end_of_block(text: str, brace: int) -> int:
    """The place behind the block that begins at a brace."""
    depth = 0
    for found in _BRACE.finditer(text, brace):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.end()
    return len(text)


def _selector(text: str) -> tuple[_Compound, ...] | None:
    """The compounds of a selector, from the outermost; None if it is not understood."""
    found: list[_Compound] = []
    for word, child in _words(text):
        match = _COMPOUND.fullmatch(word)
        if match is None or not word:
            return None
        parts = _PART.findall(match["rest"])
        found.append(
            _Compound(
                tag=(match["tag"] or "").lower().replace("*", ""),
                id=next((name for mark, name, _, _ in parts if mark == "#"), ""),
                classes=frozenset(name for mark, name, _, _ in parts if mark == "."),
                attributes=tuple((name.lower(), value or None) for _, _, name, value in parts if name),
                child=child,
            )
        )
    return tuple(found) or None


def _words(text: str) -> Iterator[tuple[str, bool]]:
    child = False
    for word in text.replace(">", " > ").split():
        if word == ">":
            child = True
        else:
            yield word, child
            child = False
