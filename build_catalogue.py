"""The entry point: `python build_catalogue.py COMMAND`."""

import sys

try:
    from catalogue.cli import main
except KeyboardInterrupt:
    sys.exit("Interrompu.")

if __name__ == "__main__":
    sys.exit(main())
