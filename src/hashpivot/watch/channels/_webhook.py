"""A watch's messages by webhook."""

from __future__ import annotations

from dataclasses import dataclass, field

from hashpivot.core import Webhook

from ..journal import FilingNews

_HINT = "the message is kept and sent again at the next poll"


@dataclass(frozen=True, slots=True)
class WebhookChannel:
    """Messages to an address by POST.

    Args:
        url: As `Webhook`.

    Raises:
        InvalidInput: If it is no such address; it is not shown.
    """

    url: str = field(repr=False)
    name: str = field(default="webhook", init=False)

    def __post_init__(self) -> None:
        self._webhook()

    def send(self, news: FilingNews) -> None:
        """Post a message.

        Raises:
            ChannelError: If the address does not answer with a status 2xx.
        """
        self._webhook().post(news.id, news.body)

    def _webhook(self) -> Webhook:
        return Webhook(self.url, "[watch] webhook", _HINT)
