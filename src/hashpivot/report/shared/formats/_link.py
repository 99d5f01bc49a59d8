"""Links to sources: only what a browser can safely open becomes one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from hashpivot.core import NO_LOCATOR, FactLocator, Locator, Source

from ._format import clean


@dataclass(frozen=True, slots=True)
class Link:
    """Where something was read.

    Args:
        text: Title, accession or name.
        url: An http or https address, empty if there is none.
    """

    text: str
    url: str = ""


_WORDS = 5
"""Words at each end of a sentence that find it on a page."""

_LONGEST = 2000
"""Characters of a sentence that are looked at."""

_FACT_ID = re.compile(r"(?!n\d+$)[A-Za-z_][\w.-]*")
"""An id that a fact has in the page; `n12` counts facts that have none."""


def link_to(text: str, url: str, *, locator: Locator = NO_LOCATOR, excerpt: str = "") -> Link:
    """A link to the place in the source if `url` is an http or https address, else both as text."""
    if safe_url(url):
        return Link(clean(text), url + place_in(url, locator, excerpt))
    return Link(clean(" ".join(dict.fromkeys(part for part in (text, url) if part))))


def source_link(source: Source, locator: Locator = NO_LOCATOR) -> Link:
    """A source's title, linked to the place in it if it has an address; else with its accession or name."""
    if safe_url(source.url):
        return link_to(source.title, source.url, locator=locator)
    number = f"SEC {source.accession}" if source.accession else ""
    return link_to(source.title, number or source.url or source.name or source.key)


def place_in(url: str, locator: Locator, excerpt: str = "") -> str:
    """The fragment that opens a page at a fact or at a sentence; empty if neither can be located.

    Facts are looked for in inline XBRL pages of sec.gov only, as copies elsewhere may not keep their ids.
    A sentence is found by its words (a text fragment), which older browsers ignore.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.fragment or url.endswith("#"):
        return ""
    if isinstance(locator, FactLocator) and _FACT_ID.fullmatch(locator.id):
        sec = parts.scheme == "https" and f".{parts.hostname}".endswith(".sec.gov")
        return f"#{locator.id}" if sec and parts.path.endswith((".htm", ".html")) else ""
    words = ",".join(quote(part, safe="").replace("-", "%2D") for part in _ends(clean(excerpt, _LONGEST)))
    return f"#:~:text={words}" if words else ""


def _ends(sentence: str) -> list[str]:
    """A short sentence whole; of a longer one the first and the last words."""
    words = sentence.split()
    if len(words) <= 2 * _WORDS:
        return [sentence] if words else []
    return [" ".join(words[:_WORDS]), " ".join(words[-_WORDS:])]


def safe_url(url: str) -> bool:
    """True for an absolute http or https address without spaces or control characters."""
    if not url.isprintable() or " " in url or len(url) > 2000:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
