"""Example sites shipped with the package: a TOML file each, known by its name."""

from ._registry import example_sites, example_text

__all__ = ["example_sites", "example_text"]
