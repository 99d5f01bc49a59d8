"""Every fault of a service over real HTTP ends in the right error, or in the right body after a retry."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import trustme

from hashpivot.core import HashpivotError, NotAtSource, RefusedBySource, Unreachable
from hashpivot.sources import Client
from hashpivot.testing.services.edgar import (
    maintenance,
    missing_key,
    not_found,
    rate_threshold,
    undeclared_tool,
)
from hashpivot.testing.services.http import (
    Fault,
    LocalService,
    SeenRequest,
    ServedAnswer,
    connection_reset,
    cut_body,
    html_instead,
    instead,
    json_answer,
    never_answers,
    redirect_loop,
    redirect_to,
    slow_body,
    status,
    truncated_gzip,
    wrong_gzip,
)

Clients = Callable[..., Client]
URL = "https://data.sec.gov/submissions/CIK0000000001.json"
BODY = {"answer": "x" * 5000}


class Echo(LocalService):
    """Answers every request with the same JSON."""

    def answer(self, request: SeenRequest) -> ServedAnswer:
        if request.header("if-none-match") == '"a"':
            return ServedAnswer(304, headers={"ETag": '"a"'})
        right = json_answer(BODY)
        return ServedAnswer(200, right.body, {**right.headers, "ETag": '"a"'})


@pytest.fixture
def echo() -> Iterator[Echo]:
    with Echo() as service:
        yield service


PASSING: dict[str, Fault] = {
    "cut": cut_body(),
    "cut chunks": cut_body(chunked=True),
    "plain bytes called gzip": wrong_gzip(),
    "gzip that ends early": truncated_gzip(),
    "reset": connection_reset(),
    "maintenance": maintenance(),
    "500": status(500),
    "502": status(502),
    "a page instead": html_instead(),
    "silence": never_answers(2.5),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_asked_for_again(name: str, echo: Echo, client: Clients) -> None:
    met = echo.fail(PASSING[name])
    asked = client(echo.url, timeout=0.5)
    assert b"xxx" in asked.get(URL).body
    assert met.met == 1 and asked.sent == 2


@pytest.mark.parametrize("name", [name for name in PASSING if name != "silence"])
def test_what_does_not_pass_is_unreachable(name: str, echo: Echo, client: Clients) -> None:
    echo.fail(PASSING[name], times=None)
    asked = client(echo.url, attempts=3)
    with pytest.raises(Unreachable) as raised:
        asked.get(URL)
    assert raised.value.where == URL and raised.value.hint and asked.sent == 3


FINAL: dict[str, tuple[Fault, type[HashpivotError], str]] = {
    "missing in the archives": (missing_key(), NotAtSource, "no such document"),
    "missing in the archives, by the words for data": (
        instead(ServedAnswer(403, b"<Error><Code>NoSuchKey</Code></Error>")),
        NotAtSource,
        "no such document",
    ),
    "missing data": (not_found(), NotAtSource, "no such document"),
    "undeclared": (undeclared_tool(), RefusedBySource, "identification"),
    "forbidden": (status(403), RefusedBySource, "refuses"),
    "unauthorized": (status(401), RefusedBySource, "refuses"),
    "elsewhere": (redirect_to("https://example.com/x"), RefusedBySource, "example.com"),
    "elsewhere on this machine": (redirect_to("http://127.0.0.1:1/x"), RefusedBySource, "127.0.0.1:1"),
    "another scheme": (redirect_to("file:///etc/passwd"), RefusedBySource, "leads elsewhere"),
    "a circle": (redirect_loop(), RefusedBySource, "circle"),
}


@pytest.mark.parametrize("name", FINAL)
def test_what_cannot_pass_is_not_asked_for_again(name: str, echo: Echo, client: Clients) -> None:
    fault, kind, words = FINAL[name]
    echo.fail(fault, times=None)
    asked = client(echo.url)
    with pytest.raises(kind, match=words):
        asked.get(URL)
    assert asked.sent == (5 if name == "a circle" else 1)


@pytest.mark.parametrize("code", [403, 429, 200])
def test_a_rate_block_is_waited_out(code: int, echo: Echo, client: Clients) -> None:
    echo.fail(rate_threshold(code))
    asked = client(echo.url)
    started = time.monotonic()
    assert b"xxx" in asked.get(URL).body
    assert asked.sent == 2 and time.monotonic() - started >= 0.3


def test_a_block_that_does_not_end_is_unreachable(echo: Echo, client: Clients) -> None:
    echo.fail(rate_threshold(), times=None)
    asked = client(echo.url, block_seconds=0.05)
    with pytest.raises(Unreachable, match="too many"):
        asked.get(URL)
    assert asked.sent == 4


def test_a_slow_body_ends_in_time(echo: Echo, client: Clients) -> None:
    echo.fail(slow_body(50), times=None)
    asked = client(echo.url, longest=0.4, attempts=2)
    with pytest.raises(Unreachable, match="longer than"):
        asked.get(URL)


def test_what_is_held_is_asked_about(echo: Echo, client: Clients) -> None:
    asked = client(echo.url)
    first = asked.get(URL)
    assert first.etag == '"a"' and not first.unchanged
    assert asked.get(URL, etag=first.etag).unchanged


def test_a_redirect_within_the_service_is_followed(echo: Echo, client: Clients) -> None:
    echo.fail(redirect_to("/moved"))
    assert b"xxx" in client(echo.url).get(URL).body
    assert [seen.path for seen in echo.requests] == ["/submissions/CIK0000000001.json", "/moved"]


def test_a_redirect_to_the_real_address_is_followed_at_its_stand_in(echo: Echo, client: Clients) -> None:
    echo.fail(redirect_to("https://www.sec.gov/moved?x=1"))
    assert b"xxx" in client(echo.url).get(URL).body
    assert [seen.path for seen in echo.requests] == ["/submissions/CIK0000000001.json", "/moved?x=1"]


def test_a_block_is_of_one_address(echo: Echo, client: Clients) -> None:
    echo.fail(rate_threshold(), times=None)
    with pytest.raises(Unreachable, match="too many"):
        client(echo.url, block_seconds=0.05).get(URL)
    client(echo.url, block_seconds=600.0)._limiter.block()
    with Echo() as other:
        assert b"xxx" in client(other.url, block_seconds=600.0).get(URL).body


@pytest.mark.parametrize(
    "before", ["\ufeff", "<?xml version='1.0'?>\n", " <!-- a > b -->\n<!-- c -->", "\ufeff\n"]
)
def test_a_page_is_known_whatever_stands_before_it(before: str, echo: Echo, client: Clients) -> None:
    page = f"{before}<!DOCTYPE html><html><head><title>SEC.gov | Request Rate Threshold Exceeded</title>"
    echo.fail(instead(ServedAnswer(403, page.encode())))
    assert b"xxx" in client(echo.url).get(URL).body
    assert [seen.status for seen in echo.requests] == [403, 200]


def test_nobody_there_is_told_in_words(client: Clients) -> None:
    with pytest.raises(Unreachable, match="no connection"):
        client("http://127.0.0.1:9", attempts=2).get(URL)


def test_an_untrusted_certificate_is_explained(client: Clients) -> None:
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with pytest.raises(RefusedBySource, match="no safe connection") as raised:
        client(f"https://127.0.0.1:{server.server_port}").get(URL)
    assert "SSL_CERT_FILE" in raised.value.hint
    server.shutdown()
    server.server_close()


def test_what_identifies_us_is_in_no_repr_and_no_error(echo: Echo, client: Clients) -> None:
    asked = client(echo.url)
    echo.fail(undeclared_tool())
    with pytest.raises(RefusedBySource) as raised:
        asked.get(URL)
    for text in (repr(asked), repr(asked.service), str(raised.value), str(raised.value.to_dict())):
        assert "jane" not in text.lower()
