"""`python -m hashpivot.cli`."""

from ._app import main

main()
