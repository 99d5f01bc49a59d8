"""Commands about figures: read, store, show by line, trace; one module each."""

__all__: list[str] = []
