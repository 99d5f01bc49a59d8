"""From a socket to a request, and from an answer to bytes on the wire."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol

from ._answer import ServedAnswer
from ._seen_request import SeenRequest

_CHUNK = 16_384
_NO_BODY = (204, 304)
_SMALL = 256
"""Bytes below which nothing is compressed."""


class AnsweringService(Protocol):
    """What the handler asks of the service it belongs to."""

    stopping: threading.Event

    def arrived(self, request: SeenRequest) -> int:
        """Remember a request; returns its number."""

    def answered(self, request: SeenRequest) -> ServedAnswer:
        """Return what is sent."""

    def sent(self, number: int, status: int) -> None:
        """Remember which status a request was sent."""

    def date_header(self) -> datetime:
        """Return the moment the Date header gives."""


class ServiceHandler(BaseHTTPRequestHandler):
    """Hands requests to the service and writes what it answers."""

    protocol_version = "HTTP/1.1"
    service: AnsweringService
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer a GET."""
        self._serve()

    def do_HEAD(self) -> None:
        """Answer a HEAD: headers without a body."""
        self._serve()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: what was seen stands in the service's `requests`."""

    def _serve(self) -> None:
        at = time.monotonic()
        length = self.headers.get("Content-Length", "0")
        body = self.rfile.read(int(length)) if length.isdecimal() else b""
        headers = {name.lower(): value for name, value in self.headers.items()}
        seen = SeenRequest(at, self.command, self.path, headers, body)
        number = self.service.arrived(seen)
        answer = self.service.answered(seen)
        if answer.silent_seconds and self.service.stopping.wait(answer.silent_seconds):
            self.close_connection = True
        elif answer.reset:
            self._reset()
        else:
            self.service.sent(number, answer.status)
            self._send(seen, answer)

    def _send(self, seen: SeenRequest, answer: ServedAnswer) -> None:
        body, encoded = _encoded(seen, answer)
        with_body = answer.status not in _NO_BODY
        self.send_response_only(answer.status)
        self.send_header("Date", self._date(answer))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if encoded:
            self.send_header("Content-Encoding", "gzip")
        if answer.chunked and with_body:
            self.send_header("Transfer-Encoding", "chunked")
        elif with_body:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close" if answer.close else "keep-alive")
        self.close_connection = self.close_connection or answer.close
        try:
            self.end_headers()
            if with_body and self.command != "HEAD":
                self._send_body(body, answer)
        except OSError:  # the client has gone
            self.close_connection = True

    def _send_body(self, body: bytes, answer: ServedAnswer) -> None:
        whole = answer.sent_share >= 1
        for part in self._paced(body if whole else body[: int(len(body) * answer.sent_share)], answer):
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part) if answer.chunked else part)
        if answer.chunked and whole:
            self.wfile.write(b"0\r\n\r\n")

    def _paced(self, body: bytes, answer: ServedAnswer) -> Iterator[bytes]:
        """The body in parts; ten a second where its speed is limited."""
        speed = answer.bytes_per_second
        size = max(1, int(speed / 10)) if speed else _CHUNK
        for start in range(0, len(body), size):
            if speed and self.service.stopping.wait(size / speed):
                self.close_connection = True
                return
            yield body[start : start + size]

    def _date(self, answer: ServedAnswer) -> str:
        moment = self.service.date_header() + timedelta(seconds=answer.clock_skew_seconds)
        return format_datetime(moment, usegmt=True)

    def _reset(self) -> None:
        """Close so that the client sees a reset, not an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


def _encoded(seen: SeenRequest, answer: ServedAnswer) -> tuple[bytes, bool]:
    """The bytes for the wire, and whether they are said to be gzip."""
    if answer.gzip_damage == "plain":
        return answer.body, True
    packed = gzip.compress(answer.body, 5, mtime=0) if answer.gzip_damage or _packs(seen, answer) else b""
    if answer.gzip_damage:
        return packed[: len(packed) // 2], True
    return (packed, True) if packed else (answer.body, False)


def _packs(seen: SeenRequest, answer: ServedAnswer) -> bool:
    return answer.compress and len(answer.body) >= _SMALL and "gzip" in seen.header("accept-encoding")
