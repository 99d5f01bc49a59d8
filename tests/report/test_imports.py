from __future__ import annotations

import subprocess
import sys

import hashpivot.report


def test_tables_and_workbooks_do_not_wait_for_numpy() -> None:
    """A process of its own: what stands on nowcast, outlook and site is imported when it is asked for."""
    code = "import sys, hashpivot.report; print([m for m in ('numpy', 'jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    assert all(getattr(hashpivot.report, name) for name in hashpivot.report.__all__)
