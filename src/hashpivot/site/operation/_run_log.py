"""The log of a run: one JSON object a line, each whole or not there; enough to decide everything again.

It begins anew each day, with a line `start` and all inputs: the next line needs nothing older.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hashpivot.core import HashpivotError, json_text, named_path, open_file, parse_json

_BLOCK = 1 << 20  # bytes read at once, backwards
_HINT = "move the file away: the next line begins a new log with all inputs"


class RunLogError(HashpivotError):
    """The log of a site's run cannot be read or written, or holds something else."""


class RunLog:
    """The log's file.

    Args:
        path: The file; made by the first line.

    Raises:
        InvalidInput: If no file can have such a name.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = named_path(path)

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yield the lines, oldest first; none if there is no file.

        A last line that was cut off by a crash is left out: its interval is decided again.

        Raises:
            RunLogError: If it cannot be read, or a line before the last is no object.
        """
        try:
            with open_file(self.path) as file:
                for number, line in enumerate(file, 1):
                    if line.endswith(b"\n"):
                        yield self._line(line, f" line {number}")
        except FileNotFoundError:
            return
        except OSError as error:
            raise RunLogError(f"it cannot be read: {error.strerror}", where=str(self.path)) from None

    def newest_part(self) -> list[dict[str, Any]]:
        """Return the lines from the last `start` on that an interval follows, oldest first.

        They say all that the next line is added to; what is older is not read.

        Raises:
            RunLogError: As `lines`.
        """
        part: list[dict[str, Any]] = []
        has_interval = False
        try:
            for line in self._backwards():
                part.append(self._line(line))
                has_interval |= part[-1]["kind"] == "interval"
                if has_interval and part[-1]["kind"] == "start":
                    break
        except FileNotFoundError:
            return []
        except OSError as error:
            raise RunLogError(f"it cannot be read: {error.strerror}", where=str(self.path)) from None
        return part[::-1]

    def _backwards(self) -> Iterator[bytes]:
        """Yield whole lines, the last first."""
        with open_file(self.path) as file:
            end = _whole_end(self.path, file.seek(0, os.SEEK_END))
            rest = b""
            while end:
                begin = max(0, end - _BLOCK)
                file.seek(begin)
                rest, *lines = (file.read(end - begin) + rest).split(b"\n")
                yield from filter(None, reversed(lines))
                end = begin
            if rest:
                yield rest

    def append(self, line: dict[str, Any]) -> None:
        """Add a line, on disk before this returns.

        Raises:
            RunLogError: If it cannot be written; it then ends as it did.
        """
        content = (json_text(line, indent=None) + "\n").encode()
        try:
            with self.path.open("ab") as file:
                end = _whole_end(self.path, file.tell())
                file.truncate(end)
                file.seek(end)
                try:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    file.truncate(end)
                    raise
        except OSError as error:
            raise RunLogError(
                f"it cannot be written: {error.strerror}",
                where=str(self.path),
                hint="check space and permissions",
            ) from None

    def _line(self, line: bytes, number: str = "") -> dict[str, Any]:
        try:
            answer = parse_json(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or "kind" not in answer:
            raise RunLogError("is no line of a run's log", where=f"{self.path}{number}", hint=_HINT)
        return answer


def _whole_end(path: Path, size: int) -> int:
    """Return where the last whole line ends: a crash may have cut off what follows."""
    if not size:
        return 0
    with open_file(path) as file:
        end = size
        while end:
            begin = max(0, end - 65_536)
            file.seek(begin)
            found = file.read(end - begin).rfind(b"\n")
            if found >= 0:
                return begin + found + 1
            end = begin
    return 0
