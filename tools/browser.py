"""A desk served on a free port, and Debian's Chromium that looks at it, driven by Playwright."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Locator, Page

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
_FRAME = "iframe[name=filing]"
_PATIENCE = 10.0  # seconds until the server listens
_SCROLLING = 20.0  # seconds until a loaded page is scrolled to its place
_LOADING = 20_000  # milliseconds until a filing is shown


@contextmanager
def served(ledger: Path | None = None) -> Iterator[str]:
    """Serve a desk from a thread: its home is that of the moment a page is asked for.

    Args:
        ledger: As `web_app`.

    Yields:
        The address of the desk without a slash at its end.
    """
    import uvicorn

    from hashpivot.web import web_app

    def fail(error: Exception) -> None:
        raise error

    application = web_app(ledger, on_failure=fail)
    config = uvicorn.Config(application, log_level="critical", log_config=None, ws="none")
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
    """A headless Chromium; there must be one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS])
        yield browser
        browser.close()


def filing_frame(page: Page) -> Frame:
    """The frame of a trace's page with the filing, which loads when it comes into sight."""
    frame = page.locator(_FRAME).element_handle(timeout=_LOADING).content_frame()
    assert frame is not None, "no filing is framed"
    return frame


def boxed_texts(page: Page) -> list[str]:
    """The texts that a trace's page boxes in the filing beside it, the first being the one scrolled to.

    A sentence that stands in several elements is one text.

    Raises:
        AssertionError: If the first takes no room or is out of sight, or one has no box.
    """
    frame = filing_frame(page)
    target = frame.locator(":target")
    target.wait_for(state="attached", timeout=_LOADING)
    frame.wait_for_load_state("load")
    end = time.monotonic() + _SCROLLING
    while not (seen := _in_sight(page, target)) and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert seen, f"the boxed element is out of sight, or takes no room: {target.bounding_box()}"
    found: list[str] = frame.evaluate(_BOXED)
    return found


def _in_sight(page: Page, target: Locator) -> bool:
    box, area = target.bounding_box(), page.locator(_FRAME).bounding_box()
    assert area is not None
    return bool(box and box["height"]) and area["y"] - 1 <= box["y"] < area["y"] + area["height"]


_BOXED = """() => new URLSearchParams(location.search).getAll("at").map((name) => {
  const parts = [...document.querySelectorAll(`[id="${name}"], [class="${name}"]`)];
  if (!parts.length || parts.some((part) => getComputedStyle(part).outlineWidth !== "3px")) return "";
  return parts.map((part) => part.textContent).join(" ");
})"""
