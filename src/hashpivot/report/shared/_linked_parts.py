"""A page in parts: links lead to the part that holds what they point to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from ._template import PageBody

_ID = re.compile(r'\sid="([^"]+)"')
_LINK = re.compile(r'href="#([^"]+)"')


def linked_parts(parts: Mapping[str, PageBody]) -> dict[str, PageBody]:
    """Return the parts with each link within the page led to the part that has its target.

    Text from outside is escaped in a body, so it can hold neither an id nor a link. A link whose target no
    part has stays as it is.

    Args:
        parts: By address, escaped for an attribute.
    """
    homes = {name: address for address, part in parts.items() for name in _ID.findall(part.html)}

    def led(address: str, match: re.Match[str]) -> str:
        home = homes.get(match[1], address)
        return match[0] if home == address else f'href="{home}#{match[1]}"'

    return {
        address: replace(part, html=_LINK.sub(lambda match: led(address, match), part.html))  # noqa: B023
        for address, part in parts.items()
    }
