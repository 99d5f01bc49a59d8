"""Asking once who runs the program, with the reason."""

from __future__ import annotations

import sys

from ..shared import ask, echo


def ask_who_asks(base_url: str) -> None:
    """On a terminal, ask for name and mail address if they are not known and the SEC itself is to be asked.

    Args:
        base_url: Of a stand-in, empty if none.
    """
    from hashpivot.sources import Identity, Settings, identity, save_identity
    from hashpivot.sources.settings import REASON

    settings = Settings.load()
    if base_url or settings.value("sec", "base_url") or identity(settings):
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return  # the request itself then says what is missing
    echo(REASON, f"They are kept in {settings.path}, which only you can read.", err=True)
    who = Identity(ask("Name"), ask("Mail address"))
    save_identity(who, settings.path)
