"""Run a command in this process: one of its own takes half a second to begin."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import warnings
from contextlib import ExitStack, chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TextIO
from unittest.mock import patch

from hashpivot.cli import main

_OWN = (DeprecationWarning, PendingDeprecationWarning, SyntaxWarning, BytesWarning)
"""Warnings that must not come out of our own code; a FutureWarning is ours, for users."""


class Screen(io.StringIO):
    """Text that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def run_here(
    *words: str, env: dict[str, str], folder: Path | None = None, screen: bool = False
) -> subprocess.CompletedProcess[str]:
    """The command's end: status and what it printed, on a terminal or into a pipe.

    Args:
        words: The command line behind `hashpivot`.
        env: Variables set while it runs.
        folder: Where it runs; where this process stands if None.
        screen: Whether it prints on a terminal.
    """
    out, err = (Screen(), Screen()) if screen else (io.StringIO(), io.StringIO())
    code = run_into(*words, env=env, out=out, err=err, folder=folder)
    return subprocess.CompletedProcess(["hashpivot", *words], code, out.getvalue(), err.getvalue())


def run_into(*words: str, env: dict[str, str], out: TextIO, err: TextIO, folder: Path | None = None) -> int:
    """The exit status of a command that prints to the streams given; the rest as `run_here`."""
    status: object = 0
    with ExitStack() as stack:
        stack.enter_context(patch.dict(os.environ, env))
        stack.enter_context(patch.object(sys, "argv", ["hashpivot", *words]))
        stack.enter_context(warnings.catch_warnings())
        warnings.resetwarnings()  # as in a process of its own, where none is an error
        warnings.simplefilter("ignore", DeprecationWarning)
        for category in _OWN:
            warnings.filterwarnings("error", category=category, module=r"hashpivot(\.|$)")
        warnings.simplefilter("error", ResourceWarning)
        if folder is not None:
            stack.enter_context(chdir(folder))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        try:
            main()
        except SystemExit as end:
            status = end.code
    return status if isinstance(status, int) else int(status is not None)
