"""The listening socket, and the connections that are open."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from http.server import ThreadingHTTPServer
from typing import Any

from ._handler import ServiceHandler

_HOST = "127.0.0.1"  # never reachable from another machine


class LocalServer(ThreadingHTTPServer):
    """A server for this machine alone, a thread for each connection.

    Args:
        port: Port on 127.0.0.1; 0 for any that is free.
        handler: What answers.
    """

    daemon_threads = True
    request_queue_size = 128
    block_on_close = False

    def __init__(self, port: int, handler: type[ServiceHandler]) -> None:
        super().__init__((_HOST, port), handler)
        self._lock = threading.Lock()
        self._open: set[Any] = set()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{_HOST}:{self.server_address[1]}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer a connection's requests in a thread of its own."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections that clients keep open."""
        with self._lock:
            left = list(self._open)
        for connection in left:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Keep silent about clients that went away; anything else is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)
