"""Answers nobody would think of: addresses that are none, headers that contradict the body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hashpivot.desk import FetchState
from hashpivot.testing.services import SeenRequest, ServedAnswer, ServedFiling
from hashpivot.testing.services.http import Fault, instead, redirect_to, status

from .conftest import SEASON, Fetching


def with_headers(**headers: str) -> Fault:
    def fault(request: SeenRequest, right: ServedAnswer) -> ServedAnswer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(right, headers={**right.headers, **named}, compress=False)

    return fault


ODD = {
    "no address": redirect_to("http://[bad"),
    "nowhere": redirect_to(""),
    "two slashes": redirect_to("//"),
    "another port": redirect_to("http://127.0.0.1:99999/"),
    "a script": redirect_to("javascript:alert(1)"),
    "letters of another script": redirect_to("/Archives/\u00e9\u00df"),
    "brotli": with_headers(Content_Encoding="br"),
    "twice gzip": with_headers(Content_Encoding="gzip, gzip"),
    "a wait of years": instead(ServedAnswer(503, b"later", {"Retry-After": "9" * 5})),
    "a wait without sense": instead(ServedAnswer(503, b"later", {"Retry-After": "-1; soon"})),
    "status 299": status(299),
    "status 418": status(418),
    "status 599": status(599),
    "304 unasked": instead(ServedAnswer(304)),
    "204": instead(ServedAnswer(204)),
    "206": instead(ServedAnswer(206, b"part")),
    "empty": instead(ServedAnswer(200, b"")),
    "another filing": instead(ServedAnswer(200, b"<SEC-DOCUMENT>0000000001-25-000001.txt\n</SEC-DOCUMENT>")),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_answer_concerns_one_filing(
    name: str, made: list[ServedFiling], fetching: Callable[..., Fetching]
) -> None:
    releases = [filing for filing in made if filing.form == "8-K"]
    user = fetching(releases)
    user.service.fail(ODD[name], rf"{releases[1].accession}\.txt", times=None)
    summary = user("CORZ", "WULF", "HUT", season=SEASON, client={"attempts": 2, "block_seconds": 0.01})
    states = {document.accession: document.state for document in summary.documents}
    assert states.pop(releases[1].accession) is FetchState.UNREACHABLE
    assert set(states.values()) == {FetchState.NEW}
    assert not user.leftovers()
