"""The version of the reader, so that a ledger reads a file again that an earlier one has read."""

READER_VERSION = 1
"""Raise it by one with every release in which some file gives other figures or statements than before."""
