"""Where messages are sent: a webhook, mail. Whoever asked for the watch gets them as events."""

from ._channel import Channel
from ._mail import MailChannel
from ._settings import settings_channels
from ._webhook import WebhookChannel

__all__ = ["Channel", "MailChannel", "WebhookChannel", "settings_channels"]
