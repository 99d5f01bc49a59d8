"""What the tutorial's commands print, so that the page shows what a reader will see.

python -m tools write transcripts
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from hashpivot.core import Quarter
from hashpivot.testing.generated import generated_universe, universe_filings
from hashpivot.testing.services import EdgarService

from ..parts import Made

_WIDTH = 100
_SHOWN_ADDRESS = "http://127.0.0.1:8000"
# Section: command line, and how many lines of its output the page shows.
COMMANDS = {
    "season": ("season 2024Q4", 18),
    "lines": ("lines CORZ", 18),
    "trace": ("trace CORZ/2024Q4/revenue/ai_colocation", 12),
    "halving": ("halving", 13),
    "nowcast": ("nowcast 2024Q4 RIOT CORZ --as-of 2025-01-31", 12),
    "outlook": ("outlook CORZ --scenario ai_tenant_late --paths 2000 --as-of 2026-11-15", 9),
    "plan": ("site plan west_texas --at 2023-08-10T14:00", 10),
}


# As COMMANDS, of commands that ask the stand-in that another terminal runs.
LIVE_COMMANDS = {"fetch": (f"fetch CORZ WULF --season 2026Q2 --base-url {_SHOWN_ADDRESS}", 8)}
_SEASON = Quarter.parse("2026Q2")


def live_transcript(line: str, most: int, folder: Path) -> str:
    """As `transcript`, with a stand-in at a free port where the page shows a fixed one."""
    with EdgarService(universe_filings(generated_universe([_SEASON]), [_SEASON])) as service:
        shown = transcript(line.replace(_SHOWN_ADDRESS, service.url), most, folder)
        return shown.replace(service.url, _SHOWN_ADDRESS)


def transcript(line: str, most: int, folder: Path) -> str:
    """A shell block of a command and the first lines it prints, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    environment = os.environ | {"HASHPIVOT_HOME": str(folder / "home"), "COLUMNS": str(_WIDTH)}
    environment.pop("HASHPIVOT_LEDGER", None)
    done = subprocess.run(
        [sys.executable, "-m", "hashpivot", *line.split()],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    printed = [text.rstrip() for text in done.stdout.strip().splitlines()]
    shown = printed[:most] + (["..."] if len(printed) > most else [])
    return "\n".join(["```text", f"$ hashpivot {line}", *shown, "```", ""])


def make() -> Made:
    """Every transcript of the tutorial."""
    made: Made = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, (line, most) in COMMANDS.items():
            made[f"transcripts/{name}"] = transcript(line, most, Path(folder))
        for name, (line, most) in LIVE_COMMANDS.items():
            made[f"transcripts/{name}"] = live_transcript(line, most, Path(folder) / name)
    return made
