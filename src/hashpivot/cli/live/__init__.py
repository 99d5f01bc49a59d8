"""Commands that ask the live sources, and those about what was fetched; one module each."""

__all__: list[str] = []
