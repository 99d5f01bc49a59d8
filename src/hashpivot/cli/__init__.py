"""The command line: a thin face over the Python API."""

from ._app import app, main

__all__ = ["app", "main"]
