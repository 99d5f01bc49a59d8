"""A power site: fleet, tariffs, forecasts, dispatch and backtest."""

__all__: list[str] = []
