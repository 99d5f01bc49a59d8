"""The engine against the same model written plainly twice, on the same random numbers."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_a_loop_over_paths_and_plain_numpy_find_the_same() -> None:
    words = [sys.executable, "-m", "benchmarks.outlook", "--check", "--loop-paths", "8"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, timeout=100)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("largest relative difference") == 2
