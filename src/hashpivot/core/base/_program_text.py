"""Text for programs, such as JSON and CSV: whole, whatever the code page of a pipe or a file."""

from __future__ import annotations

import codecs
from typing import IO, Any

from ._json_text import json_text
from ._terminal_text import terminal_text


def write_data(stream: IO[str], text: str) -> None:
    """Write a table for programs: into a pipe or a file as it is, in UTF-8; made safe on a terminal.

    A code page would lose letters or stop in the middle of a table, so it counts for people's text alone.

    Args:
        stream: Standard output, or what takes its place.
        text: The table.

    Raises:
        UnwritableFile: If the stream cannot be written.
    """
    below = getattr(stream, "buffer", None)
    if below is None or stream.isatty():
        stream.write(terminal_text(text) if stream.isatty() else text)
    else:
        stream.flush()
        below.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()


def json_for(stream: IO[str], answer: Any, *, indent: int | None = 2) -> str:
    r"""Return an answer as `json_text`; in ASCII, with `\uNNNN`, where the stream's code page lacks letters.

    Args:
        stream: Standard output, or what takes its place.
        answer: Dictionaries, lists, texts, numbers.
        indent: Blanks a level; None for one line.

    Raises:
        ValueError: If a number is not finite.
    """
    return json_text(answer, indent=indent, ascii_only=not _holds_all(stream))


def _holds_all(stream: IO[str]) -> bool:
    """Tell whether a stream's encoding has every character."""
    try:
        return codecs.lookup(getattr(stream, "encoding", None) or "utf-8").name.startswith("utf")
    except LookupError:
        return True
