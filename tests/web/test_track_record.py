"""A page whose answer takes long is made in the background."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from hashpivot.core import NoData
from hashpivot.desk import NowcastBacktest
from hashpivot.testing import bundled_desk
from hashpivot.web import WEB_VIEWS, web_app

VIEW = next(view for view in WEB_VIEWS if view.name == "track-record")


def client_of(answer: Any) -> TestClient:
    return TestClient(web_app(views=(replace(VIEW, answer=answer),)), base_url="http://localhost")


@pytest.fixture(scope="module")
def backtest() -> NowcastBacktest:
    return bundled_desk().backtest(lambda tasks: tasks[-40:])


def test_it_is_made_once_and_shown_when_it_is_there(backtest: NowcastBacktest) -> None:
    go, calls = threading.Event(), []

    def answer(_work: object, _arguments: object) -> NowcastBacktest:
        calls.append(1)
        assert go.wait(100)
        return backtest

    client = client_of(answer)
    first, twin = client.get(VIEW.path), client.get(f"{VIEW.path}.json")
    assert first.status_code == twin.status_code == 202
    assert first.headers["refresh"] == twin.headers["retry-after"] == "3"
    assert twin.json()["state"] == "running" and "loads itself again" in first.text
    go.set()
    end = time.monotonic() + 60
    while (page := client.get(VIEW.path)).status_code == 202 and time.monotonic() < end:
        time.sleep(0.02)
    assert page.status_code == 200 and "MAPE" in page.text
    assert client.get(f"{VIEW.path}.json").json() == backtest.to_dict()
    assert len(calls) == 1


def test_what_it_fails_with_is_said() -> None:
    def answer(_work: object, _arguments: object) -> None:
        raise NoData("nothing to score", hint="add filings")

    client = client_of(answer)
    end = time.monotonic() + 60
    while (page := client.get(VIEW.path)).status_code == 202 and time.monotonic() < end:
        time.sleep(0.02)
    assert page.status_code == 404 and "Add filings" in page.text
