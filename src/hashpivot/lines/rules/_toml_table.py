"""Reading a TOML table shipped with the room."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from typing import Any, TypeVar

from hashpivot.core import BundleError

T = TypeVar("T")


def read_toml_table(name: str, what: str, parse: Callable[[dict[str, Any]], T]) -> T:
    """Return what `parse` makes of a table in the room's `data` folder.

    Args:
        name: The file, such as `rules.toml`.
        what: What it holds, for the error.
        parse: From the parsed TOML to rules.

    Raises:
        BundleError: If the file is not what `parse` expects.
    """
    text = (files("hashpivot.lines") / "data" / name).read_text(encoding="utf-8")
    try:
        return parse(tomllib.loads(text))
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise BundleError(f"the {what} cannot be read: {error}", where=name) from error
