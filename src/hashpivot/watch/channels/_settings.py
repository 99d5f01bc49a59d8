"""The channels that the user's settings name."""

from __future__ import annotations

from hashpivot.sources import Settings

from ._channel import Channel
from ._mail import MailChannel
from ._webhook import WebhookChannel

_SECTION = "watch"


def settings_channels(settings: Settings) -> tuple[Channel, ...]:
    """A webhook for `[watch] webhook`, mail for `[watch] mail_to`; none of them if neither is set.

    Raises:
        InvalidInput: If an address is none.
    """
    url, to = settings.value(_SECTION, "webhook"), settings.values(_SECTION, "mail_to")
    channels: list[Channel] = []
    if url:
        channels.append(WebhookChannel(url))
    if to:
        channels.append(MailChannel(to))
    return tuple(channels)
