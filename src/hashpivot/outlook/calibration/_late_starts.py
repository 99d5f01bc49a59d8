"""What earlier promises say about late starts.

Of the five dated targets in the bundled guidance that figures can decide, three were met in time, one came
181 days (two quarters) late and one not at all (`python -m tools write outlook-delays`). No start of an
AI contract can be judged from the ledger yet, so these stand in for them; five cases leave the chance of
being in time anywhere between 15% and 95%.
"""

ON_TIME_SHARE = 0.6
LATE_QUARTERS = 2.0
ORIGIN = "track record: 3 of 5 decided targets met in time, the late one by 181 days"
