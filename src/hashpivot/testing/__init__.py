"""What tests of hashpivot use, for tests of others."""

__all__: list[str] = []
