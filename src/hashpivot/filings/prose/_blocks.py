"""Blocks of text: page furniture taken out, paragraphs broken by a page joined, sections named."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from hashpivot.core import UnreadableFiling

from ..source import MAX_PROSE_CHARACTERS

_FURNITURE = re.compile(
    r"[\s\-–—_•●▪◦·.|*#]*|(?:page\s*)?[\-–—]?\s*(?:[A-Z]{1,2}-)?\d{1,4}\s*[\-–—]?|table of contents|"
    r"back to (?:top|contents)|\(?continued\)?|[ivxlc]{1,6}|[\W_]*more[\W_]*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^(?:[●•▪■◦○·✓➢§]\s*|[–—*]\s+)+")
_PART = re.compile(r"part\s+[iv]+\b", re.IGNORECASE)
_ITEM = re.compile(r"item\s+\d{1,2}[A-C]?(?:\.\d{2})?\s*[.:\-–—]?\s", re.IGNORECASE)
_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_LONGEST_HEADING = 250
_LONGEST_PAGE_HEAD = 120
_PAGE_HEADS = 3


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One block of text.

    Args:
        text: White space folded.
        heading: True if it looks like a heading.
        section: Headings above it, outer first.
        speaker: Who says it, empty if the text does not tell.
    """

    text: str
    heading: bool = False
    section: str = ""
    speaker: str = ""


def check_length(characters: int, where: str) -> None:
    """Refuse more text than any filing has.

    Raises:
        UnreadableFiling: If it has more than `MAX_PROSE_CHARACTERS`.
    """
    if characters > MAX_PROSE_CHARACTERS:
        raise UnreadableFiling(
            f"it has more than {MAX_PROSE_CHARACTERS:,} characters of text",
            where=where,
            hint="no filing has as many; use the file as EDGAR serves it",
        )


def tidy(blocks: list[TextBlock], document: str = "") -> list[TextBlock]:
    """The blocks that are prose, in order, with their sections; `document` is the outermost one."""
    return _sectioned(_joined(blocks), document)


def _joined(blocks: list[TextBlock]) -> list[TextBlock]:
    """Without page numbers and heads; a sentence they cut in two is whole again."""
    kept: list[TextBlock] = []
    cut = False
    for block, idle in zip(blocks, _furniture(blocks), strict=True):
        if idle:
            cut = True
            continue
        block = replace(block, text=_BULLET.sub("", block.text))
        if cut and kept and _continues(kept[-1], block):
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text} {block.text}")
        elif block.text:
            kept.append(block)
        cut = False
    return kept


def _furniture(blocks: list[TextBlock]) -> list[bool]:
    """Whether each block is a page number, or a line that again and again stands beside one."""
    shapes = [re.sub(r"\d+", "#", block.text.lower()) for block in blocks]
    idle = [_FURNITURE.fullmatch(block.text) is not None for block in blocks]
    may_head = [len(block.text) < _LONGEST_PAGE_HEAD and not block.text[:1].islower() for block in blocks]
    for _ in range(_PAGE_HEADS):
        edges = {j for i, is_idle in enumerate(idle) if is_idle for j in (i - 1, i + 1) if 0 <= j < len(idle)}
        beside = Counter(shapes[j] for j in edges if may_head[j] and not idle[j])
        heads = {shape for shape, times in beside.items() if times >= _PAGE_HEADS}
        idle = [
            is_idle or (j in edges and may_head[j] and shapes[j] in heads) for j, is_idle in enumerate(idle)
        ]
    return idle


def _continues(before: TextBlock, after: TextBlock) -> bool:
    return not (before.heading or after.heading or _END.search(before.text)) and after.text[:1].islower()


def _sectioned(blocks: list[TextBlock], document: str) -> list[TextBlock]:
    item = heading = ""
    named: list[TextBlock] = []
    for block in blocks:
        short = len(block.text) < _LONGEST_HEADING
        outer = " / ".join(part for part in (document, item) if part)
        if short and (_ITEM.match(block.text) or _PART.fullmatch(block.text)):
            item, heading = block.text.rstrip(".:"), ""
            named.append(replace(block, heading=True, section=document))
        elif short and block.heading:
            heading = block.text.rstrip(".:")
            named.append(replace(block, section=outer))
        else:
            inner = " / ".join(part for part in (outer, block.section or heading) if part)
            named.append(replace(block, heading=False, section=inner))
    return named
