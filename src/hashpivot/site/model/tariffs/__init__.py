"""Charges of the grid, each with its first and last day."""

from ._tariff import TARIFFS, CoincidentPeak, DemandCharge, EnergyCharge, Tariff, register_tariff

__all__ = ["TARIFFS", "CoincidentPeak", "DemandCharge", "EnergyCharge", "Tariff", "register_tariff"]
