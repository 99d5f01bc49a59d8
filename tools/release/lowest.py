"""The lowest version of every core dependency, from pyproject.toml's lower bounds."""

from __future__ import annotations

import tomllib

from ..places import ROOT


def constraints() -> list[str]:
    """One pip constraint for each dependency."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [requirement.replace(">=", "==") for requirement in project["dependencies"]]
