"""Parsing XML safely: no network, no entities, no DTD, any encoding; broken markup is repaired."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from hashpivot.core import UnreadableFiling

from ._markup import check_tree_size
from ._notes import Notes
from ._references import mended_references, numeric_references

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:\-]{1,40})["']""")
_ASCII_LIKE = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_PROLOG = re.compile(rb"(?:\s++|<\?(?s:.*?)\?>|<!--(?s:.*?)-->)*+<!DOCTYPE")
_HUGE = 10_000_000


def as_utf8(data: bytes, notes: Notes, where: str) -> tuple[bytes, str | None]:
    """The bytes in an encoding that keeps ASCII as it is, and the encoding to force on the parser.

    The encoding is None where the parser may trust the document's own declaration.

    Raises:
        UnreadableFiling: If the document declares entities, which no filing needs.
    """
    encoding = _encoding(data)
    forced: str | None = None
    if encoding not in _ASCII_LIKE:
        data, forced = transcode(data, encoding, notes), "utf-8"
    if _PROLOG.match(data):
        refuse_entities(data, where)
    return data, forced


def refuse_entities(data: bytes, where: str) -> None:
    """Raise UnreadableFiling if the document declares entities, which no filing needs."""
    if b"<!ENTITY" in data:
        raise UnreadableFiling(
            "the document declares entities, which may expand without bound",
            where=where,
            hint="filings never declare entities; use the file as EDGAR serves it",
        )


def parse(data: bytes, forced: str | None, notes: Notes, where: str) -> etree._Element:
    """The root element; broken markup is repaired with a warning, references are read as browsers do.

    Raises:
        UnreadableFiling: If nothing of it is XML, or its tree would be too large.
    """
    data = numeric_references(data, notes)
    if _PROLOG.match(data):  # with a document type, XML lets references stand that nobody declares
        data = mended_references(data, notes)
    check_tree_size(data, where)
    try:
        return etree.fromstring(data, _parser(data, forced))
    except (etree.XMLSyntaxError, LookupError):
        pass
    refuse_entities(data, where)
    if forced is None:
        data, forced = transcode(data, "utf-8", notes), "utf-8"
    data = mended_references(data, notes)
    try:
        return etree.fromstring(data, _parser(data, forced))
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error)
    try:
        root = etree.fromstring(data, _parser(data, forced, recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        root, reason = None, str(error)
    if root is None:
        raise UnreadableFiling(f"not XML: {reason}", where=where, hint="use the file as EDGAR serves it")
    notes.add("not well-formed XML, read as far as it goes", reason)
    return root


def _parser(data: bytes, encoding: str | None, *, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        recover=recover,
        no_network=True,
        resolve_entities=False,
        load_dtd=False,
        huge_tree=len(data) > _HUGE,
    )


def _encoding(data: bytes) -> str:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    declared = _DECLARED.match(data)
    try:
        name = codecs.lookup(declared.group(1).decode("ascii")).name if declared else "utf-8"
    except LookupError:
        return "unknown"
    return "unknown" if name.startswith(("utf-16", "utf-32")) else name  # a declaration in ASCII refutes them


def transcode(data: bytes, encoding: str, notes: Notes) -> bytes:
    """The bytes as UTF-8, read in the encoding named, else as UTF-8 or Windows-1252 with a note."""
    for name in (encoding, "utf-8", "cp1252"):
        try:
            text = data.decode(name)
        except (LookupError, ValueError):
            continue
        if name != encoding:
            notes.add("wrong character encoding", f"declared or implied {encoding}, read as {name}")
        return text.encode("utf-8", "replace")
    notes.add("wrong character encoding", f"not {encoding}; bytes that are no characters were replaced")
    return data.decode("utf-8", "replace").encode("utf-8")
