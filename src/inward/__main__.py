"""``python -m inward`` is ``inward``."""

import sys

from inward.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
