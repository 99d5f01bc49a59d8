"""Draws: what one engine knows of quarters to come, handed to another."""

from ._nowcast_draws import NowcastDraws, QuarterDraws

__all__ = ["NowcastDraws", "QuarterDraws"]
