"""Print the lowest version of every core dependency as pip constraints, from pyproject.toml's lower bounds.

python scripts/lowest.py > lowest.txt && pip install --constraint lowest.txt .
"""

from __future__ import annotations

import tomllib
from pathlib import Path


def main() -> None:
    project = tomllib.loads(
        (Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    )
    for requirement in project["project"]["dependencies"]:
        print(requirement.replace(">=", "=="))


if __name__ == "__main__":
    main()
