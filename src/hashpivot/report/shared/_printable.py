"""A stream of text that takes what results print, whatever its code page."""

from __future__ import annotations

import io
from typing import IO, Any, cast

from hashpivot.core import CODE_PAGE, UnwritableFile


def printable(stream: IO[str] | None) -> IO[str]:
    """Return a stream that prints into another.

    Characters that its code page lacks are spelt out. Where there is no stream, as in a program without a
    window for text, what is printed is dropped, as `print` does.

    Args:
        stream: Standard output or error.
    """
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper) and stream.errors != CODE_PAGE:
        return cast(IO[str], _AnyText(stream))
    return stream


class _AnyText:
    """A stream over a file of any code page.

    Args:
        stream: Where it goes.
    """

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def isatty(self) -> bool:
        """Tell whether it is a terminal; one that is closed is none."""
        return not self._stream.closed and self._stream.isatty()

    def write(self, text: str) -> int:
        """Write text.

        Raises:
            UnwritableFile: If the stream is closed, or its disk is full.
        """
        encoding = self._stream.encoding
        with _Reported():
            return self._stream.write(text.encode(encoding, CODE_PAGE).decode(encoding))

    def flush(self) -> None:
        """Write out what is held back; errors as `write`."""
        with _Reported():
            self._stream.flush()


class _Reported:
    """Turns errors of a stream into one that says so; a pipe that nobody reads stays `BrokenPipeError`."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        if isinstance(error, BrokenPipeError) or not isinstance(error, (OSError, ValueError)):
            return
        why = f"cannot be written: {error.strerror}" if isinstance(error, OSError) else "is closed"
        hint = "send it to a file with room, or to a program that reads it"
        raise UnwritableFile(why, where="standard output", hint=hint) from None
