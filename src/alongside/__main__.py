"""Runs the `alongside` command as `python -m alongside`."""

import sys

from alongside.config.cli import main

sys.exit(main())
