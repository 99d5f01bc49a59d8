"""Print one of the README's two commands, so that CI runs just what a reader is told to run.

python scripts/readme_command.py season|test
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def command(name: str) -> str:
    """The line in a shell block of README.md that ends with the named work."""
    text = (Path(__file__).resolve().parents[1] / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("python3 -m venv")]
    mark = {"season": "hashpivot season", "test": "pytest"}[name]
    return next(line for line in lines if mark in line)


if __name__ == "__main__":
    print(command(sys.argv[1]))
