"""`hashpivot`, and `python -m hashpivot`."""

import sys


def main() -> None:
    """Load the command line and run it; Ctrl-C may come before that is done."""
    try:
        from hashpivot.cli import main as command
    except KeyboardInterrupt:
        sys.exit("\nAborted!")
    command()


if __name__ == "__main__":
    main()
