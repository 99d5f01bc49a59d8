"""A page made safe: only what sets out text is kept, nothing that acts or loads; its text is unchanged."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from ..page import local_name
from ._anchor import PREFIX

SHOWN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox"
)
"""The Content-Security-Policy a shown page is to be served with."""

_KEPT = frozenset((
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "body", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "dir", "div", "dl", "dt", "em", "font", "footer", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "kbd", "li", "main", "menu", "nav",
    "nobr", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr",
))  # fmt: skip
_CUT = frozenset({"script", "style", "iframe", "template", "head", "title", "ix:header"})
"""Left out with what is in them, which nobody sees; all else becomes a plain element around its text."""

_BLOCKS = {
    "form": "div",
    "fieldset": "div",
    "noscript": "div",
    "html": "div",
    "xmp": "pre",
    "plaintext": "pre",
}
_ATTRIBUTES = frozenset((
    "align", "bgcolor", "border", "cellpadding", "cellspacing", "class", "clear", "color", "colspan",
    "compact", "dir", "face", "headers", "height", "hidden", "id", "lang", "name", "noshade", "nowrap",
    "rowspan", "rules", "scope", "size", "span", "start", "style", "text", "type", "valign", "value", "width",
))  # fmt: skip
_LOADS = re.compile(r"url|image|src|expression|binding|behaviou?r|import|\\|<", re.IGNORECASE)
_IMPORT = re.compile(r"@(?:import|charset|namespace)[^;{]*;?", re.IGNORECASE)
_LOADING_RULE = re.compile(
    r"[^;{}]*(?:url|image|src|expression|binding|behaviou?r|\\)[^;{}]*(?=[;}]|$)", re.I
)
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


def clean(root: etree._Element, named: Mapping[etree._Element, str]) -> tuple[etree._Element, str]:
    """The body of a page without what acts or loads, and its style sheets likewise. The tree is changed.

    Args:
        root: Root element of the page.
        named: The ids to set, by element.
    """
    sheets: list[str] = []
    _make_writable(root)
    for element in list(root.iter()):
        name = local_name(element)
        if not name or name in _CUT:
            if name == "style":
                sheets.append(clean_sheet("".join(map(str, element.itertext()))))
            if element is not root:
                _cut(element)
            continue
        own = named.get(element, "")
        _set_attributes(element, own)
        element.tag = name if name in _KEPT else _other(name)
    body = root if root.tag == "body" else next(root.iter("body"), None)
    if body is None:
        body = etree.Element("body")
        body.append(root)
    elif (parent := body.getparent()) is not None:
        parent.remove(body)  # its serialization would declare the name spaces around it
    for inner in list(body.iter("body")):
        if inner is not body:
            inner.tag = "div"
    etree.cleanup_namespaces(body)
    return body, "\n".join(sheets)


def writable(text: str) -> str:
    """The text with characters that no XML may hold, which HTML reads all the same, blank or replaced."""
    return _NO_XML.sub(lambda found: " " if found[0].isspace() else "\ufffd", text)


def _make_writable(root: etree._Element) -> None:
    """The parser puts into a tree what cannot be put there again, such as a form feed."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.text and _NO_XML.search(element.text):
            element.text = writable(element.text)
        if element.tail and _NO_XML.search(element.tail):
            element.tail = writable(element.tail)


def clean_sheet(text: str) -> str:
    """A style sheet without what loads anything."""
    plain = _COMMENT.sub(" ", text).replace("<!--", " ").replace("-->", " ")
    if not _LOADS.search(plain):
        return plain
    return _LOADING_RULE.sub("", _IMPORT.sub(" ", plain)).replace("<", " ")


def _other(name: str) -> str:
    if name.startswith("ix:"):
        return "ix-part"
    return _BLOCKS.get(name, "span")


def _set_attributes(element: etree._Element, own: str) -> None:
    attributes = element.attrib
    kept: dict[str, str] = {}
    for name, value in attributes.items():
        written = str(name).lower()
        if written == "href":
            if str(value).startswith("#") and len(value) > 1:
                kept["href"] = str(value)
        elif written == "style":
            kept["style"] = clean_declarations(str(value))
        elif written in _ATTRIBUTES and not (written in ("id", "name") and str(value).startswith(PREFIX)):
            kept[written] = str(value)
    attributes.clear()
    if own:
        _keep_target(element, kept)
        kept["id"] = own
    attributes.update({name: writable(value) for name, value in kept.items()})


def clean_declarations(written: str) -> str:
    """The declarations of a `style` attribute without those that load anything."""
    if not any(mark in written for mark in "(\\<"):
        return written  # nothing is loaded without
    return ";".join(part for part in written.split(";") if not _LOADS.search(part))


def _keep_target(element: etree._Element, kept: dict[str, str]) -> None:
    """The page's own id of an element that gets ours, where the page's own links may lead to it."""
    theirs = kept.get("id", "")
    if theirs and not local_name(element).startswith("ix:") and local_name(element) not in ("table", "tr"):
        mark = etree.Element("a", id=writable(theirs))
        mark.tail, element.text = element.text, None
        element.insert(0, mark)


def _cut(element: etree._Element) -> None:
    """Take an element out, and leave the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    tail = element.tail
    if tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)
