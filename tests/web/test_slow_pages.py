"""A page whose answer takes long is made by a job, and says how far it is until it is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from hashpivot.testing import bundled_desk
from hashpivot.web import WEB_VIEWS, web_app
from hashpivot.web.shared import Job, Jobs, TooManyJobs

from . import work_of_jobs as work
from .conftest import HERE

VIEW = next(view for view in WEB_VIEWS if view.name == "track-record")
SENT = {"Origin": HERE}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(web_app(), base_url=HERE, follow_redirects=False) as client:
        yield client


def jobs_do(monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], *arguments: object) -> None:
    """Have jobs do something instead of what pages ask."""
    start = Jobs.start

    def instead(jobs: Jobs, key: Hashable, title: str, address: str, _call: object) -> Job:
        return start(jobs, key, title, address, (function, arguments))

    monkeypatch.setattr(Jobs, "start", instead)


def until(client: TestClient, address: str, status: int) -> Any:
    end = time.monotonic() + 60
    while (answer := client.get(address)).status_code != status:
        assert answer.status_code == 202 and time.monotonic() < end, answer.text
        time.sleep(0.02)
    return answer


def test_it_says_how_far_it_is_and_can_be_stopped(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    jobs_do(monkeypatch, work.sleep, tmp_path / "note")
    page, twin = client.get(VIEW.path), client.get(f"{VIEW.path}.json")
    assert page.status_code == twin.status_code == 202 and page.headers["retry-after"] == "2"
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page.text
    said = twin.json()
    assert said["state"] in ("waiting", "running") and said["address"] == VIEW.path
    job = f"/jobs/{said['job']}"
    assert client.get(f"{VIEW.path}.json").json()["job"] == said["job"]
    assert f'action="{job}/cancel"' in page.text and client.get(job).status_code == 200
    assert client.post(f"{job}/cancel").status_code == 403
    assert client.post(f"{job}/cancel", headers=SENT).headers["location"] == job
    assert client.get(f"{job}.json").json()["state"] == "cancelled"
    stopped = client.get(VIEW.path)
    assert stopped.status_code == 409 and f'action="{job}/again"' in stopped.text
    assert client.get(f"{VIEW.path}.json").json()["error"]["kind"] == "job_cancelled"
    assert client.post(f"{job}/again", headers=SENT).headers["location"] == VIEW.path
    assert client.get(job).status_code == client.get(f"{job}.json").status_code == 404
    assert client.get(VIEW.path).status_code == 202


def test_what_it_fails_with_is_said_and_asking_again_begins_anew(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs_do(monkeypatch, work.find_nothing)
    first = client.get(f"{VIEW.path}.json").json()["job"]
    assert "Look elsewhere" in until(client, VIEW.path, 404).text
    assert client.get(f"{VIEW.path}.json").json()["job"] != first


def test_too_much_work_is_begun_again_only_by_hand(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs_do(monkeypatch, work.die)
    client.get(VIEW.path)
    page = until(client, VIEW.path, 400)
    assert "ended before it was done" in page.text and "/again" in page.text
    assert client.get(f"{VIEW.path}.json").json()["error"]["kind"] == "too_much_work"


def test_a_job_leads_to_what_it_made(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs_do(monkeypatch, work.say_something)
    job = client.get(f"{VIEW.path}.json").json()["job"]
    until(client, f"{VIEW.path}.json", 200)
    led = client.get(f"/jobs/{job}")
    assert (led.status_code, led.headers["location"]) == (303, VIEW.path)
    assert client.get(f"/jobs/{job}", headers={"HX-Request": "true"}).headers["hx-redirect"] == VIEW.path
    assert "<h1>Something</h1>" in client.get(VIEW.path).text
    assert client.get(f"{VIEW.path}.json").json() == {"something": 1}
    assert client.get(f"{VIEW.path}.csv").text == "something\r\n1\r\n"


def test_no_more_than_a_few_are_taken_on(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise TooManyJobs("8 jobs are running or waiting", hint="wait for one, or cancel one")

    monkeypatch.setattr(Jobs, "start", refuse)
    assert client.get(VIEW.path).status_code == client.get(f"{VIEW.path}.json").status_code == 429


class FewTasks:
    """A desk that makes the last of the past nowcasts, and the work that has it."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def progress(self, done: int, of: int) -> None:
        self.told.append((done, of))

    def desk(self) -> FewTasks:
        return self

    def backtest(self, watch: Any) -> Any:
        return bundled_desk().backtest(lambda tasks: watch(tasks[-40:]))


def test_the_track_record_tells_its_steps() -> None:
    few: Any = FewTasks()
    result = VIEW.answer(few, {})
    assert few.told == [(0, 40), (20, 40)]
    assert "MAPE" in VIEW.body(few, result, {}).html
