"""`python -m kpidesk`: the command line."""

import sys

from kpidesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
