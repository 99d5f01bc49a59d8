"""A desk served on a free port, and Debian's Chromium that looks at it, driven by Playwright."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from hashpivot.web import web_app

CHROMIUM = shutil.which("chromium")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE = 10.0  # seconds until the server listens


@contextmanager
def served(ledger: Path | None = None) -> Iterator[str]:
    """Serve a desk from a thread: its home is that of the moment a page is asked for.

    Args:
        ledger: As `web_app`.

    Yields:
        The address of the desk without a slash at its end.
    """

    def fail(error: Exception) -> None:
        raise error

    config = uvicorn.Config(
        web_app(ledger, on_failure=fail), log_level="critical", log_config=None, ws="none"
    )
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        end = time.monotonic() + _PATIENCE
        while not server.started and thread.is_alive() and time.monotonic() < end:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; skips the test where there is none."""
    if CHROMIUM is None:
        pytest.skip("needs Debian's chromium, which is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS])
        yield browser
        browser.close()


# Not of the session: while Playwright is open, no test of another folder could run an event loop of its own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests of this folder."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def _desk_address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def desk_address(_desk_address: str, shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Address of a desk on the bundled figures; a test may set another HASHPIVOT_HOME."""
    monkeypatch.setenv("HASHPIVOT_HOME", str(shared_home))
    assert not os.environ.get("HASHPIVOT_LEDGER")
    return _desk_address


@pytest.fixture
def console() -> list[str]:
    """Errors of the page's console and scripts; a test that expects some clears the list."""
    return []


@pytest.fixture
def page(browser: Browser, desk_address: str, console: list[str]) -> Iterator[Page]:
    """A new page of the desk, so `page.goto("/season")`; the test fails if the console shows an error."""
    context = browser.new_context(base_url=desk_address, viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    opened.on("console", lambda said: console.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: console.append(str(error)))
    yield opened
    context.close()
    assert console == []
