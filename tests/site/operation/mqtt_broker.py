"""A broker that speaks as much MQTT 3.1.1 as a publisher hears."""

from __future__ import annotations

import socketserver
import threading
from typing import Any


class Broker:
    """Takes messages of quality 1 on 127.0.0.1 while its `with` block runs.

    Args:
        refuses: Confirm nothing.
    """

    def __init__(self, *, refuses: bool = False) -> None:
        self.messages: list[tuple[str, bytes, bool]] = []
        """Topic, content, and whether it is retained."""
        self.logins: list[bytes] = []
        self.refuses = refuses
        broker = self

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                while head := self.rfile.read(1):
                    broker.hear(head[0], self.rfile.read(self._length()), self.wfile)

            def _length(self) -> int:
                length, shift = 0, 0
                while True:
                    byte = self.rfile.read(1)[0]
                    length |= (byte & 127) << shift
                    shift += 7
                    if byte < 128:
                        return length

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]

    def __enter__(self) -> Broker:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def hear(self, head: int, body: bytes, answer: Any) -> None:
        """Confirm a connection or a message."""
        if head >> 4 == 1:
            self.logins.append(body)
            answer.write(b"\x20\x02\x00\x00")
        elif head >> 4 == 3:
            size = int.from_bytes(body[:2], "big")
            topic, rest = body[2 : 2 + size].decode(), body[2 + size :]
            self.messages.append((topic, rest[2:], bool(head & 1)))
            if not self.refuses:
                answer.write(b"\x40\x02" + rest[:2])
