"""A site from a TOML file, or from an example by name."""

from __future__ import annotations

from pathlib import Path

from hashpivot.core import UnreadableFile, parse_toml, read_text

from ..examples import example_sites, example_text
from ._site import Site
from .base import Fields, InvalidSite

_LARGEST_BYTES = 1_000_000  # no site written by hand comes near it; a file of prices named by mistake does


def load_site(path: str | Path) -> Site:
    """Read a site from a TOML file, or one of `example_sites` by name.

    Raises:
        UnreadableFile: If there is no such file or it is not text.
        InvalidSite: If it cannot be a site, naming the key and what it may be.
    """
    name = str(path)
    return parse_site(site_text(path), f"{name}.toml" if name in example_sites() else name)


def site_text(path: str | Path) -> str:
    """Return the text of a site's file, or of an example by name.

    Raises:
        UnreadableFile: If there is no such file or it is not text.
    """
    name = str(path)
    return example_text(name) if name in example_sites() else _read(Path(path))


_LONGEST_KEY = 100
"""Dots of a line: keys of many parts take a time that grows with the square of their number."""


def parse_site(text: str, where: str = "site") -> Site:
    """Read a site from TOML text; `where` names it in errors.

    Raises:
        InvalidSite: If it cannot be a site, naming the key and what it may be.
    """
    line = next((n for n, line in enumerate(text.splitlines(), 1) if line.count(".") > _LONGEST_KEY), 0)
    if line:
        raise InvalidSite(f"line {line} has more than {_LONGEST_KEY} dots", where=where, hint="shorten it")
    try:
        table = parse_toml(text)
    except ValueError as error:
        raise InvalidSite(f"is not valid TOML: {error}", where=where) from None
    return Site.read(Fields(table, where))


def _read(path: Path) -> str:
    try:
        return read_text(path, _LARGEST_BYTES)
    except (OSError, ValueError) as error:
        examples = "".join(f"\n    {name}: {text}" for name, text in example_sites().items())
        hint = f"name a TOML file, or an example:{examples}"
        why = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise UnreadableFile(f"cannot be read: {why}", where=str(path), hint=hint) from None
