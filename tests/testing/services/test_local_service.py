"""The server all stand-ins share: what it remembers, limits, breaks on command."""

from __future__ import annotations

import gzip
import http.client
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import ClassVar

import pytest

from hashpivot.testing.services import LocalService, SeenRequest, ServedAnswer
from hashpivot.testing.services.http import (
    Fault,
    busiest_second,
    changed_json,
    clock_skew,
    connection_reset,
    cut_body,
    html_instead,
    json_answer,
    never_answers,
    redirect_loop,
    redirect_to,
    slow_body,
    status,
    truncated_gzip,
    wrong_gzip,
)

from ._client import get

VALUE = {"numbers": list(range(500))}


class Numbers(LocalService):
    def answer(self, request: SeenRequest) -> ServedAnswer:
        return json_answer({**VALUE, "got": request.body.decode()})


def test_it_serves_this_machine_and_remembers_what_it_saw() -> None:
    with Numbers() as service:
        assert service.url.startswith("http://127.0.0.1:")
        assert get(service.url, "/a?b=1&c=", X_Word="x").json["numbers"] == VALUE["numbers"]
        (seen,) = service.requests
        assert (seen.method, seen.route, seen.query, seen.status) == ("GET", "/a", {"b": "1", "c": ""}, 200)
        assert seen.header("x-word") == "x"
        service.forget()
        assert service.requests == []
    with pytest.raises(RuntimeError):
        _ = service.url


def test_it_compresses_only_for_those_who_accept_it() -> None:
    with Numbers() as service:
        packed, plain = get(service.url, "/", Accept_Encoding="gzip"), get(service.url, "/")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == plain.body == plain.wire
    assert int(packed.headers["content-length"]) == len(packed.wire)


def test_a_post_is_read_and_a_connection_kept() -> None:
    with Numbers() as service:
        connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=5)
        for body in ("one", "two"):
            connection.request("POST", "/", body=body)
            assert f'"got": "{body}"'.encode() in connection.getresponse().read()
        connection.close()


def test_it_ends_connections_that_are_kept() -> None:
    with Numbers() as service:
        connection = http.client.HTTPConnection(service.url.removeprefix("http://"), timeout=5)
        connection.request("GET", "/")
        connection.getresponse().read()
    with pytest.raises((OSError, http.client.HTTPException)):
        connection.request("GET", "/")
        connection.getresponse()
    connection.close()


def test_a_block_follows_too_many_requests_and_every_further_one_extends_it() -> None:
    with Numbers(requests_per_second=3, block_seconds=1.5) as service:
        assert [get(service.url, "/").status for _ in range(5)] == [200, 200, 200, 429, 429]
        assert service.violations == 1
        time.sleep(0.9)
        assert get(service.url, "/").status == 429
        time.sleep(0.9)  # the first block would be over
        assert get(service.url, "/").status == 429
        time.sleep(1.6)
        assert get(service.url, "/").status == 200
        assert service.violations == 3


@pytest.mark.parametrize(
    ("moments", "most"),
    [([], 0), ([0.0], 1), ([0.0, 0.5, 0.9, 1.2], 3), ([3.0, 0.0, 1.0, 2.0], 1), ([0.0, 0.0, 0.99], 3)],
)
def test_the_busiest_second_is_any_second(moments: list[float], most: int) -> None:
    assert busiest_second(moments) == most


def test_requests_at_once_are_counted() -> None:
    with Numbers() as service:
        threads = [threading.Thread(target=get, args=(service.url, "/")) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert service.busiest_second() == len(service.requests) == 12


class TestClock:
    NOON: ClassVar = datetime(2026, 2, 3, 12, tzinfo=UTC)

    def test_a_test_sets_it_and_moves_it(self) -> None:
        service = Numbers()
        service.now = self.NOON
        service.advance(timedelta(hours=2))
        assert service.now == datetime(2026, 2, 3, 14, tzinfo=UTC)

    def test_the_date_header_follows_and_may_be_wrong(self) -> None:
        with Numbers() as service:
            service.now = self.NOON
            service.fail(clock_skew(-7), after=1)
            dates = [parsedate_to_datetime(get(service.url, "/").headers["date"]) for _ in range(2)]
        assert dates == [self.NOON, self.NOON - timedelta(hours=7)]

    def test_a_moment_without_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            Numbers().now = datetime(2026, 1, 1)


def test_a_fault_meets_its_path_and_its_number() -> None:
    with Numbers() as service:
        planned = service.fail(status(500), "/bad", times=2)
        service.fail(status(503), r"/x\d+\.json", times=None)
        codes = [get(service.url, path).status for path in ("/bad", "/good", "/bad?a=1", "/bad", "/x12.json")]
        assert codes == [500, 200, 500, 200, 503]
        assert planned.met == 2
        service.heal()
        assert get(service.url, "/x12.json").status == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_a_cut_body_is_shorter_than_promised(chunked: bool) -> None:
    with Numbers() as service:
        service.fail(cut_body(0.5, chunked=chunked))
        with pytest.raises(http.client.IncompleteRead):
            get(service.url, "/")


@pytest.mark.parametrize(("fault", "error"), [(wrong_gzip(), gzip.BadGzipFile), (truncated_gzip(), EOFError)])
def test_gzip_that_is_none_and_gzip_that_ends_early(fault: Fault, error: type[Exception]) -> None:
    with Numbers() as service:
        service.fail(fault)
        got = get(service.url, "/", Accept_Encoding="gzip")
        assert len(got.wire) == int(got.headers["content-length"])
        with pytest.raises(error):
            _ = got.body


def test_a_slow_body_takes_its_time() -> None:
    with Numbers() as service:
        service.fail(slow_body(8_000))
        start = time.monotonic()
        size = len(get(service.url, "/").wire)
        assert time.monotonic() - start > size / 8_000 * 0.8


def test_a_reset_and_silence() -> None:
    with Numbers() as service:
        service.fail(connection_reset())
        with pytest.raises(ConnectionError):
            get(service.url, "/")
        service.fail(never_answers())
        with pytest.raises(TimeoutError):
            get(service.url, "/", timeout=0.2)
        assert [seen.status for seen in service.requests] == [0, 0]


def test_redirects_in_a_circle_and_to_another_host() -> None:
    with Numbers() as service:
        service.fail(redirect_loop())
        assert get(service.url, "/a?b=c").headers["location"] == "/a?b=c"
        service.fail(redirect_to("http://example.invalid/x", 301))
        got = get(service.url, "/")
        assert (got.status, got.headers["location"]) == (301, "http://example.invalid/x")


def test_html_and_other_json_in_place_of_json() -> None:
    with Numbers() as service:
        service.fail(html_instead())
        assert get(service.url, "/").headers["content-type"] == "text/html"
        service.fail(changed_json(lambda value: value["numbers"][:2]))
        assert get(service.url, "/").json == [0, 1]
