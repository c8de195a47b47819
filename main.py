"""Open KPI Desk."""

import sys

from kpidesk.app import main

# The process that reads scans looks at this file too, and must not open a window.
if __name__ == "__main__":
    sys.exit(main())
