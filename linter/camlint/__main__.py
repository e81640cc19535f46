"""Lets ``python -m camlint`` do what the command does."""

from camlint.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
