"""The bitcoin network and its price: blocks, difficulty, fees, candles."""

__all__: list[str] = []
