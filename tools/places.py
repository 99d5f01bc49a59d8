"""The folders the tools read and write."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "hashpivot"
TESTS = ROOT / "tests"
DATA = ROOT.parent / "shared" / "data"


def tables(room: str) -> Path:
    """The folder of the tables that a room of the package ships."""
    return PACKAGE / room / "data"


def pages() -> list[Path]:
    """README.md, CHANGELOG.md, CONTRIBUTING.md and every page of docs/."""
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
