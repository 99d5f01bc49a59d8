"""The user's settings: who they are to the services, addresses and keys."""

from __future__ import annotations

import math
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hashpivot.core import InvalidInput, home, parse_toml, read_text

FILE = "settings.toml"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Settings:
    """Values of `settings.toml` in the user's home folder, and of the environment, which comes first.

    `value("ercot", "password")` is `HASHPIVOT_ERCOT_PASSWORD` of the environment, else `password` in the
    section `[ercot]` of the file.

    Args:
        sections: The file's sections.
        path: Where they were read, for messages.
    """

    def __init__(self, sections: Mapping[str, Mapping[str, Any]], path: Path) -> None:
        self._sections = sections
        self.path = path

    def __repr__(self) -> str:
        return f"Settings({self.path}: {', '.join(sorted(self._sections)) or 'empty'})"  # never a value

    @classmethod
    def load(cls, path: Path | None = None) -> Settings:
        """Read the file; a missing one is an empty one.

        Raises:
            InvalidInput: If others than its owner may read or write it, or it is not TOML with sections.
        """
        path = path or home() / FILE
        try:
            mode = path.stat().st_mode
            text = read_text(path)
        except FileNotFoundError:
            return cls({}, path)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not UTF-8"
            raise InvalidInput(f"cannot be read: {reason}", where=str(path), hint="check the file") from None
        if os.name == "posix" and mode & _OTHERS:
            raise InvalidInput(
                f"others may read or write it (mode {stat.S_IMODE(mode):04o}), and it can hold keys",
                where=str(path),
                hint=f"run chmod 600 {path}",
            )
        return cls(_sections(text, path), path)

    def value(self, section: str, key: str, default: str = "") -> str:
        """A value as text; `default` if neither environment nor file gives one.

        Raises:
            InvalidInput: If the file gives something else than a text or a number.
        """
        held = self._held(section, key)
        if held is None:
            return default
        if not isinstance(held, (str, int, float)):
            raise InvalidInput(
                f"[{section}] {key} is no text", where=str(self.path), hint=f'write it as {key} = "value"'
            )
        return str(held)

    def number(self, section: str, key: str, default: float) -> float:
        """A number above 0; `default` if neither environment nor file gives one.

        Raises:
            InvalidInput: If it is none.
        """
        text = self.value(section, key)
        try:
            number = float(text) if text else default
        except ValueError:
            number = 0.0
        if not 0 < number < math.inf:
            raise InvalidInput(
                f"[{section}] {key} is no number above 0", where=str(self.path), hint=f"such as {default:g}"
            )
        return number

    def values(self, section: str, key: str) -> tuple[str, ...]:
        """Texts of a list, or of one text with commas; empty if there is none."""
        held = self._held(section, key)
        parts = held if isinstance(held, list) else str(held or "").split(",")
        return tuple(text for part in parts if (text := str(part).strip()))

    def _held(self, section: str, key: str) -> Any:
        return os.environ.get(f"HASHPIVOT_{section}_{key}".upper()) or self._sections.get(section, {}).get(
            key
        )


def _sections(text: str, path: Path) -> dict[str, dict[str, Any]]:
    try:
        read = parse_toml(text)
    except ValueError as error:
        raise InvalidInput(f"this is not TOML: {error}", where=str(path), hint="mend that line") from None
    loose = [key for key, value in read.items() if not isinstance(value, dict)]
    if loose:
        raise InvalidInput(
            f"{loose[0]} stands in no section", where=str(path), hint="begin a section, such as [identity]"
        )
    return read
