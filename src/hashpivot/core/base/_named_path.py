"""A path that somebody named, of a file that may exist or be made."""

from __future__ import annotations

import os
from errno import ENAMETOOLONG
from pathlib import Path

from ._errors import InvalidInput


def named_path(named: str | Path) -> Path:
    """Return a path, unless no file can have such a name; there need not be a file.

    Raises:
        InvalidInput: If the name is too long, or has a NUL in it.
    """
    path = Path(named)
    try:
        os.lstat(path)
    except ValueError as error:
        raise InvalidInput(f"no file can have this name: {error}", where=str(path)) from None
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            raise InvalidInput("no file can have a name this long", where=f"{str(path)[:60]}...") from None
    return path
