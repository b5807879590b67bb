"""The files of a search index in one order, and without what nobody reads."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import cbor2

_MAGIC = b"pagefind_dcd"
_FILTERS, _SORTS = 3, 4
"""Where the metadata of a language holds `[[filter, file], …]` and `[[sort, pages], …]`."""


_UNREAD = ("pagefind-*ui.*", "pagefind-highlight.js", "wasm.unknown.pagefind")
"""What Pagefind brings along for other dialogs, and for pages whose language is not known."""


def lighten(folder: Path) -> None:
    """Takes away the files nobody asks for, and the texts of the fragments: results show the summary.

    A fragment is a result as JSON, behind a magic word, gzipped. It keeps its name, which stands for the whole record:
    without its text it is a quarter of the size, and a visitor waits for it.
    """
    for path in (path for pattern in _UNREAD for path in folder.glob(pattern)):
        path.unlink()
    for path in (folder / "fragment").iterdir():
        fragment = json.loads(_unpacked(path))
        raw = json.dumps(fragment | {"content": "", "anchors": []}, ensure_ascii=False, separators=(",", ":"))
        path.write_bytes(gzip.compress(_MAGIC + raw.encode(), mtime=0))


def put_in_order(folder: Path) -> None:
    """Rewrites the filters, and what names them, so that the same records give the same bytes.

    Pagefind 1.5 writes filters and sorts as hash tables hold them.

    A filter is `[name, [[value, pages], …]]`. All is CBOR behind a magic word, gzipped; a file is named after its
    language and its content.
    """
    entry_path = folder / "pagefind-entry.json"
    entry = json.loads(entry_path.read_text(encoding="utf-8"))
    for language in entry["languages"].values():
        meta_path = folder / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(meta_path)
        meta[_FILTERS] = sorted([name, _ordered_filter(folder / "filter", file)] for name, file in meta[_FILTERS])
        meta[_SORTS] = sorted(meta[_SORTS])
        meta_path.unlink()
        language["hash"] = _write(folder, "pagefind.{}.pf_meta", language["hash"], meta)
    entry_path.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")


def _ordered_filter(folder: Path, file: str) -> str:
    path = folder / f"{file}.pf_filter"
    name, values = _read(path)
    path.unlink()
    return _write(folder, "{}.pf_filter", file, [name, sorted(values)])


def _read(path: Path) -> Any:
    return cbor2.loads(_unpacked(path))


def _write(folder: Path, pattern: str, old_name: str, content: Any) -> str:
    """Writes under a name like the old one, but made of the new content; returns that name."""
    raw = _MAGIC + cbor2.dumps(content)
    language, _, old_hash = old_name.partition("_")
    name = f"{language}_{hashlib.sha256(raw).hexdigest()[: len(old_hash)]}"
    (folder / pattern.format(name)).write_bytes(gzip.compress(raw, mtime=0))
    return name


def _unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()).removeprefix(_MAGIC)
