"""`python -m tools.compare`: the same commands in two environments, before some work and after it.

| module | does |
|---|---|
| `broad` | lists commands that no document shows but that reach every company, quarter, site and filing |
| `findings` | names how two outputs can differ, and where |
| `texts`, `data`, `pages`, `workbooks` | compare two outputs of one format |
| `outputs` | compares what a case did in two environments: statuses, outputs, files |
| `renames` | lists the renames that a comparison allows |
| `report` | writes the counts, and the cases that are not the same |
"""
