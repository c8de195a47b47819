"""Open KPI Desk."""

import sys

from kpidesk.app import main

sys.exit(main())
