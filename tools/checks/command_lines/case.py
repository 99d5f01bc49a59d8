"""A case: a command line, the files beside it, and its surroundings."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class Kind(Enum):
    """What stands under a name."""

    FILE = "file"
    FOLDER = "folder"
    LOOP = "a link to itself"
    LOCKED = "a file that nobody may open"
    PIPE = "a named pipe with nobody at its other end"


@dataclass(frozen=True)
class Entry:
    """What stands under a name in a case's folder.

    Args:
        data: Of a file.
        kind: What it is.
        told: What was done to it, for people.
    """

    data: bytes = b""
    kind: Kind = Kind.FILE
    told: str = ""

    def lay(self, path: Path) -> None:
        """Write it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.kind is Kind.FOLDER:
            path.mkdir(exist_ok=True)
        elif self.kind is Kind.LOOP:
            path.symlink_to(path.name)
        elif self.kind is Kind.PIPE:
            os.mkfifo(path, 0o644)
        else:
            path.write_bytes(self.data)
            path.chmod(0 if self.kind is Kind.LOCKED else 0o600 if path.name == "settings.toml" else 0o644)


@dataclass(frozen=True)
class Surroundings:
    """Where a case runs.

    Args:
        out: Where standard output leads: `file`, `full`, `closed`, or `gone`, a pipe that nobody reads.
        err: The same of standard error.
        stdin: `null`, `closed`, `text`, or `list`, of files.
        encoding: Of the streams.
        folder: The working folder: `start`; `gone`, deleted; `locked`, in which nobody may write.
        home: The user's folder: `open`; `locked`, not to be written; or `closed`, not to be read either.
        open_files: How many files it may open; 0 for no limit.
        file_bytes: How long a file it may write; 0 for no limit.
        memory: Bytes of address space it may take beyond what it has; 0 for no limit.
        fresh: Whether it is a process that loads everything anew. It is not watched.
    """

    out: str = "file"
    err: str = "file"
    stdin: str = "null"
    encoding: str = "utf-8"
    folder: str = "start"
    home: str = "open"
    open_files: int = 0
    file_bytes: int = 0
    memory: int = 0
    fresh: bool = False


@dataclass(frozen=True)
class Case:
    """What is run.

    Args:
        words: The command line behind `hashpivot`.
        files: By path in the case's folder: `start/...` beside the command, `home/...` in the user's folder.
        variables: Of the environment; `FOLDER` in a value stands for the case's folder.
        around: Where it runs.
        endless: Whether it has to be ended by Ctrl-C.
    """

    words: tuple[str, ...]
    files: Mapping[str, Entry] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    around: Surroundings = Surroundings()
    endless: bool = False

    def __str__(self) -> str:
        """The case for people: what would have to be typed."""
        usual = Surroundings()
        around = {k: v for k, v in vars(self.around).items() if v != getattr(usual, k)}
        files = {name: entry.told for name, entry in self.files.items() if entry.told}
        settings = " ".join(f"{k}={ascii(v)[1:-1]}" for k, v in self.variables.items())
        line = " ".join(shlex.quote(ascii(w)[1:-1] if not w.isascii() else w) for w in self.words)
        parts = [
            f"{settings} hashpivot {line}".strip(),
            *([str(around)] if around else ()),
            *([str(files)] if files else ()),
        ]
        return "  ".join(parts)
