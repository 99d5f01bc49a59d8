"""Checks that are too long for CI; CI runs a fixed sample of each."""
