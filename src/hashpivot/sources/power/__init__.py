"""Power markets: prices, load and forecasts by interval."""

__all__: list[str] = []
