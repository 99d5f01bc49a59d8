"""Monte Carlo of the quarters ahead."""
__all__: list[str] = []
