"""The folder of the user's own ledger, downloads and settings."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """`HASHPIVOT_HOME` if set, else the platform's data folder. Not created here."""
    named = os.environ.get("HASHPIVOT_HOME")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("hashpivot", appauthor=False)
