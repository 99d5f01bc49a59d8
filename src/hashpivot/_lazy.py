"""Public names of a package that are imported when they are first asked for, and old names that moved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

_NOTHING: Mapping[str, Sequence[str]] = {}


def lazy_names(
    package: str, homes: Mapping[str, Sequence[str]] = _NOTHING
) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return a package's module-level `__getattr__` and `__dir__` (PEP 562).

    A name that `hashpivot._renamed` lists as moved resolves to where it stands now, with a
    `DeprecationWarning`.

    Args:
        package: The package's `__name__`.
        homes: Relative module (such as `.charts`) to the names it holds. A further name of `__all__` that
            the package has not set is a submodule.

    Returns:
        `__getattr__`, which imports a name from its home and keeps it, and `__dir__`, which lists what the
        package's `__all__` lists.
    """
    home_of = {name: module for module, names in homes.items() for name in names}

    def getattr_(name: str) -> Any:
        if name in home_of:
            value = getattr(import_module(home_of[name], package), name)
        elif name in sys.modules[package].__all__:
            value = import_module(f".{name}", package)
        else:
            return _moved(package, name)
        setattr(sys.modules[package], name, value)
        return value

    def dir_() -> list[str]:
        return sorted(sys.modules[package].__all__)

    return getattr_, dir_


def _moved(package: str, name: str) -> Any:
    from hashpivot._renamed import PUBLIC, REPLACED, warn_of_name

    old = f"{package}.{name}"
    if old in REPLACED:  # an AttributeError's words would not be shown by `from package import name`
        raise ImportError(f"{old} is gone; use {REPLACED[old]}")
    if old not in PUBLIC:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    home, _, new = PUBLIC[old].rpartition(".")
    warn_of_name(old, PUBLIC[old])
    return getattr(import_module(home), new)
