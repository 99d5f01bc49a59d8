"""Write NOTICE: the packaged tables with licence and sources, and the files of others that pages load.

    python -m tools write notice

A descriptor without a licence, or with a non-commercial one, is an error: such a table must not be shipped.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import fill
from typing import Any

from ..parts import Made
from ..places import PACKAGE, ROOT

VENDORED = PACKAGE / "web" / "vendored"
NON_COMMERCIAL = re.compile(r"\bNC\b|non-?commercial", re.IGNORECASE)
_HEAD = """hashpivot

The software is under the Apache License 2.0 (LICENSE). The tables shipped with it hold facts: numbers, names
and dates with their sources. Our selection and arrangement of them is under the same licence; the facts are
nobody's. Why each table may be shipped, and what was left out, is in docs/data.md.
"""


def descriptors(package: Path = PACKAGE) -> dict[str, dict[str, Any]]:
    """Every descriptor in the package, by its path within it."""
    return {
        path.relative_to(package).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(package.rglob("datapackage.json"))
    }


def licence_problems(found: dict[str, dict[str, Any]]) -> list[str]:
    """Descriptors that name no licence, or a non-commercial one for the table or a source."""
    problems = []
    for path, package in found.items():
        if not package.get("licenses"):
            problems.append(f"{path}: no licences")
        for part in (*package.get("licenses", ()), *package.get("sources", ())):
            text = " ".join(map(str, part.values()))
            if NON_COMMERCIAL.search(text):
                problems.append(f"{path}: {text} is non-commercial")
    return problems


def undescribed(package: Path = PACKAGE) -> list[str]:
    """Tables in the package that no descriptor names, by path within it."""
    named = {
        (Path(path).parent / resource["path"]).as_posix()
        for path, found in descriptors(package).items()
        for resource in found["resources"]
    }
    tables = {path.relative_to(package).as_posix() for path in package.rglob("*.csv*")}
    return sorted(tables - named)


def make() -> Made:
    """NOTICE.

    Raises:
        ValueError: A descriptor names no licence, or a non-commercial one, or a table has no descriptor.
    """
    found = descriptors()
    problems = [*licence_problems(found), *(f"{path}: in no datapackage.json" for path in undescribed())]
    if problems:
        raise ValueError("; ".join(problems))
    entries = [_entry(path, package) for path, package in found.items()]
    return {ROOT / "NOTICE": "\n".join([_HEAD, *entries, _vendored()])}


def _entry(path: str, package: dict[str, Any]) -> str:
    tables = ", ".join(resource["path"] for resource in package["resources"])
    licences = ", ".join(licence["name"] for licence in package["licenses"])
    sources = [" ".join(filter(None, (s["title"], s.get("path")))) for s in package.get("sources", ())]
    return "\n".join(
        [
            f"{path.rsplit('/', 1)[0]}: {tables} ({licences})",
            fill(package["description"], 100, initial_indent="  ", subsequent_indent="  "),
            *(_item(source) for source in sources),
            "",
        ]
    )


def _vendored() -> str:
    items = [_item(f"{file['release']} ({file['licence']}), sha256 {file['sha256']}") for file in released()]
    head = "web/vendored: as released on npm, unchanged, loaded by the pages of `hashpivot serve`"
    return "\n".join([head, *items, ""])


def released() -> list[dict[str, str]]:
    """The files of others: `file`, `release`, `licence` and `sha256` of each."""
    found: list[dict[str, str]] = json.loads((VENDORED / "released.json").read_text(encoding="utf-8"))
    return found


def _item(source: str) -> str:
    return fill(
        source, 100, initial_indent="  - ", subsequent_indent="    ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
