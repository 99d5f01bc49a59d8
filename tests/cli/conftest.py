"""Run the command as a user does: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("season", "2024Q4", home=...)`: the finished process; never a traceback."""

    def run_command(
        *words: str, home: Path | None = None, ledger: Path | str = ""
    ) -> subprocess.CompletedProcess[str]:
        folders = {"HASHPIVOT_HOME": str(home or tmp_path / "home"), "HASHPIVOT_LEDGER": str(ledger)}
        env = os.environ | folders | {"COLUMNS": "120"}
        done = subprocess.run(
            [sys.executable, "-m", "hashpivot", *words],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=env,
            timeout=600,  # only so that a command that hangs ends
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run_command


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    """The JSON a command prints; it must have succeeded."""

    def run_it(*words: str, **kwargs: Any) -> Any:
        done = run(*words, "--json", **kwargs)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run_it
