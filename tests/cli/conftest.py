"""Run the command as a user does: in this process, or, where that is what is tested, in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .in_process import run_here

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """`run("season", "2024Q4", home=...)`: status and texts of the command, in this process."""

    def run_command(
        *words: str, home: Path | None = None, ledger: Path | str = ""
    ) -> subprocess.CompletedProcess[str]:
        return run_here(*words, env=_variables(home or tmp_path / "home", ledger), folder=tmp_path)

    return run_command


@pytest.fixture
def run_process(tmp_path: Path) -> Run:
    """The same in a process of its own; never a traceback."""

    def run_command(
        *words: str, home: Path | None = None, ledger: Path | str = ""
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "hashpivot", *words],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=os.environ | _variables(home or tmp_path / "home", ledger),
            timeout=600,  # only so that a command that hangs ends
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run_command


def _variables(home: Path, ledger: Path | str) -> dict[str, str]:
    return {"HASHPIVOT_HOME": str(home), "HASHPIVOT_LEDGER": str(ledger), "COLUMNS": "120"}


@pytest.fixture
def run_json(run: Run) -> Callable[..., Any]:
    """The JSON a command prints; it must have succeeded."""

    def run_it(*words: str, **kwargs: Any) -> Any:
        done = run(*words, "--json", **kwargs)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run_it
