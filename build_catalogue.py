"""The entry point: `python build_catalogue.py COMMAND`."""

import sys
from pathlib import Path

try:
    from practice_catalogue.cli import main
except KeyboardInterrupt:
    sys.exit("Interrompu.")

if __name__ == "__main__":
    sys.exit(main(root=Path(__file__).resolve().parent))
