"""Measure which lines of the package the tests run, this process and its workers counted."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from ..places import ROOT

_LEAST_COVERED = 5  # rooms named in the result


def run() -> tuple[bool, float, dict[str, float]]:
    """Run the tests under coverage.

    Returns:
        Whether they passed, the share of lines they ran, and that of each room.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        words = [sys.executable, "-m", "pytest", "-n", "2", "--cov=hashpivot", f"--cov-report=json:{report}"]
        passed = subprocess.run(words, cwd=ROOT, stdout=subprocess.DEVNULL).returncode == 0
        files = json.loads(report.read_text(encoding="utf-8"))["files"] if report.is_file() else {}
    return passed, _share(list(files.values())), _by_room(files)


def _by_room(files: dict[str, dict]) -> dict[str, float]:
    """Share of lines run, by room, the least covered first."""
    rooms: dict[str, list[dict]] = {}
    for path, file in files.items():
        below = Path(path).parts[Path(path).parts.index("hashpivot") + 1 :]
        rooms.setdefault(below[0] if len(below) > 1 else "hashpivot", []).append(file)
    shares = {room: _share(some) for room, some in rooms.items()}
    return dict(sorted(shares.items(), key=lambda item: item[1])[:_LEAST_COVERED])


def _share(files: list[dict]) -> float:
    lines = sum(file["summary"]["num_statements"] for file in files)
    return sum(file["summary"]["covered_lines"] for file in files) / lines if lines else 0.0
