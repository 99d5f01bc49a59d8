"""Something made in the background."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

_UNSET: Any = object()


class Running:
    """Something made in the background."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._outcome: Any = _UNSET
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def over(self) -> bool:
        """True once it is made or has failed."""
        return not self._thread.is_alive()

    def outcome(self) -> Any:
        """What was made.

        Raises:
            Exception: What made it fail.
        """
        if self._error:
            raise self._error
        return self._outcome

    def _run(self) -> None:
        try:
            self._outcome = self._make()
        except Exception as error:
            self._error = error
