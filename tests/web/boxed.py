"""What a trace's page boxes in the filing beside it, read back from Chromium."""

from __future__ import annotations

from playwright.sync_api import Frame, Page


def filing_frame(page: Page) -> Frame:
    """The frame with the filing, loaded."""
    frame = page.frame("filing")
    assert frame is not None, "no filing is framed"
    frame.wait_for_load_state("load")
    return frame


def boxed_text(page: Page) -> str:
    """The text of the element that is boxed and scrolled to."""
    frame = filing_frame(page)
    target = frame.locator(":target")
    target.wait_for(state="attached", timeout=20_000)
    box = target.bounding_box()
    area = page.locator("iframe[name=filing]").bounding_box()
    assert box and area and box["height"] > 0, "the boxed element takes no room"
    assert area["y"] <= box["y"] < area["y"] + area["height"], "the boxed element is out of sight"
    return target.inner_text()
