"""README's two commands, so that CI runs just what a reader is told to run."""

from __future__ import annotations

import re

from ..places import ROOT

_MARKS = {"season": "hashpivot season", "test": "pytest"}


def command(name: str) -> str:
    """The line in a shell block of README.md that sets up an environment and then does the named work."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("python3 -m venv")]
    return next(line for line in lines if _MARKS[name] in line)
