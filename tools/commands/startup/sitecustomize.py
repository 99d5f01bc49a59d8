"""Runs at the start of every Python that `environment` starts: a fixed day, and no way out to the network.

`COMPARED_DAY` (ISO) is what `date.today()` gives: it asks `time.time`, which runs on from noon of that day.
`COMPARED_OFFLINE` lets sockets connect to this machine only.
"""

import os
import time


def _fix_day(day: str) -> None:
    from calendar import timegm

    behind = time.time() - timegm(time.strptime(f"{day} 12", "%Y-%m-%d %H"))
    now = time.time
    time.time = lambda: now() - behind


def _stay_offline() -> None:
    import socket

    class Local(socket.socket):
        """A socket that reaches no other machine."""

        def connect(self, address):  # type: ignore[no-untyped-def]
            _check(address)
            return super().connect(address)

        def connect_ex(self, address):  # type: ignore[no-untyped-def]
            _check(address)
            return super().connect_ex(address)

    def _check(address: object) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise OSError(f"offline: a command tried to reach {address}")

    socket.socket = Local  # type: ignore[misc]


if day := os.environ.get("COMPARED_DAY"):
    _fix_day(day)
if os.environ.get("COMPARED_OFFLINE"):
    _stay_offline()
