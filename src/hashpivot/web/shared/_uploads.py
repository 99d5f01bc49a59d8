"""What readers sent: kept in files of this process while there is room, under names made of their content."""

from __future__ import annotations

import re
import shutil
import weakref
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

from hashpivot.core import NoData

_MOST_KEPT = 50
_MOST_BYTES = 64 * 2**20
_NAME = re.compile(r"[0-9a-f]{32}")


class Uploads:
    """Files that readers sent.

    Args:
        folder: Where they are; a temporary one, which ends with this process, if not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._end: Callable[[], object] | None = None
        self._sizes: dict[str, int] = {}
        self._lock = Lock()

    @property
    def folder(self) -> Path:
        """Where they are."""
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="hashpivot-web-"))
            self._end = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        return self._folder

    def close(self) -> None:
        """Let all of them go."""
        with self._lock:
            if self._end:
                self._end()
                self._folder = self._end = None
                self._sizes.clear()

    def keep(self, contents: Mapping[str, bytes]) -> str:
        """Keep files together and return their name, the same for the same contents; the oldest may go.

        Args:
            contents: By file name, which is ours and not the sender's.
        """
        name = _name(contents)
        with self._lock:
            self._sizes.pop(name, None)
            self._sizes[name] = sum(map(len, contents.values()))
            (self.folder / name).mkdir(parents=True, exist_ok=True)
            for file, content in contents.items():
                (self.folder / name / file).write_bytes(content)
            while len(self._sizes) > _MOST_KEPT or sum(self._sizes.values()) > _MOST_BYTES:
                oldest = next(iter(self._sizes))
                del self._sizes[oldest]
                shutil.rmtree(self.folder / oldest, ignore_errors=True)
        return name

    def find(self, name: str) -> Path:
        """The folder of files kept under a name.

        Raises:
            NoData: If nothing is, or no longer.
        """
        if not _NAME.fullmatch(name) or not (self.folder / name).is_dir():
            raise NoData(
                "what was sent under this address is gone",
                hint="the desk keeps what is sent until it ends or newer sites need the room: send it again",
            )
        return self.folder / name


def _name(contents: Mapping[str, bytes]) -> str:
    digest = sha256()
    for file, content in sorted(contents.items()):
        digest.update(f"{file} {len(content)} ".encode() + content)
    return digest.hexdigest()[:32]
