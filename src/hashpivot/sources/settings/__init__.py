"""Settings: identification, addresses and keys, in a file only its owner can read."""

from ._identity import REASON, Identity, identity, no_identity, save_identity
from ._settings import Settings

__all__ = ["REASON", "Identity", "Settings", "identity", "no_identity", "save_identity"]
