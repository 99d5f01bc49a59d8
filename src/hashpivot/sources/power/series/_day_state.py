"""What is known of one product on one day."""

from __future__ import annotations

from enum import StrEnum


class DayState(StrEnum):
    """Whether a day's data are there, and if not, why."""

    COMPLETE = "complete"
    NOT_INTRODUCED = "not_introduced"
    """The product began later."""
    RETIRED = "retired"
    """The product ended earlier."""
    NOT_YET_PUBLISHED = "not_yet_published"
    """Not all of it is due yet; what is there is given."""
    MISSING = "missing"
    """It should be there and is not, or not all of it."""
    UNREADABLE = "unreadable"
    """It came, but not as the service is known to publish it; nothing of the day is used."""
    WANTED = "wanted"
    """Of a dry run: it would be asked for."""
    UNREACHABLE = "unreachable"
    """The service gave no answer."""

    @property
    def failed(self) -> bool:
        """True if something is not there that should be."""
        return self in (DayState.MISSING, DayState.UNREADABLE, DayState.UNREACHABLE)
