"""Sending: messages to other programs."""

from ._webhook import LOOPBACK, Webhook

__all__ = ["LOOPBACK", "Webhook"]
