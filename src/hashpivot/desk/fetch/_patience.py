"""When a service is taken to be away, so that nobody waits for it again and again."""

from __future__ import annotations

from hashpivot.core import RefusedBySource, SourceError, Unreachable

_GIVES_UP = 3  # requests in a row; each was itself tried several times, over a quarter of a minute or more

NOT_ASKED = "not asked for: the SEC does not answer"
"""Why a document did not come that nobody asked for any more."""


class Patience:
    """Counts the requests in a row that brought no answer."""

    def __init__(self) -> None:
        self._in_a_row = 0

    @property
    def lost(self) -> bool:
        """True if asking on has no use."""
        return self._in_a_row >= _GIVES_UP

    def answered(self) -> None:
        """Note that the service answered."""
        self._in_a_row = 0

    def failed(self, error: SourceError) -> None:
        """Note an error; that there is no such document, or in another shape, is an answer too."""
        self._in_a_row = self._in_a_row + 1 if isinstance(error, (Unreachable, RefusedBySource)) else 0

    def check(self) -> None:
        """Raise if asking on has no use.

        Raises:
            Unreachable: Then.
        """
        if self.lost:
            raise Unreachable(NOT_ASKED)
