"""Links to sources: only what a browser can safely open becomes one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from hashpivot.core import Source

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


def link_to(text: str, url: str) -> Link:
    """A link if `url` is an http or https address, else both as text."""
    if safe_url(url):
        return Link(clean(text), url)
    return Link(clean(" ".join(dict.fromkeys(part for part in (text, url) if part))))


def source_link(source: Source) -> Link:
    """A source's title, linked to its address if it has one; else with its accession or name."""
    if safe_url(source.url):
        return Link(clean(source.title), source.url)
    number = f"SEC {source.accession}" if source.accession else ""
    return link_to(source.title, number or source.url or source.name or source.key)


def safe_url(url: str) -> bool:
    """True for an absolute http or https address without spaces or control characters."""
    if not url.isprintable() or " " in url or len(url) > 2000:
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
