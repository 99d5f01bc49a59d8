"""Public names that are imported when they are first asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def lazy_names(
    package: str, homes: Mapping[str, Sequence[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return a package's module-level `__getattr__` and `__dir__` (PEP 562) for names that load late.

    Args:
        package: The package's `__name__`.
        homes: Relative module (such as `.charts`) to the names it holds; `.charts` with no names is a
            submodule that loads late itself.

    Returns:
        `__getattr__`, which imports a name from its home and keeps it, and `__dir__`, which lists the
        package's public names.
    """
    home_of = {name: module for module, names in homes.items() for name in names}
    submodules = {module[1:] for module, names in homes.items() if not names}

    def getattr_(name: str) -> Any:
        if name in home_of:
            value = getattr(import_module(home_of[name], package), name)
        elif name in submodules:
            value = import_module(f".{name}", package)
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        setattr(sys.modules[package], name, value)
        return value

    def dir_() -> list[str]:
        return sorted(sys.modules[package].__all__)

    return getattr_, dir_
