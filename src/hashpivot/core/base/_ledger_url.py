"""The address of a ledger in a database server; its password is never shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from ._errors import InvalidInput

_HOST = r"(?:[^/?#@:,\[\]]*|\[[0-9A-Za-z:.%_-]*\])(?::\d*)?"
_FORM = re.compile(
    r"(?:postgres|postgresql)://(?:(?P<user>[^:/?#@]*)(?::[^/?#@]*)?@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)"
    r"(?:/(?P<database>[^/?#@:]*))?(?:\?(?P<query>[^#@]*))?"
)
_SCHEMA = re.compile(r"(?!pg_|information_schema$)[a-z_][a-z0-9_]{0,62}")
_SHOWN = ("service", "user", "host", "port", "dbname", "schema")
_HINT = "postgresql://USER@HOST/DATABASE; in names and passwords @ is %40, : %3A, / %2F, ? %3F, # %23"


@dataclass(frozen=True)
class LedgerUrl:
    """A PostgreSQL database that keeps a ledger.

    Text and `repr` show user, host, database and schema, never a password nor another setting.

    Args:
        text: `postgresql://USER@HOST/DATABASE` or `postgres://...`, with settings of libpq behind a `?`;
            besides, `schema=NAME` names the schema that holds the tables.

    Raises:
        InvalidInput: If it is no such URL. The message does not quote it.
    """

    text: str = field(repr=False)

    def __post_init__(self) -> None:
        form = _FORM.fullmatch(self.text)
        if not form:
            raise InvalidInput("this is no URL of a PostgreSQL ledger", hint=_HINT)
        if self.schema and not _SCHEMA.fullmatch(self.schema):
            raise InvalidInput(
                "this is no name of a schema",
                where="?schema=",
                hint="use small letters, digits and _; names that begin with pg_ are the server's",
            )

    @property
    def schema(self) -> str:
        """The schema named in the URL; empty if none is."""
        return unquote(dict(self._settings()).get("schema", ""))

    @property
    def connection(self) -> str:
        """The URL as libpq takes it, with the password: not to be shown."""
        others = "&".join(f"{name}={value}" for name, value in self._settings() if name != "schema")
        address = self.text.partition("?")[0]
        return f"{address}?{others}" if others else address

    def __str__(self) -> str:
        form = _FORM.fullmatch(self.text)
        assert form
        user = f"{form['user']}@" if form["user"] else ""
        settings = dict(self._settings())
        shown = "&".join(f"{name}={settings[name]}" for name in _SHOWN if name in settings)
        address = f"postgresql://{user}{form['hosts']}/{form['database'] or ''}"
        return f"{address}?{shown}" if shown else address

    def __repr__(self) -> str:
        return f"LedgerUrl({self})"

    def _settings(self) -> list[tuple[str, str]]:
        query = self.text.partition("?")[2]
        return [
            (name, value) for name, _, value in (part.partition("=") for part in query.split("&") if part)
        ]
