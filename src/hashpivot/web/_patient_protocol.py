"""HTTP of `hashpivot serve`: who does not finish asking is not waited for."""

from __future__ import annotations

from asyncio import TimerHandle, Transport

from h11 import IDLE
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 10.0
"""Until the head of a request must be there: connections are few, and anybody may open them."""


class PatientProtocol(H11Protocol):
    """What uvicorn speaks, with an end to unfinished heads of requests."""

    _late: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request."""
        super().data_received(data)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        if self.conn.their_state is not IDLE:
            self._stop()
        elif self._late is None:
            self._late = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _stop(self) -> None:
        if self._late:
            self._late.cancel()
        self._late = None

    def _give_up(self) -> None:
        self._late = None
        if self.conn.their_state is IDLE and (self.cycle is None or self.cycle.response_complete):
            self.transport.close()
