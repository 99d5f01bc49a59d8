"""Qualified names, with prefixes chosen by namespace so that every filer's `us-gaap` is `us-gaap`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

_STANDARD = re.compile(
    r"https?://(?:www\.)?(?:fasb\.org|xbrl\.us|xbrl\.sec\.gov)/(?P<a>[a-z\-]+)/\d{4}"
    r"|https?://xbrl\.ifrs\.org/taxonomy/[\d\-]+/(?P<b>[a-z_\-]+)"
    r"|http://www\.xbrl\.org/(?:2003|2009)/(?P<c>iso4217|utr)$"
    r"|http://www\.xbrl\.org/2003/(?P<d>instance)$"
)
_RESERVED = frozenset(
    {"us-gaap", "srt", "dei", "ifrs-full", "country", "currency", "exch", "stpr", "ecd", "cyd"}
)


class UndeclaredPrefix(Exception):
    """A name uses a prefix the document does not declare."""


class Names:
    """Turns the names written in one document into canonical ones.

    Args:
        root: Root element, whose prefixes hold everywhere.
        local: True if elements below the root declare prefixes too, which makes every look-up slower.
    """

    def __init__(self, root: etree._Element, *, local: bool) -> None:
        self._root: Mapping[str | None, str] = root.nsmap
        self.local = local
        self.known: dict[str, str] = {}  # stays empty if local
        self._prefixes: dict[str, str] = {}
        for prefix, uri in self._root.items():
            if prefix:
                self._prefixes.setdefault(uri, canonical_prefix(uri, prefix))

    def read(self, name: str, element: etree._Element) -> str:
        """The canonical form of a name written in an attribute or the text of `element`.

        Raises:
            UndeclaredPrefix: If its prefix is not declared.
        """
        if self.local:
            return self._resolve(name, element.nsmap)
        known = self.known.get(name)
        if known is None:
            known = self.known[name] = self._resolve(name, self._root)
        return known

    def uri(self, name: str, element: etree._Element) -> tuple[str, str]:
        """Namespace (empty if unknown) and local part of a name."""
        prefix, _, local = name.strip().rpartition(":")
        return (element.nsmap if self.local else self._root).get(prefix or None, ""), local

    def of_tag(self, tag: str, prefix: str | None) -> str:
        """The canonical form of an element's own tag, `{uri}Local`."""
        uri, _, local = tag[1:].rpartition("}")
        return self._join(uri, local, prefix or "")

    def _resolve(self, name: str, nsmap: Mapping[str | None, str]) -> str:
        prefix, _, local = name.strip().rpartition(":")
        uri = nsmap.get(prefix or None)
        if uri is None and prefix:
            raise UndeclaredPrefix(name)
        return self._join(uri or "", local, prefix)

    def _join(self, uri: str, local: str, prefix: str) -> str:
        if not uri:
            return local
        chosen = self._prefixes.get(uri)
        if chosen is None:
            chosen = self._prefixes[uri] = canonical_prefix(uri, prefix)
        return f"{chosen}:{local}" if chosen else local


def canonical_prefix(uri: str, prefix: str) -> str:
    """The one prefix of a standard namespace, else the document's own.

    A filer's own namespace under a standard prefix gets `-custom` appended: it cannot pass for the standard.
    """
    found = _STANDARD.match(uri)
    if found:
        name = found.group(found.lastgroup or 0)
        return "xbrli" if name == "instance" else name
    return f"{prefix}-custom" if prefix in _RESERVED else prefix
