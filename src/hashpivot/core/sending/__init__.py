"""Sending: messages to other programs."""

from ._webhook import Webhook

__all__ = ["Webhook"]
