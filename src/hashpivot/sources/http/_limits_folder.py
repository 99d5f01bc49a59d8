"""Where all processes of a user agree on who may send, whatever their HASHPIVOT_HOME."""

from __future__ import annotations

import time
from pathlib import Path

from hashpivot.core import home

_OLD = 24 * 3600  # seconds; no block lasts as long, and stand-ins leave files behind, one for each address


def limits_folder() -> Path:
    """The folder of limiters: a service counts the requests of an address, not those of a home folder.

    It stands in the platform's cache folder; in the user's home folder if that cannot be written.
    """
    from platformdirs import user_cache_path

    shared = user_cache_path("hashpivot", appauthor=False) / "limits"
    try:
        shared.mkdir(parents=True, exist_ok=True)
        probe = shared / ".probe"
        probe.touch()
        _forget_old(shared)
    except OSError:
        return home() / "limits"
    return shared


def _forget_old(folder: Path) -> None:
    """Remove what no process has written for a day."""
    last = time.time() - _OLD
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < last:
                path.unlink()
        except FileNotFoundError:
            pass  # another process removed it
