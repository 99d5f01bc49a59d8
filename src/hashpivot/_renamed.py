"""Names that have changed: where an old one went, said once and accepted for one minor version."""

from __future__ import annotations

import warnings

REMOVED_IN = "0.3"

PUBLIC = {
    "hashpivot.outlook.Bridge": "hashpivot.outlook.ScenarioBridge",
    "hashpivot.outlook.Case": "hashpivot.outlook.OutlookCase",
    "hashpivot.outlook.Effect": "hashpivot.outlook.FactorEffect",
    "hashpivot.outlook.Listed": "hashpivot.outlook.ListedInput",
    "hashpivot.outlook.Steady": "hashpivot.outlook.RunRateLines",
    "hashpivot.season.Promise": "hashpivot.season.TrackedTarget",
    "hashpivot.season.STATED_CHECKS": "hashpivot.season.RISK_CHECKS",
    "hashpivot.season.Side": "hashpivot.season.QuarterEconomics",
    "hashpivot.season.Squeeze": "hashpivot.season.HalvingImpact",
    "hashpivot.season.StatedCheck": "hashpivot.season.RiskCheck",
    "hashpivot.season.squeezes": "hashpivot.season.halving_impacts",
    "hashpivot.guidance.Flag": "hashpivot.guidance.RiskMention",
    "hashpivot.guidance.StatedFlag": "hashpivot.guidance.RiskFlag",
    "hashpivot.guidance.Statements": "hashpivot.guidance.Disclosures",
    "hashpivot.guidance.find_flags": "hashpivot.guidance.find_risk_mentions",
    "hashpivot.guidance.find_statements": "hashpivot.guidance.find_disclosures",
    "hashpivot.lines.Rule": "hashpivot.lines.LineRule",
    "hashpivot.lines.Rules": "hashpivot.lines.LineRules",
    "hashpivot.lines.number": "hashpivot.core.json_number",
    "hashpivot.nowcast.Case": "hashpivot.nowcast.NowcastCase",
    "hashpivot.nowcast.EVE": "hashpivot.nowcast.PRE_REPORT",
    "hashpivot.nowcast.Evidence": "hashpivot.nowcast.HashRateEvidence",
    "hashpivot.nowcast.Input": "hashpivot.nowcast.NowcastInput",
    "hashpivot.nowcast.Kind": "hashpivot.nowcast.EvidenceKind",
    "hashpivot.nowcast.Path": "hashpivot.nowcast.HashRatePosterior",
    "hashpivot.nowcast.PathModel": "hashpivot.nowcast.HashRateModel",
    "hashpivot.nowcast.SetAside": "hashpivot.nowcast.Excluded",
    "hashpivot.nowcast.luck_dispersion": "hashpivot.nowcast.solo_dispersion",
    "hashpivot.nowcast.parse_record": "hashpivot.nowcast.parse_track_record",
    "hashpivot.nowcast.record": "hashpivot.nowcast.load_track_record",
    "hashpivot.nowcast.write_record": "hashpivot.nowcast.write_track_record",
    "hashpivot.core.Remark": "hashpivot.core.TextFact",
    "hashpivot.ledger.Fit": "hashpivot.ledger.TieStatus",
    "hashpivot.site.Books": "hashpivot.site.ProfitAndLoss",
    "hashpivot.site.PriceOutlook": "hashpivot.site.PriceForecast",
    "hashpivot.site.Reachable": "hashpivot.site.InformationBound",
    "hashpivot.site.Result": "hashpivot.site.PolicyResult",
    "hashpivot.site.Table": "hashpivot.site.PriceHistory",
    "hashpivot.site.forecast.Member": "hashpivot.site.forecast.CommitteeMember",
    "hashpivot.site.forecast.PlainTable": "hashpivot.site.forecast.PlainFrame",
    "hashpivot.site.forecast.Table": "hashpivot.site.forecast.ForecastFrame",
    "hashpivot.site.make_table": "hashpivot.site.make_price_history",
    "hashpivot.site.price_outlook": "hashpivot.site.price_forecast",
    "hashpivot.site.reachable": "hashpivot.site.information_bound",
    "hashpivot.site.forecast.DifficultyForecast": "hashpivot.bitcoin.DifficultyForecast",
    "hashpivot.site.forecast.HashpriceForecast": "hashpivot.bitcoin.HashpriceForecast",
    "hashpivot.site.forecast.next_difficulty": "hashpivot.bitcoin.next_difficulty",
    "hashpivot.site.forecast.next_hashprices": "hashpivot.bitcoin.next_hashprices",
}
"""Public names of Python: where they stood, and where they stand now."""


REPLACED = {
    "hashpivot.report.fan_chart": "hashpivot.report.ahead_chart",
    "hashpivot.report.tornado_chart": "hashpivot.report.swings_chart",
    "hashpivot.guidance.bundled_flags": "hashpivot.ledger.View.risk_flags",
    "hashpivot.guidance.bundled_targets": "hashpivot.ledger.View.targets",
    "hashpivot.guidance.bundled_withdrawals": "hashpivot.ledger.View.withdrawals",
    "hashpivot.ledger.ai_contracts": "hashpivot.ledger.View.announced_contracts",
    "hashpivot.ledger.contracts_in_force": "hashpivot.ledger.View.contracts",
    "hashpivot.season.said_targets": "hashpivot.ledger.View.targets",
    "hashpivot.season.said_withdrawals": "hashpivot.ledger.View.withdrawals",
}
"""Public names that are no more, and what does their work now."""


def warn_of_name(old: str, new: str) -> None:
    """Warn a programmer that a public name has changed (`DeprecationWarning` at the line that used it).

    Args:
        old: The old dotted name.
        new: The new dotted name.
    """
    warnings.warn(
        f"{old} is now {new}; the old name goes in hashpivot {REMOVED_IN}", DeprecationWarning, stacklevel=3
    )


def warn_of_key(where: str, old: str, new: str) -> None:
    """Warn a user that a key or name in a file or command of theirs has changed (`FutureWarning`, shown).

    Args:
        where: The file or option that holds it.
        old: The old key, as the user wrote it.
        new: The new key.
    """
    warnings.warn(
        f"{where}: {old!r} is now {new!r}; the old form goes in hashpivot {REMOVED_IN}",
        FutureWarning,
        stacklevel=2,
    )


def warn_of_unused_key(where: str, key: str) -> None:
    """Warn a user that a key in a file of theirs no longer does anything (`FutureWarning`, shown).

    Args:
        where: The file and table that hold it.
        key: The key.
    """
    warnings.warn(
        f"{where}: {key!r} is not used; remove it, for hashpivot {REMOVED_IN} refuses it",
        FutureWarning,
        stacklevel=2,
    )
