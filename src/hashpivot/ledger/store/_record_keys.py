"""Keys of sources recorded by hand: a name, and a revision that counts how often the source was written."""

from __future__ import annotations

BASIS = "recorded"
"""`known_basis` of a source that was recorded by hand, or whose filing date was."""
_PREFIX = "record:"


def record_key(name: str) -> str:
    """Return the key, without its revision, of a source recorded by hand under a name."""
    return f"{_PREFIX}{name}"


def is_record_key(key: str) -> bool:
    """True if a key is that of a source recorded by hand."""
    return key.startswith(_PREFIX)


def record_base(key: str) -> str:
    """Return a stored key without its revision; the key itself if it is of no source recorded by hand."""
    return key.rpartition("/")[0] if is_record_key(key) else key


def record_revision(key: str) -> int:
    """Return the number of times a source recorded by hand has been written, as its stored key says."""
    return int(key.rpartition("/")[2])
