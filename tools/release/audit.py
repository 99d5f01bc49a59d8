"""What is installed with the developers' list: pinned, of known licence, consistent, and without known holes.

Vulnerabilities are asked for where a service answers; where none does, that is said and nothing is claimed.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import Distribution, distributions

from ..places import ROOT

_FREE = (
    r"MIT|BSD|Apache|ISC|0BSD|PSF|Python Software Foundation|Zlib|CC0|CNRI-Python|Artistic|MPL|Mozilla|LGPL"
)
"""Licences that may be used beside Apache-2.0 code; MPL and LGPL as long as the library is not changed.

None of them is carried in our wheel: pip installs them beside it. LGPL is psycopg's, of the extra `postgres`.
"""
_JUDGED = {
    "resvg-py": "MIT, its LICENSE file",
    "axe-playwright-python": "MIT, its LICENSE file; carries axe-core, MPL-2.0",
}
_TOOLS = ("hashpivot", "pip", "setuptools", "wheel")
_SERVICE = "osv"  # the database that PyPI's own advisories are in too
_PATIENCE = 10  # seconds for an answer of the service


def run() -> tuple[list[str], list[str]]:
    """Look at everything pinned.

    Returns:
        What was checked, one line each, and what is wrong.
    """
    pins, installed = pinned(), {plain(dist.name): dist for dist in distributions()}
    wrong = [f"{name}: installed and not pinned" for name in installed if name not in (*pins, *_TOOLS)]
    wrong += [
        f"{name}: pinned {version}, installed {installed[name].version}"
        for name, version in pins.items()
        if name in installed and installed[name].version != version
    ]
    absent = sorted(set(pins) - set(installed))
    licences = {name: licence_of(installed[name]) for name in pins if name in installed}
    wrong += [f"{name}: licence {found or 'unknown'}" for name, found in licences.items() if not free(found)]
    told = [f"{len(licences)} distributions: licences known and compatible"]
    told += [f"pinned and not installed here, so not looked at: {', '.join(absent)}"] if absent else []
    consistent = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)
    if consistent.returncode:
        wrong.append(consistent.stdout.strip())
    told.append("pip check: " + ("consistent" if not consistent.returncode else "not consistent"))
    known, holes = _vulnerabilities()
    return [*told, known], [*wrong, *holes]


def licence_of(distribution: Distribution) -> str:
    """The licence as the metadata say it: an expression, classifiers as alternatives, or words."""
    metadata = distribution.metadata
    judged = _JUDGED.get(plain(distribution.name))
    if judged:
        return judged
    if expression := metadata.get("License-Expression"):
        return expression
    classes = [
        text.rpartition(" :: ")[2]
        for text in metadata.get_all("Classifier") or []
        if text.startswith("License ::")
    ]
    return " OR ".join(classes) or (metadata.get("License") or "").partition("\n")[0]


def free(licence: str) -> bool:
    """True if one alternative of a licence is free in all its parts."""
    return any(
        all(re.search(_FREE, part) for part in alternative.split(" AND "))
        for alternative in licence.split(" OR ")
    )


@cache
def pinned() -> dict[str, str]:
    """The versions of constraints.txt by plain name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.partition("==") for line in lines if line and not line.startswith("#"))
    return {plain(name): version for name, _, version in pins}


def plain(name: str) -> str:
    """A distribution's name as every spelling of it gives."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _vulnerabilities() -> tuple[str, list[str]]:
    """What was asked, and the known holes."""
    words = [sys.executable, "-m", "pip_audit", "--vulnerability-service", _SERVICE, "--no-deps"]
    words += ["--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", str(_PATIENCE)]
    asked = subprocess.run(
        [*words, "--requirement", str(ROOT / "constraints.txt")], capture_output=True, text=True
    )
    try:
        found = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        reason = (asked.stderr.strip().splitlines() or ["no answer"])[-1]
        return f"vulnerabilities: NOT CHECKED, the service could not be asked ({reason[:120]})", []
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}" for one in found for hole in one.get("vulns", [])
    ]
    return f"vulnerabilities: {len(found)} distributions looked up in {_SERVICE}, {len(holes)} known", holes
