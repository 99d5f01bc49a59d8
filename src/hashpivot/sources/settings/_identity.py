"""Who asks: the SEC wants a name and a mail address with every request."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from hashpivot.core import InvalidInput

from ._settings import Settings

REASON = (
    "The SEC asks programs to say who runs them: a name and a mail address go with every request to sec.gov, "
    "and nowhere else."
)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,&'-]*")


@dataclass(frozen=True, slots=True)
class Identity:
    """Name and mail address, sent as `User-Agent: Name email`.

    Args:
        name: Of the person or the firm; plain letters, as addresses and parentheses were refused.
        email: Where the service can write to.

    Raises:
        InvalidInput: If the service would refuse one of them.
    """

    name: str = field(repr=False)
    email: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise InvalidInput(
                "the name must be plain letters and digits, without addresses or parentheses",
                where="identity",
                hint='such as name = "Jane Doe"',
            )
        if not _EMAIL.fullmatch(self.email):
            raise InvalidInput(
                "the mail address does not look like one",
                where="identity",
                hint='such as email = "jane@example.com"',
            )

    @property
    def user_agent(self) -> str:
        """`Jane Doe jane@example.com`."""
        return f"{self.name} {self.email}"


def identity(settings: Settings) -> Identity | None:
    """Who the settings say is asking; None if they say nothing.

    Raises:
        InvalidInput: If what they say would be refused.
    """
    name, email = settings.value("identity", "name"), settings.value("identity", "email")
    return Identity(name, email) if name or email else None


def no_identity(path: Path) -> InvalidInput:
    """The error for a request to the SEC without identification."""
    return InvalidInput(
        f"it is not known who asks. {REASON}",
        where=str(path),
        hint='add [identity] with name = "Jane Doe" and email = "jane@example.com", or set '
        "HASHPIVOT_IDENTITY_NAME and HASHPIVOT_IDENTITY_EMAIL",
    )


def save_identity(who: Identity, path: Path) -> None:
    """Add the section `[identity]` to the settings file, readable by its owner alone.

    Args:
        who: Name and mail address.
        path: The file; it has no such section yet.

    Raises:
        InvalidInput: If it cannot be written.
    """
    section = f"[identity]\nname = {json.dumps(who.name)}\nemail = {json.dumps(who.email)}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        text = f"{before.rstrip()}\n\n{section}" if before.strip() else section
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(
            os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
        aside.replace(path)
    except OSError as error:
        raise InvalidInput(
            f"cannot be written: {error.strerror}", where=str(path), hint="check the folder's permissions"
        ) from None
