"""The text of inline elements: exclusions left out, blocks kept apart, continuations followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

TextReader = Callable[[etree._Element], str]

_XML_SPACES = re.compile(r"[ \t\n\r]+")

_BLOCKS = frozenset({"br", "div", "h1", "h2", "h3", "h4", "li", "ol", "p", "table", "td", "th", "tr", "ul"})
_EXCLUDED = frozenset({"exclude"})


def folded(text: str) -> str:
    """White space, no-break and zero-width spaces included, folded to single blanks and stripped."""
    return " ".join(text.replace("\u200b", " ").replace("\ufeff", " ").split())


def collapsed(text: str) -> str:
    """White space as XML Schema collapses it: a no-break space stays."""
    if text.isascii():  # faster; XML has no other white space in ASCII
        return " ".join(text.split())
    return _XML_SPACES.sub(" ", text).strip(" ")


def raw_text(element: etree._Element) -> str:
    """Text inside an element without what is excluded, as written: what a format is applied to."""
    if len(element) == 0:
        return element.text or ""
    return "".join(_pieces(element, _EXCLUDED, gap=""))


def inner_text(element: etree._Element, *, skip: frozenset[str] = _EXCLUDED) -> str:
    """Text inside an element without that of elements named in `skip`, white space folded."""
    if len(element) == 0:
        return folded(element.text or "")
    return folded("".join(_pieces(element, skip, gap=" ")))


def _pieces(element: etree._Element, skip: frozenset[str], gap: str) -> Iterator[str]:
    """Text pieces in order, blocks kept apart by `gap`; no recursion, as depth is the writer's choice."""
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event in ("comment", "pi"):
            yield node.tail or ""
            continue
        tag = node.tag
        name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
        if event == "start":
            if name in skip and node is not element:
                walk.skip_subtree()
                continue
            if name in _BLOCKS:
                yield gap
            yield node.text or ""
        elif node is not element:
            if name in _BLOCKS:
                yield gap
            yield node.tail or ""


def chain(
    element: etree._Element, continuations: Mapping[str, etree._Element]
) -> tuple[list[etree._Element], bool]:
    """An element and its continuations in order, and whether the chain is broken or runs in a circle."""
    parts = [element]
    seen: set[str] = set()
    follow = element.get("continuedAt")
    while follow:
        following = continuations.get(follow)
        if following is None or follow in seen:
            return parts, True
        seen.add(follow)
        parts.append(following)
        follow = following.get("continuedAt")
    return parts, False


def text_reader(continuations: Mapping[str, etree._Element]) -> TextReader:
    """A function giving the text of an element with all its continuations."""

    def read(element: etree._Element) -> str:
        return folded(" ".join(inner_text(part) for part in chain(element, continuations)[0]))

    return read
