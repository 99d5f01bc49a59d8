"""The command lines that README.md and docs/ show: found, bound to real inputs, and run.

| module | does |
|---|---|
| `extract` | finds every command line shown, with its place |
| `samples` | writes the small inputs that no data folder holds |
| `bindings` | binds placeholders (`10-Q.htm`, `TICKER`, `site.json`) to real inputs |
| `cases` | turns lines shown into cases: steps, inputs, and a twin with `--json` |
| `environment` | describes one Python environment with hashpivot and runs a process of it on a fixed day |
| `running` | runs a case in a fresh folder and keeps what it prints and writes |
| `readme` | `python -m tools.commands.readme`: runs every command line of README in one environment |
"""
