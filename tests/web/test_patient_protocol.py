"""A connection on which nobody finishes asking is closed; one that asks is answered."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
import uvicorn

from hashpivot.web import PatientProtocol, _patient_protocol, web_app


@contextmanager
def serving() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(
            uvicorn.Config(web_app(), http=PatientProtocol, log_config=None, log_level="critical", ws="none")
        )
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def test_an_unfinished_head_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_patient_protocol, "HEAD_SECONDS", 0.5)
    with serving() as port:
        for begun in (b"", b"GET /static/icon.svg HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "):
            with socket.create_connection(("127.0.0.1", port), timeout=30) as held:
                started = time.monotonic()
                held.sendall(begun)
                assert held.recv(1000) == b"" and time.monotonic() - started > 0.4
        with socket.create_connection(("127.0.0.1", port), timeout=30) as asked:
            for _ in range(2):
                asked.sendall(b"GET /static/icon.svg HTTP/1.1\r\n")
                time.sleep(0.1)
                asked.sendall(b"Host: 127.0.0.1\r\n\r\n")
                answer = b""
                while b"</svg>" not in answer:
                    answer += asked.recv(100_000)
                assert answer.startswith(b"HTTP/1.1 200")
