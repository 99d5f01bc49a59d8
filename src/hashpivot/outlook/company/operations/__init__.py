"""What a company does: lines of business, contracts, and its fleet of machines."""

from ._lines import LineModel, QuarterFlows

__all__ = ["LineModel", "QuarterFlows"]
