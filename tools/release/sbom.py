"""Write sbom.cdx.json: what a wheel of the package stands on and carries, as CycloneDX.

    python -m tools write sbom

Libraries are those that pip installs beside it, at the versions of constraints.txt: `required` ones, and
`optional` ones of the extras that CI installs. Files of others and packaged tables are in the wheel itself,
with their SHA-256. It holds no time and no random number: the same tree always gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from license_expression import ExpressionError, get_spdx_licensing
from packaging.requirements import Requirement

from hashpivot import __version__

from ..docs.notice import VENDORED, descriptors, released
from ..parts import Made
from ..places import PACKAGE, ROOT
from .audit import licence_of, pinned, plain

SBOM = ROOT / "sbom.cdx.json"
_OURS = "hashpivot"
_DEVELOPERS = "dev"  # the extra that no user installs
_MACHINE = {
    "python_version": "3.11",
    "python_full_version": "3.11.0",
    "sys_platform": "linux",
    "os_name": "posix",
}
"""Markers are read for one machine, that of CI: the list must not depend on where it is written."""
_SPDX = {"MIT License": "MIT", "Apache Software License": "Apache-2.0", "Zero-Clause BSD": "0BSD"}
"""Words of metadata that name one licence only (`BSD License` does not)."""
Component = dict[str, Any]


def make() -> Made:
    """The bill of materials."""
    return {SBOM: json.dumps(bill(), indent=2, ensure_ascii=False) + "\n"}


def bill() -> Component:
    """It as CycloneDX 1.6."""
    held = {plain(one.name): one for one in distributions()}
    ours = held[_OURS]
    required = _closure(ours, held, {""})
    every = _closure(ours, held, _extras(ours))
    reference = f"pkg:pypi/{_OURS}@{__version__}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": reference,
                "name": _OURS,
                "version": __version__,
                "licenses": [{"expression": "Apache-2.0"}],
                "purl": reference,
            }
        },
        "components": [
            *(_library(held[name], "required" if name in required else "optional") for name in sorted(every)),
            *map(_file_of_others, released()),
            *(table for path, package in descriptors().items() for table in _tables(path, package)),
        ],
        "dependencies": [
            {"ref": reference, "dependsOn": _references(_needs(ours, {"", *_extras(ours)}), held)},
            *(
                {"ref": _purl(held[name]), "dependsOn": _references(_needs(held[name], {""}), held)}
                for name in sorted(every)
            ),
        ],
    }


def _extras(distribution: Distribution) -> set[str]:
    return {plain(extra) for extra in distribution.metadata.get_all("Provides-Extra") or ()} - {_DEVELOPERS}


def _needs(distribution: Distribution, extras: set[str]) -> dict[str, set[str]]:
    """What a distribution needs with any of those extras (`""` for none): names, and extras of those."""
    needs: dict[str, set[str]] = {}
    for requirement in map(Requirement, distribution.requires or ()):
        marker = requirement.marker
        if marker is None or any(marker.evaluate({**_MACHINE, "extra": extra}) for extra in extras):
            needs.setdefault(plain(requirement.name), set()).update(requirement.extras)
    return needs


def _closure(start: Distribution, held: dict[str, Distribution], extras: set[str]) -> set[str]:
    """Names of all that are installed with a distribution and its extras."""
    found: set[tuple[str, str]] = set()
    open_ = list(_needs(start, {"", *extras}).items())
    while open_:
        name, wanted = open_.pop()
        new = {("", name), *((extra, name) for extra in wanted)} - found
        if new and name in held:
            found |= new
            open_ += _needs(held[name], {"", *wanted}).items()
    return {name for _, name in found}


def _library(distribution: Distribution, scope: str) -> Component:
    name = plain(distribution.name)
    return {
        "type": "library",
        "bom-ref": _purl(distribution),
        "name": name,
        "version": pinned().get(name, distribution.version),
        "scope": scope,
        "licenses": [_licence(licence_of(distribution))],
        "purl": _purl(distribution),
    }


def _purl(distribution: Distribution) -> str:
    name = plain(distribution.name)
    return f"pkg:pypi/{name}@{pinned().get(name, distribution.version)}"


def _references(names: Iterable[str], held: dict[str, Distribution]) -> list[str]:
    return sorted(_purl(held[name]) for name in names if name in held)


def _licence(words: str) -> Component:
    """An SPDX expression where the words are one, else a name."""
    words = _SPDX.get(words, words)
    try:
        _licensing().parse(words, validate=True, strict=True)
    except ExpressionError:
        return {"license": {"name": words}}
    return {"expression": words}


_licensing = cache(get_spdx_licensing)


def _file_of_others(file: dict[str, str]) -> Component:
    name, _, rest = file["release"].partition(" ")
    version, _, path = rest.partition(", ")
    purl = f"pkg:npm/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": file["sha256"]}],
        "licenses": [_licence(file["licence"])],
        "purl": purl,
        "properties": [
            _property("file", (VENDORED / file["file"]).relative_to(PACKAGE).as_posix()),
            _property("released-as", path),
        ],
    }


def _tables(path: str, package: dict[str, Any]) -> list[Component]:
    """Every table of a descriptor."""
    folder = Path(path).parent
    return [
        {
            "type": "data",
            "bom-ref": (folder / table["path"]).as_posix(),
            "name": (folder / table["path"]).as_posix(),
            "version": __version__,
            "description": package["title"],
            "scope": "required",
            "hashes": [{"alg": "SHA-256", "content": _sha256(PACKAGE / folder / table["path"])}],
            "licenses": [{"license": {"id": licence["name"]}} for licence in package["licenses"]],
            "properties": [
                _property("source", " ".join(filter(None, (source["title"], source.get("path")))))
                for source in package["sources"]
            ],
        }
        for table in package["resources"]
    ]


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": f"{_OURS}:{name}", "value": value}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
