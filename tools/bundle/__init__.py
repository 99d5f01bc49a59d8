"""Writes the tables shipped with the package, from what the snapshot names of the data folder."""
