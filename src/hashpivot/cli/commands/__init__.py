"""Commands, one module each."""

__all__: list[str] = []
