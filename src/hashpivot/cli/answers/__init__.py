"""Commands that answer: seasons, quarters to come, halvings; one module each."""

__all__: list[str] = []
