"""`hashpivot serve`, as a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2 as httpx
import pytest

from ..conftest import Run

UP = 1.0
PATIENCE = 60.0  # seconds for the first answer, on a machine that is busy
TOKEN = "a-secret-of-some-length"


@contextmanager
def serving(*words: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str, float]]:
    """The process, its address, and the seconds until it printed that."""
    command = [sys.executable, "-m", "hashpivot.cli", "serve", "--port", "0", *words]
    start = time.monotonic()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        start_new_session=True,
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        yield (
            process,
            next(word for word in line.split() if word.startswith("http")),
            time.monotonic() - start,
        )
    finally:
        process.kill()
        process.communicate()


def test_it_is_up_soon_answers_and_ends_cleanly() -> None:
    took = []
    for _ in range(2):  # the first may wait for a cold disk
        with serving() as (process, address, seconds):
            took.append(seconds)
            assert httpx.get(f"{address}halving.json", timeout=PATIENCE).json()["next"]
            response = httpx.get(f"{address}company/CORZ", timeout=PATIENCE)
            assert response.status_code == 200 and "server" not in response.headers
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
            assert (process.returncode, out, err) == (0, "", "ended\n")
    assert min(took) < UP * 5  # the machine of a test may be busy


@pytest.mark.parametrize("after", [0.3, 0.6])
def test_ctrl_c_while_its_process_begins_shows_no_traceback(after: float) -> None:
    with serving() as (process, _, _):
        time.sleep(after)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal: to both
        _, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, err) == (0, "ended\n")


def test_sizes_of_a_head_are_bounded() -> None:
    with serving() as (_, address, _):
        response = httpx.get(f"{address}health", timeout=PATIENCE, headers={"X-Long": "a" * 100_000})
        assert response.status_code == 431


def test_elsewhere_only_with_a_token(run: Run) -> None:
    refused = run("serve", "--host", "0.0.0.0")
    assert refused.returncode == 2 and "token" in refused.stderr and "HASHPIVOT_WEB_TOKEN" in refused.stderr
    with serving(HASHPIVOT_WEB_TOKEN=TOKEN) as (_, address, _):
        assert httpx.get(f"{address}health", timeout=PATIENCE).status_code == 401
        known = {"Authorization": f"Bearer {TOKEN}"}
        assert httpx.get(f"{address}health", timeout=PATIENCE, headers=known).status_code == 200
        assert httpx.get(f"{address}health", auth=("me", TOKEN)).status_code == 200


def test_a_port_in_use_is_said(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2 and "cannot listen" in done.stderr and "--port" in done.stderr


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['starlette'] = sys.modules['starlette.applications'] = None;"
        "from hashpivot.cli import main; sys.argv = ['hashpivot', 'serve']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "hashpivot[web]" in done.stderr


@pytest.mark.parametrize("name", ["starlette", "uvicorn", "anyio"])
def test_help_does_not_wait_for_the_libraries(name: str) -> None:
    code = (
        "import sys\nfrom hashpivot.cli import app\n"
        "try:\n app(['serve', '--help'])\nexcept SystemExit:\n pass\n"
        f"assert {name!r} not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
