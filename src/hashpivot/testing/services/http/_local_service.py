"""A service on this machine: a server of HTTP that remembers what it saw."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Self

from ._answer import ServedAnswer, html_answer
from ._handler import ServiceHandler
from ._local_server import LocalServer
from ._planned_fault import Fault, FaultPlan, PlannedFault
from ._rate_limit import RateLimit, busiest_second
from ._seen_request import SeenRequest


class LocalService:
    """A stand-in for a service, served to this machine alone while its `with` block runs.

    Subclasses write `answer`, and `refused` where the service limits its rate.

    Args:
        port: Port on 127.0.0.1; 0 for any that is free.
        requests_per_second: The rate beyond which it blocks; None for no limit.
        block_seconds: How long a block lasts after the last request inside it.
    """

    paths: ClassVar[tuple[str, ...]] = ("/",)
    """How the paths it answers begin; any, if several services do not share an address."""

    def __init__(
        self, *, port: int = 0, requests_per_second: int | None = None, block_seconds: float = 600.0
    ) -> None:
        self._port = port
        self._lock = threading.Lock()
        self._now: datetime | None = None
        self._seen: list[SeenRequest] = []
        self._forgotten = 0
        self._faults = FaultPlan()
        self._rate = RateLimit(requests_per_second, block_seconds)
        self._server: LocalServer | None = None
        self.stopping = threading.Event()
        """Set when the service ends; slow answers end with it."""

    def answer(self, request: SeenRequest) -> ServedAnswer:
        """Return what the service answers when nothing is wrong."""
        raise NotImplementedError

    def refused(self, request: SeenRequest) -> ServedAnswer:
        """Return what the service answers beyond its rate."""
        return html_answer("<html><body><h1>Too Many Requests</h1></body></html>", 429)

    def __enter__(self) -> Self:
        """Start the server."""
        handler = type("Handler", (ServiceHandler,), {"service": self})
        self._server = LocalServer(self._port, handler)
        self.stopping.clear()
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *problem: object) -> None:
        """Stop the server and everything it is still sending."""
        self.stopping.set()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
            self._server = None

    @property
    def url(self) -> str:
        """The address, such as `http://127.0.0.1:40123`; no slash at the end.

        Raises:
            RuntimeError: Outside the `with` block.
        """
        if not self._server:
            raise RuntimeError("the service runs only inside its with block")
        return self._server.url

    @property
    def requests(self) -> list[SeenRequest]:
        """Every request so far, in order of arrival."""
        with self._lock:
            return list(self._seen)

    @property
    def violations(self) -> int:
        """Requests seen while a block ran."""
        return self._rate.violations

    def busiest_second(self) -> int:
        """Return the largest number of requests in any second."""
        return busiest_second([seen.at for seen in self.requests])

    def forget(self) -> None:
        """Forget the requests seen so far."""
        with self._lock:
            self._forgotten += len(self._seen)
            self._seen.clear()

    def fail(self, fault: Fault, path: str = "", *, times: int | None = 1, after: int = 0) -> PlannedFault:
        """Plan a fault; returns it, and its `met` counts the requests it changed.

        Args:
            fault: What it does; see the faults of this package.
            path: Part of the path with query, or a regular expression found in it; empty meets all requests.
            times: How many requests; None for all.
            after: How many requests of its kind pass unharmed first.
        """
        return self._faults.add(PlannedFault(fault, path, times, after))

    def heal(self) -> None:
        """Forget the faults that were planned."""
        self._faults.clear()

    @property
    def now(self) -> datetime:
        """The service's clock: the machine's, or where a test has set it (any zone; read back in UTC)."""
        return self._now or datetime.now(UTC)

    @now.setter
    def now(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("the service's clock needs a moment with a time zone")
        self._now = moment.astimezone(UTC)

    def advance(self, step: timedelta) -> None:
        """Move the service's clock on; from then on it stands still between calls."""
        self.now = self.now + step

    def date_header(self) -> datetime:
        """Return the moment the Date header gives: the clock, if a test has set it, or the machine's."""
        return self._now or datetime.now(UTC)

    def arrived(self, request: SeenRequest) -> int:
        """Remember a request; returns its number."""
        with self._lock:
            self._seen.append(request)
            return self._forgotten + len(self._seen) - 1

    def sent(self, number: int, status: int) -> None:
        """Remember which status a request was sent."""
        with self._lock:
            place = number - self._forgotten
            if place >= 0:
                self._seen[place] = replace(self._seen[place], status=status)

    def answered(self, request: SeenRequest) -> ServedAnswer:
        """Return what is sent: a refusal, or the answer with the faults that were planned."""
        if self._rate.refuses(request.at):
            return self.refused(request)
        return self._faults.applied(request, self.answer(request))


def wait_until_stopped(service: LocalService) -> None:
    """Wait until the user ends the program with Ctrl-C."""
    try:
        while not service.stopping.is_set():
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
