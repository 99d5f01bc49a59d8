"""The example sites: their names and what each is, as its file says."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def example_sites() -> dict[str, str]:
    """Return the example sites: by name, which `load_site` takes as it is, what each is in one line."""
    return {name: tomllib.loads(example_text(name))["description"] for name in _names()}


def example_text(name: str) -> str:
    """Return the TOML text of an example."""
    return (_FOLDER / f"{name}.toml").read_text(encoding="utf-8")
