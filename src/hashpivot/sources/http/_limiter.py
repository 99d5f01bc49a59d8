"""One gate for all processes: who may send now, and until when nobody may."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from hashpivot.core import DocumentStoreError, parse_json

OnWait = Callable[[float], None]
"""Told how many seconds a block still lasts."""

_POLL = 0.01  # seconds between two looks at the lock: short against the spacing of requests
_WAIT = 30.0  # longest sleep in a block, so that a caller hears that it goes on


class Limiter:
    """Spaces the requests of all processes to one service, and stops them all during a block.

    A process holds the lock from before it sends until it has seen the beginning of the answer. So no
    request is on its way while another may learn of a block; bodies are read after that, side by side.

    Args:
        folder: Where lock and state stand, shared by the processes.
        name: Of the service.
        rate: Requests a second.
        block_seconds: Length of a block, counted from the last refused request.
    """

    def __init__(self, folder: Path, name: str, rate: float, block_seconds: float) -> None:
        self._state = folder / f"{name}.json"
        self._rate, self._spacing = rate, 1 / rate
        self._block_seconds = block_seconds
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _cannot(folder, error) from None
        self._lock = FileLock(folder / f"{name}.lock")

    @contextmanager
    def turn(self, on_wait: OnWait) -> Iterator[None]:
        """Wait for the turn to send one request; the next process's comes when the block is left.

        Args:
            on_wait: Called every half minute during a block.

        Raises:
            DocumentStoreError: If lock or state cannot be written.
        """
        while True:
            with self._held():
                left = self._blocked()
                if left <= 0:
                    self._space()
                    yield
                    return
            on_wait(left)
            time.sleep(min(left, _WAIT))

    def block(self) -> None:
        """Stop all processes for the length of a block from now. To be called within a turn."""
        self._write(last=time.time(), blocked_until=time.time() + self._block_seconds)

    @contextmanager
    def _held(self) -> Iterator[None]:
        try:
            self._lock.acquire(poll_interval=_POLL)
        except OSError as error:
            raise _cannot(Path(self._lock.lock_file), error) from None
        try:
            yield
        finally:
            self._lock.release()

    def _blocked(self) -> float:
        """Seconds until a block has passed; a stamp further off than a block can last is a wrong clock's."""
        left = self._read()["blocked_until"] - time.time()
        if left > self._block_seconds:
            self.block()
        return min(left, self._block_seconds)

    def _space(self) -> None:
        wait = self._read()["last"] + self._spacing - time.time()
        if wait > 0:
            time.sleep(min(wait, self._spacing))
        self._write(last=time.time(), blocked_until=0.0)

    def _read(self) -> dict[str, float]:
        try:
            held = parse_json(self._state.read_text(encoding="utf-8"))
            return {"last": float(held["last"]), "blocked_until": float(held["blocked_until"])}
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return {"last": 0.0, "blocked_until": 0.0}
        except OSError as error:
            raise _cannot(self._state, error) from None

    def _write(self, **state: float) -> None:
        aside = self._state.with_suffix(".new")
        try:
            aside.write_text(json.dumps(state | {"rate": self._rate}), encoding="utf-8")
            aside.replace(self._state)
        except OSError as error:
            raise _cannot(self._state, error) from None


def _cannot(path: Path, error: OSError) -> DocumentStoreError:
    return DocumentStoreError(
        f"cannot be written: {error.strerror or error}", where=str(path), hint="check space and permissions"
    )
