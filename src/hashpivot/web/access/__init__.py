"""Who may ask, and what every answer is sent with."""

from ._access import Access, Refusal
from ._gate import CONTENT_POLICY, Gate
from ._proxy import TrustedProxy

__all__ = ["CONTENT_POLICY", "Access", "Gate", "Refusal", "TrustedProxy"]
