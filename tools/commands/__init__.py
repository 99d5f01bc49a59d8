"""The command lines that README.md and docs/ show: found, bound to real inputs, run, and compared.

| module | does |
|---|---|
| `extract` | finds every command line shown, with its place |
| `bindings` | the table that binds placeholders (`10-Q.htm`, `TICKER`, `site.json`) to real inputs |
| `cases` | turns lines shown into cases: steps, inputs, and a twin with `--json` |
| `broad` | commands that no document shows but that reach every company, quarter, site and filing |
| `environment` | one Python environment with hashpivot, its commit, and a process of it on a fixed day |
| `running` | runs a case in a fresh folder and keeps what it prints and writes |
| `findings` | how two outputs can differ, and where |
| `texts`, `data`, `pages`, `workbooks` | compare two outputs of one format |
| `outputs` | compares what a case did in two environments: statuses, outputs, files |
| `renames` | the renames that a comparison allows |
| `report` | the counts, and the cases that are not the same |
| `compare` | `python -m tools.commands.compare`: the same commands in two environments |
| `readme` | `python -m tools.commands.readme`: every command line of README in one environment |
"""
