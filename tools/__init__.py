"""Tools of this repository, run from its root: `python -m tools --help`.

| room | does |
|---|---|
| `bundle` | writes the tables shipped with the package, from the data folder |
| `evaluate` | measures how good the models are: hindcasts, scores, track records |
| `docs` | writes the reference pages, and finds the commands that README shows |
| `checks` | runs checks that are too long for CI, and records their results |
| `release` | lowest versions, the contents of the wheel |

`parts.py` lists everything that is generated. Nothing here is shipped with the package.
"""
