"""`python -m hashpivot`."""

from hashpivot.cli import main

main()
