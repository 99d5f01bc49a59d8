"""The token of the public API: had for a password, renewed in time, kept in memory alone."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from hashpivot.core import RefusedBySource, parse_json

from ...http import Client
from ._keys import ErcotKeys

TOKEN_URL = "https://ercotb2c.b2clogin.com/ercotb2c.onmicrosoft.com/B2C_1_PUBAPI-ROPC-FLOW/oauth2/v2.0/token"
CLIENT_ID = "fec253ea-0d06-4272-a5e6-b478baeecd70"  # of ERCOT's API explorer, the same for all users
LIFETIME = 3600.0  # seconds
_EARLY = 300.0  # seconds before its end at which it is renewed: an archive can take minutes to come


class ErcotToken:
    """Gives the token, renewed where it is needed.

    Args:
        client: Of the service.
        keys: The user's.
    """

    def __init__(self, client: Client, keys: ErcotKeys) -> None:
        self._client, self._keys = client, keys
        self._token, self._until = "", 0.0
        self._refused: RefusedBySource | None = None

    def __repr__(self) -> str:
        return f"ErcotToken({'held' if self._token else 'none'})"  # never the token

    def value(self) -> str:
        """The token. Refused once, it is not asked for again: a wrong password too often can lock an account.

        Raises:
            RefusedBySource: If user name or password are refused, or the answer holds no token.
            SourceError: As `Client.post`.
        """
        if not self._token or time.monotonic() >= self._until:
            if self._refused:
                raise self._refused
            try:
                self._token, self._until = self._granted(), time.monotonic() + LIFETIME - _EARLY
            except RefusedBySource as error:
                self._refused = error
                raise
        return self._token

    def drop(self) -> None:
        """Forget the token: the service no longer takes it."""
        self._token = ""

    def _granted(self) -> str:
        form = urlencode(
            {
                "grant_type": "password",
                "username": self._keys.username,
                "password": self._keys.password,
                "response_type": "id_token",
                "scope": f"openid {CLIENT_ID} offline_access",
                "client_id": CLIENT_ID,
            }
        )
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = self._client.post(TOKEN_URL, form.encode(), headers=headers).body
        try:
            token = parse_json(body)["id_token"]
        except (ValueError, KeyError, TypeError):
            token = None
        if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable():
            raise RefusedBySource(
                "ercot: the answer to user name and password holds no id_token",  # not quoted: it is secret
                where=TOKEN_URL,
                hint="ERCOT may have changed how users sign in; try a newer hashpivot",
            )
        return token
