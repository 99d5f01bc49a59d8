"""What a PostgreSQL server and its client library say, as errors that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hashpivot.core import LedgerError

from ._damage import DamagedRow, damaged

if TYPE_CHECKING:
    import psycopg

_LOST = (
    "the connection to the database server was lost",
    "wait until it is back, then try again: what was not written whole is not there",
)
_BY_STATE = {
    "55P03": ("another process is writing to the ledger", "wait for it to finish, then try again"),
    "57014": ("the database server took too long", "try again when it is less busy"),
    "42501": ("this user may not do that with the ledger", "let the ledger's owner grant it"),
    "25006": (
        "the ledger cannot be written",
        "name the primary server; a standby and some users only read",
    ),
    "53100": ("the disk of the database server is full", "free some space, then add the filing again"),
    "53200": ("the database server is out of memory", "try again when it is less busy"),
    "53300": ("the database server has no free connection", "try again later, or raise max_connections"),
}
_TAKEN = (
    "the schema holds other things of the names of the ledger's tables",
    "name another database, or an empty schema with ?schema=NAME",
)
_BY_STATE |= dict.fromkeys(("42P07", "42710", "42723"), _TAKEN)
_BY_CLASS = {"08": _LOST, "57": _LOST}
_REFUSALS = (
    (("database", "does not exist"), ("the server has no such database", "create it, or correct the URL")),
    (("role", "does not exist"), ("the database server has no such user", "correct the URL")),
    (
        ("password",),
        (
            "the database server refuses this user or password",
            "give the password in ~/.pgpass, PGPASSWORD or the URL (with @ : / ? # as %40 %3A %2F %3F %23)",
        ),
    ),
    (
        ("pg_hba.conf",),
        (
            "the database server lets this user in otherwise or not at all",
            "if it asks for TLS, put ?sslmode=require behind the URL, else ask its owner (pg_hba.conf)",
        ),
    ),
    (
        ("invalid response",),
        ("what answers there is no PostgreSQL server", "correct host and port in the URL"),
    ),
    (("ssl",), ("there is no TLS connection to the database server", "correct sslmode and certificates")),
    (("certificate",), ("there is no TLS connection to the database server", "correct the certificates")),
    (("too many",), _BY_STATE["53300"]),
    (("remaining connection slots",), _BY_STATE["53300"]),
    (("shutting down",), _LOST),
    (("starting up",), _LOST),
)
_FATAL = "fatal: "
_NO_ANSWER = ("the database server does not answer", "start it, or correct host and port in the URL")


def refused(error: psycopg.Error, where: str) -> LedgerError:
    """Return why a server could not be connected to. What the library says may be in any language."""
    said = str(error).lower()
    told = next((told for words, told in _REFUSALS if all(word in said for word in words)), _NO_ANSWER)
    if told is _NO_ANSWER and _FATAL in said:  # it does answer
        reason = str(error)[said.index(_FATAL) + len(_FATAL) :].strip().partition("\n")[0]
        told = (f"the database server refuses: {reason}", "correct the URL, or ask the server's owner")
    return LedgerError(told[0], where=where, hint=told[1])


def is_damage(error: psycopg.Error) -> bool:
    """True if rows cannot be read because of what the server's files hold."""
    return (error.sqlstate or "")[:2] in ("22", "58", "XX")


def failed(error: psycopg.Error, where: str, *, lost: bool) -> LedgerError:
    """Return why a statement failed.

    Args:
        error: As it was raised.
        where: The database.
        lost: True if the connection is gone.
    """
    state = error.sqlstate or ""
    if state.startswith("XX") and state != "XX000":
        return damaged(where, DamagedRow(error.diag.message_primary or "a page is damaged"))
    if state == "23505":
        return damaged(
            where, DamagedRow(f"rows of its table {error.diag.table_name} stand where nothing was written")
        )
    told = _LOST if lost else _BY_STATE.get(state) or _BY_CLASS.get(state[:2])
    if told is None:
        primary = error.diag.message_primary or str(error).partition("\n")[0]
        told = (f"the ledger failed: {primary}", "")
    return LedgerError(told[0], where=where, hint=told[1])
