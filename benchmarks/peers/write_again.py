"""Writes a finished site to the disk again, and says how many seconds that took: `python write_again.py SITE OUT`."""

from __future__ import annotations

import sys
import time
from pathlib import Path


def main() -> None:
    site, out = map(Path, sys.argv[1:3])
    files = {path.relative_to(site): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}
    if not files:
        sys.exit("there is no finished site")
    start = time.perf_counter()
    for path, content in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    sys.stdout.write(f"{time.perf_counter() - start:.4f}\n")


if __name__ == "__main__":
    main()
