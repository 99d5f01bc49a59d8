"""Where the user's own data stand: the home folder and the ledger."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from ._errors import InvalidInput
from ._ledger_url import LedgerUrl
from ._named_path import named_path

_LEDGER = "ledger.sqlite3"


def home() -> Path:
    """Return the folder of the user's ledger, downloads and settings; it need not exist.

    `HASHPIVOT_HOME` names it; else it is the platform's data folder.

    Raises:
        InvalidInput: If it begins with `~` and the name of no user, or is a file.
    """
    named = os.environ.get("HASHPIVOT_HOME")
    if named:
        folder = _expanded(named, "HASHPIVOT_HOME")
        if os.path.isfile(folder):  # noqa: PTH113 (Path raises where a folder may not be read)
            raise InvalidInput(f"{folder} is a file", where="HASHPIVOT_HOME", hint="name a folder")
        return folder
    from platformdirs import user_data_path

    return user_data_path("hashpivot", appauthor=False)


LedgerPlace: TypeAlias = Path | LedgerUrl
"""Where a ledger is kept: a file, or a database server. Its text may be shown."""


def default_ledger() -> Path:
    """Return where the user's ledger is kept if nothing names it; it need not exist.

    Raises:
        InvalidInput: As `home`.
    """
    return home() / _LEDGER


def ledger_place(named: str | LedgerPlace | None = None) -> LedgerPlace:
    """Return where the user's ledger is kept; it need not exist.

    Args:
        named: As the caller named it. If not given, `HASHPIVOT_LEDGER` names it; else it is
            `ledger.sqlite3` in `home()`.

    Raises:
        InvalidInput: If it is a URL, but of no PostgreSQL server; if it begins with `~` and the name of no
            user; if no file can have such a name.
    """
    if isinstance(named, LedgerUrl):
        return named
    where = "HASHPIVOT_LEDGER" if named is None else ""
    text = str(named or os.environ.get("HASHPIVOT_LEDGER", ""))
    if not text:
        return default_ledger()
    if _is_url(text):
        return _url(text, where)
    return _expanded(text, where)


def _is_url(text: str) -> bool:
    return "://" in text or text.startswith(("postgresql:/", "postgres:/"))


def _url(text: str, where: str) -> LedgerUrl:
    """The URL, unless it is of another kind of database; no message quotes it."""
    scheme = text.partition(":")[0]
    if scheme not in ("postgresql", "postgres"):
        raise InvalidInput(
            f"a ledger at {scheme}:// cannot be opened",
            where=where,
            hint="name a SQLite file by its path, or a server as postgresql://USER@HOST/DATABASE",
        )
    try:
        return LedgerUrl(text)
    except InvalidInput as error:
        raise InvalidInput(error.message, where=error.where or where, hint=error.hint) from None


def _expanded(text: str, where: str) -> Path:
    """Return a path whose leading `~` or `~user` is written out."""
    try:
        return named_path(Path(text).expanduser())
    except RuntimeError:
        user = text.partition("/")[0]
        raise InvalidInput(
            f"{user} is the home folder of no user here", where=where, hint="write the whole path"
        ) from None
