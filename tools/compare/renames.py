"""The renames that a comparison allows, old -> new. Every one that is met is counted in the report."""

from __future__ import annotations

# Keys and values of JSON (and of CSV and Parquet).
KEYS = {"ours_on_baseline_cases": "model_on_baseline_cases"}
VALUES = {"ours": "rolling_horizon"}

# Keys of files that users write and edit (TOML). The old form is still read, with a warning.
TOML_KEYS: dict[str, str] = {
    "least_cash_usd": "minimum_cash_usd",
    "other_usd_per_mw_hour": "non_power_opex_usd_per_mwh",
}

# Keys whose strings are sentences: their words may change, the figures in them may not.
PROSE_KEYS = frozenset(
    (
        "basis", "capture_missing", "flip_missing", "from", "headline", "hint", "known_basis", "message",
        "method", "note", "notes", "reason", "remarks", "source", "warnings",
    )
)  # fmt: skip
