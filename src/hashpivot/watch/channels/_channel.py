"""A channel: a way to send a message."""

from __future__ import annotations

from typing import Protocol

from ..journal import FilingNews


class Channel(Protocol):
    """A way to send messages; each is sent until it is accepted, in order."""

    @property
    def name(self) -> str:
        """How the journal knows it: messages wait under this name."""

    def send(self, news: FilingNews) -> None:
        """Send a message.

        Raises:
            ChannelError: If it was not accepted; nothing of an address or a key is in its text.
        """
