"""Parsing pages in bounded memory, and in time linear in their size."""

from __future__ import annotations

import re

from lxml import etree

from hashpivot.core import UnreadableFiling

from ._limits import ATTRIBUTE_BYTES, MAX_TAG_ATTRIBUTES, MAX_TREE_BYTES, TAG_BYTES

_LONG_TAG = re.compile(rb"<(?!!)[^<]{4000,}")
_VOID = re.compile(rb"</?(?:bgsound|embed|keygen|source|track|wbr)(?=[\s/>])[^<>]*>", re.IGNORECASE)
"""Tags of elements without content that the parser would take to hold what follows; they show no text."""
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")


def check_tree_size(data: bytes, where: str) -> None:
    """Refuse markup whose tree would not fit into memory.

    Raises:
        UnreadableFiling: If its tags and attributes would take more than `MAX_TREE_BYTES`.
    """
    if len(data) * (1 + max(TAG_BYTES, ATTRIBUTE_BYTES)) <= MAX_TREE_BYTES:
        return  # whatever its bytes are
    size = len(data) + TAG_BYTES * data.count(b"<") + ATTRIBUTE_BYTES * data.count(b"=")
    if size > MAX_TREE_BYTES:
        raise UnreadableFiling(
            f"its markup would take {size:,} bytes of memory, more than the {MAX_TREE_BYTES:,} allowed",
            where=where,
            hint="no filing has as many tags; use the file as EDGAR serves it",
        )


def parse_html(data: bytes, where: str, *, deep: bool = False) -> tuple[etree._Element | None, list[str]]:
    """The root element of a page in UTF-8, None if nothing of it is HTML, and what could not be read.

    Comments and processing instructions are left out, a missing document type stays missing.

    Args:
        data: The page.
        where: Its name, for messages.
        deep: True to read on below 256 levels and behind 10 MB of text without a tag.

    Raises:
        UnreadableFiling: If its tree would be too large, or a tag has too many attributes.
    """
    check_tree_size(data, where)
    _check_tags(data, where)
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_pis=True,
        remove_comments=True,
        default_doctype=False,
        huge_tree=deep,
    )
    try:
        root = etree.fromstring(_VOID.sub(b"", data), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, []
    return root, [problem.message for problem in parser.error_log.filter_from_fatals()]


def _check_tags(data: bytes, where: str) -> None:
    """Refuse a page with tags of more attributes than the HTML parser reads in linear time.

    Raises:
        UnreadableFiling: If a tag has more than `MAX_TAG_ATTRIBUTES`.
    """
    for found in _LONG_TAG.finditer(data):
        tag = _QUOTED.sub(b"", found[0]).partition(b">")[0]
        if max(tag.count(b"="), len(tag.split())) > MAX_TAG_ATTRIBUTES:
            raise UnreadableFiling(
                f"a tag of it has more than {MAX_TAG_ATTRIBUTES:,} attributes",
                where=where,
                hint="no filing has such tags; use the file as EDGAR serves it",
            )
