"""Where the user's own data stand: the home folder and the ledger."""

from __future__ import annotations

import os
from pathlib import Path

from ._errors import InvalidInput

_LEDGER = "ledger.sqlite3"


def home() -> Path:
    """Return the folder of the user's ledger, downloads and settings; it need not exist.

    `HASHPIVOT_HOME` names it; else it is the platform's data folder.

    Raises:
        InvalidInput: If it begins with `~` and the name of no user.
    """
    named = os.environ.get("HASHPIVOT_HOME")
    if named:
        return _expanded(named, "HASHPIVOT_HOME")
    from platformdirs import user_data_path

    return user_data_path("hashpivot", appauthor=False)


def ledger_path(named: str | Path | None = None) -> Path:
    """Return the path of the user's ledger; it need not exist.

    Args:
        named: As the caller named it. If not given, `HASHPIVOT_LEDGER` names it; else it is
            `ledger.sqlite3` in `home()`.

    Raises:
        InvalidInput: If it is a URL, such as `postgresql://...`: a ledger is a file so far; if it begins with
            `~` and the name of no user.
    """
    text = str(named or os.environ.get("HASHPIVOT_LEDGER", ""))
    if not text:
        return home() / _LEDGER
    if "://" in text:
        raise InvalidInput(
            f"a ledger at {text.partition('://')[0]}:// cannot be opened yet; it is a file so far",
            where="HASHPIVOT_LEDGER" if named is None else "",
            hint="name the path of a SQLite file; PostgreSQL comes in a later version",
        )
    return _expanded(text, "HASHPIVOT_LEDGER" if named is None else "")


def _expanded(text: str, where: str) -> Path:
    """Return a path whose leading `~` or `~user` is written out."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        user = text.partition("/")[0]
        raise InvalidInput(
            f"{user} is the home folder of no user here", where=where, hint="write the whole path"
        ) from None
