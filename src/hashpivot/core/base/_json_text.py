"""Answers as JSON text."""

from __future__ import annotations

import json
import re
from typing import Any

from ._terminal_text import ACTING


def json_text(answer: Any, *, indent: int | None = 2, ascii_only: bool = False) -> str:
    r"""Return an answer as JSON that is readable and safe to print.

    Other alphabets stay readable; controls, direction marks and characters without a glyph are escaped as
    `\uNNNN`, which every JSON reader undoes.

    Args:
        answer: Dictionaries, lists, texts, numbers.
        indent: Blanks a level; None for one line.
        ascii_only: Escape other alphabets too.

    Raises:
        ValueError: If a number is not finite.
    """
    text = json.dumps(answer, indent=indent, ensure_ascii=ascii_only, allow_nan=False)
    return text if text.isascii() and "\x7f" not in text else ACTING.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
