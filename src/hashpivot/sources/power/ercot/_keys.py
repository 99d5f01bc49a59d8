"""The user's keys to ERCOT's public API."""

from __future__ import annotations

from dataclasses import dataclass, field

from hashpivot.core import InvalidInput

from ...settings import Settings

_NAMES = ("username", "password", "subscription_key")


@dataclass(frozen=True, slots=True)
class ErcotKeys:
    """User name, password and subscription key; never shown.

    Args:
        username: Of the account at ERCOT's API explorer.
        password: Of that account.
        subscription_key: Of its subscription to the public API.
    """

    username: str = field(repr=False)
    password: str = field(repr=False)
    subscription_key: str = field(repr=False)


def ercot_keys(settings: Settings) -> ErcotKeys | None:
    """The keys of `[ercot]` or of HASHPIVOT_ERCOT_...; None if there is none.

    Raises:
        InvalidInput: If one or two of the three are given.
    """
    values = {name: settings.value("ercot", name) for name in _NAMES}
    missing = [name for name, value in values.items() if not value]
    if len(missing) == len(_NAMES):
        return None
    if missing:
        raise InvalidInput(
            f"[ercot] lacks {' and '.join(missing)}",
            where=str(settings.path),
            hint="its public API needs all three of "
            + ", ".join(_NAMES)
            + "; without any, keyless reports are used",
        )
    return ErcotKeys(**values)
