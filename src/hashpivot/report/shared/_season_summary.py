"""The season in one sentence."""

from __future__ import annotations

from hashpivot.season import NOT_JUDGED, Season


def summary(season: Season) -> str:
    """One sentence on the season: how many companies earn what, as far as they say."""
    verdicts = {name: [c[name].verdict for c in season.companies] for name in ("revenue", "profitability")}
    disclosed = [verdict for verdict in verdicts["revenue"] if verdict != NOT_JUDGED]
    silent = len(season.companies) - len(disclosed)
    if not disclosed:
        first = f"None of {silent} companies discloses revenue from AI or chips for {season.quarter}"
    else:
        rest = f" ({silent} more do not)" if silent else ""
        first = (
            f"AI or chips bring meaningful revenue to {disclosed.count('meaningful')} "
            f"of the {len(disclosed)} companies that disclose it for {season.quarter}{rest}"
        )
    return f"{first}; {_offsets(verdicts['profitability'])}."


def _offsets(verdicts: list[str]) -> str:
    full, part, none, unharmed = map(
        verdicts.count, ("offset", "partly_offset", "not_offset", "not_squeezed")
    )
    said = []
    if fallen := full + part + none:
        said.append(
            f"they offset the fall of mining gross profit at {full} and partly at {part} of {fallen} "
            "where both are known"
        )
    if unharmed:
        said.append(f"mining gross profit is not below that before the halving at {unharmed}")
    return "; ".join(said) or "whether they offset a fall of mining gross profit cannot be told for any"
