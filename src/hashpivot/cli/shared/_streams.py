"""Standard output and error for wherever they lead: code pages, full disks, closed pipes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EBADF, EINVAL, EPIPE
from typing import TextIO

from hashpivot.core import CODE_PAGE, UnwritableFile


@contextmanager
def streams_ready() -> Iterator[None]:
    """Let standard output and error take any text, and be what they were afterwards.

    A character that the code page lacks is replaced. Standard output that is closed or cannot be written
    raises `UnwritableFile`; where nobody reads a pipe any more, the command ends with status 1 and no words.
    What goes to standard error is dropped if that cannot be written.
    """
    before = sys.stdout, sys.stderr
    sys.stderr = _ready(sys.stderr, _DroppingFile)
    sys.stdout = _ready(sys.stdout, _ReportingFile)
    try:
        yield
    finally:
        made = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = before
        for stream, given in zip(made, before, strict=True):
            if given is None:  # else its file is not ours to close
                stream.close()


@contextmanager
def output_finished() -> Iterator[None]:
    """Write out what is still held back of standard output, also behind an error.

    Raises:
        UnwritableFile: If it cannot be written.
    """
    try:
        yield
    finally:
        stream = sys.stdout
        if not stream.closed:
            stream.flush()


class _DroppingFile(io.FileIO):
    """A file that counts as written what it cannot write, once `_failed` has heard of it."""

    lost = False

    def write(self, content: object, /) -> int:
        """Write bytes; all of them are taken after an error."""
        size = memoryview(content).nbytes  # type: ignore[arg-type]
        if self.lost or not size:  # libraries write nothing to see what a stream takes, and ignore its error
            return size
        try:
            return super().write(content)  # type: ignore[arg-type]
        except OSError as error:
            self.lost = True
            self._failed(error)
            return size

    def _failed(self, error: OSError) -> None:
        """Nothing can be said where standard error cannot be written."""


class _ReportingFile(_DroppingFile):
    """A file whose first error ends the command."""

    def _failed(self, error: OSError) -> None:
        if error.errno == EPIPE or (sys.platform == "win32" and error.errno == EINVAL):
            raise SystemExit(1)
        raise UnwritableFile(
            "is closed" if error.errno == EBADF else f"cannot be written: {error.strerror}",
            where="standard output",
            hint="send it to a file with room, or to a program that reads it; what was stored before is kept",
        )


def _ready(stream: TextIO | None, kind: type[_DroppingFile]) -> TextIO:
    """A stream that takes any text: over its file, or over nothing if it was closed before we began."""
    if stream is None:
        nothing = os.open(os.devnull, os.O_RDONLY)  # to write there fails as to a closed file
        return io.TextIOWrapper(io.BufferedWriter(kind(nothing, "w")), "utf-8", CODE_PAGE)
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.flush()
    stream.reconfigure(errors=CODE_PAGE)
    file = _file_of(stream)
    if file is None or stream.isatty():
        return stream
    raw = kind(file, "w", closefd=False)
    return io.TextIOWrapper(
        raw if stream.write_through else io.BufferedWriter(raw),
        stream.encoding,
        CODE_PAGE,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def _file_of(stream: TextIO) -> int | None:
    try:
        return stream.fileno()
    except (OSError, ValueError):
        return None
