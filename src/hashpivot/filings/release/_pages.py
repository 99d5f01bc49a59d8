"""The pages of a release: which documents of a submission are read for tables, and how."""

from __future__ import annotations

import re

from lxml import etree

from ..source import (
    Notes,
    SubmissionDocument,
    as_utf8,
    numeric_references,
    parse_html,
    transcode,
)

_NOT_PAGES = re.compile(r"XML|EX-101|GRAPHIC|ZIP|EXCEL|JSON|PDF|COVER", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:table|p|div|body|html)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w:\-]{1,40})", re.IGNORECASE)


def is_page(document: SubmissionDocument) -> bool:
    """True for a document that may be read and shown as a page."""
    return not _NOT_PAGES.match(document.type)


def may_hold_tables(document: SubmissionDocument) -> bool:
    """True for a document whose tables are read."""
    return is_page(document) and b"<table" in document.raw.lower()


def parse_page(body: bytes, notes: Notes, where: str) -> etree._Element | None:
    """The root element of a page, None if it is none.

    Raises:
        UnreadableFiling: If it is dangerous or too large.
    """
    data, forced = as_utf8(body, notes, where)
    if forced is None:
        charset = _CHARSET.search(data[:4096])
        data = transcode(data, charset[1].decode("ascii") if charset else "utf-8", notes)
    if not _PAGE.search(data):
        return None
    root, problems = parse_html(numeric_references(data, notes), where)
    for problem in problems:
        notes.add("not well-formed HTML, read as far as it goes", problem)
    return root
