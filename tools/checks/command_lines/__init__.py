"""Random command lines, files and surroundings: none may show a user a traceback.

    python -m tools command-lines --cases 1000 --seed 1
    python -m tools command-lines --show 17 --seed 1

A case is drawn from its seed and number alone. It runs in a process forked from one that has the package
loaded (one in forty loads it anew), in a folder of its own, and is judged by what it printed, wrote and left
behind.

| module | does |
|---|---|
| `values` | values of options and arguments: good, at the boundary, wrong, hostile |
| `lines` | draws a command line from the tree of commands, so that new commands are in it |
| `samples` | sound files of every kind a command reads, and a user's folder |
| `mutations` | damages a file as a user, an editor or a disk would |
| `surroundings` | streams, variables, limits, working folders |
| `case` | a case: words, files, variables, surroundings |
| `drawing` | draws a case from seed and number |
| `process` | runs a case in a forked process |
| `child` | what that process does |
| `oracle` | says what is wrong with what a case did |
| `running` | runs many cases |
| `shrinking` | makes a failing case small |
| `command` | the command: runs cases, or shows one |
"""
