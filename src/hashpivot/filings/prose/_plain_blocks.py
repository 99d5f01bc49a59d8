"""Blocks of plain text: paragraphs of a transcript, and who speaks them."""

from __future__ import annotations

import re

from ..page import folded
from ._blocks import TextBlock

_WORD = r"[A-Z][\w.'’\-]*"
_NAME = rf"{_WORD}(?: {_WORD}){{1,3}}"
_INTRODUCED = re.compile(rf"({_NAME}|Operator)(?: ?(?:--|—|–)| -) (.{{2,120}})")
_CALLED = re.compile(rf"({_NAME}|Operator|Unidentified \w+)(?: \([^)]{{2,80}}\))?: ?(.*)", re.DOTALL)
_SECTION = re.compile(
    r"(prepared remarks|presentation|questions?(?: and |-and-| & )answers?(?: session)?|q ?& ?a|"
    r"call participants|opening remarks|closing remarks):?",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"statements?|contacts?|relations|highlights|results|update|measures|conference|note"
)


def plain_blocks(text: str) -> list[TextBlock]:
    """Paragraphs, apart by blank lines (or by lines if there are none), with the speaker of each."""
    parts = re.split(r"\n[ \t]*\n", text) if re.search(r"\n[ \t]*\n", text) else text.split("\n")
    blocks: list[TextBlock] = []
    section = speaker = ""
    for part in parts:
        first, _, rest = part.strip("\n").partition("\n")
        line = folded(first)
        if _SECTION.fullmatch(line):
            section, speaker = line.rstrip(":"), ""
            blocks.append(TextBlock(line, heading=True))
            body = folded(rest)
        else:
            speaker, body = _spoken(line, part, speaker)
        if body:
            blocks.append(TextBlock(body, section=section, speaker=speaker))
    return blocks


def _spoken(line: str, part: str, speaker: str) -> tuple[str, str]:
    """Who speaks from here on, and what of the paragraph is speech."""
    introduced = _INTRODUCED.fullmatch(line)
    if introduced and not line.endswith((".", "?", "!")):
        return introduced.group(1), folded(part.strip().partition("\n")[2])
    if line == "Operator":
        return line, folded(part.strip().partition("\n")[2])
    called = _CALLED.match(folded(part))
    if called and not _NOT_A_NAME.search(called.group(1).lower()):
        return called.group(1), called.group(2)
    return speaker, folded(part)
