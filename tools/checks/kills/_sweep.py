"""`hashpivot outlook --sweep`, with one process or two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ._command import KilledCommand, Pieces


class SweepCommand(KilledCommand):
    """A sweep of so many cases."""

    name = "sweep"

    def __init__(self, folder: Path, size: int) -> None:
        super().__init__(folder, size)
        self._file = folder / "sweep.toml"
        prices = ", ".join(str(20 + case) for case in range(size))
        self._file.write_text(f'[grid]\n"mining.power_usd_per_mwh" = [{prices}]\n', encoding="utf-8")

    def words(self, home: Path) -> Sequence[str]:
        """In two processes in every third home."""
        workers = 2 if int(home.name.removeprefix("home")) % 3 == 2 else 1
        sweep = ["--sweep", str(self._file), "--out", str(home / "out"), "--workers", str(workers)]
        return ["outlook", "RIOT", *sweep, "--quarters", "2", "--paths", "64"]

    def pieces(self, home: Path) -> Pieces:
        """Files of results; one begun and not done has a hidden name."""
        return {path.name: path.read_bytes() for path in (home / "out").glob("[!.]*")}

    def kept(self, home: Path) -> Pieces:
        """When each file was written."""
        return _times(home)

    def again(self, home: Path, kept: Pieces) -> Iterator[str]:
        """Files that were written again."""
        now = _times(home)
        return (f"{name} was written again" for name in kept if now[name] != kept[name])


def _times(home: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (home / "out").glob("[!.]*")}
