"""Text from outside made safe for people's terminals: what would act instead of being shown is spelt out.

A terminal obeys escapes and controls, a direction override reorders what stands beside it, and a zero-width
character makes two names look alike. All of these are written as Python writes them: `\\x1b`, `\\u202e`.
"""

from __future__ import annotations

import codecs
import re

CODE_PAGE = "hashpivot.code_page"
"""How a stream treats what its code page lacks: its `errors`, as Python has `strict` and `replace`."""
_SIGNS = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "─": "-", "…": "...", "·": "-", "•": "*", "×": "x", "½": "1/2",
    "≈": "~", "≤": "<=", "≥": ">=", "→": "->", "←": "<-", "▲": "^", "▼": "v", "±": "+/-", "§": "section ",
    "‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2009": " ", "\u202f": " ",
}  # fmt: skip
"""Signs of this package's own tables and sentences, as ASCII; any other character is spelt out: `\\u0141`."""
_ACTING = (
    "\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f"  # C0, DEL and C1 but tab, line feed and carriage return
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # format characters, line and paragraph separators
    "\u034f\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u3164\uffa0"  # letters without a glyph
    "\ud800-\udfff"  # surrogates: bytes of file names that are no text, which no stream can encode
)
ACTING = re.compile(f"[{_ACTING}]|\r(?!\n)")
"""One character that is not shown as itself; a carriage return is, before a line feed."""
_BREAKING = re.compile(f"[{_ACTING}\t\r\n]")


def terminal_text(text: str) -> str:
    """Text of one or more lines without a character that a terminal would obey or hide.

    Tabs and line breaks stay; everything else that has no glyph of its own is written `\\xNN` or `\\uNNNN`.
    """
    if text.isascii() and text.isprintable():
        return text
    return ACTING.sub(_spelt_out, text)


def terminal_line(text: str) -> str:
    """As `terminal_text` on one line: tabs and line breaks are spelt out too, so none can be forged."""
    if text.isascii() and text.isprintable():
        return text
    return _BREAKING.sub(_spelt_out, text)


def _spelt_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """What stands in the place of characters that a code page lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    spelt = (_SIGNS.get(each) or each.encode("ascii", "backslashreplace").decode() for each in lacking)
    return "".join(spelt), error.end


codecs.register_error(CODE_PAGE, _replaced)
