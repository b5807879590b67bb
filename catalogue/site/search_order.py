"""The files of one search index: without what nobody reads, in one order, small for whoever searches."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cbor2

_MAGIC = b"pagefind_dcd"
_PAGES, _FILTERS, _SORTS = 1, 3, 4
"""Where the metadata of a language holds `[[fragment, words], …]`, `[[filter, file], …]` and `[[sort, pages], …]`."""

ENTRY = "pagefind-entry.json"

_ALWAYS_UNREAD = ("pagefind-*ui.*", "pagefind-highlight.js", "pagefind-worker.js", "wasm.unknown.pagefind")
"""What Pagefind brings along for other dialogs, for threads of its own, and for pages whose language is not known."""

_SCRIPTS = ("pagefind.js", "wasm.fr.pagefind")


def tidy(folder: Path, numbers: Mapping[str, int], first: bool) -> str:
    """Puts an index in its final form; returns the name of its metadata. Only the first of several keeps the scripts.

    `numbers` has the place of each address among all records, of all indexes.
    """
    for path in (path for pattern in (*_ALWAYS_UNREAD, *(() if first else _SCRIPTS)) for path in folder.glob(pattern)):
        path.unlink()
    entry = json.loads((folder / ENTRY).read_text(encoding="utf-8"))
    language = entry["languages"]["fr"]
    meta_path = folder / f"pagefind.{language['hash']}.pf_meta"
    meta = _read(meta_path)
    meta[_PAGES] = _named_by_number(folder / "fragment", meta[_PAGES], numbers)
    meta[_FILTERS] = sorted([name, _ordered_filter(folder / "filter", file)] for name, file in meta[_FILTERS])
    meta_path.unlink()
    language["hash"] = _write(folder, "pagefind.{}.pf_meta", language["hash"], meta)
    (folder / ENTRY).write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
    return str(language["hash"])


def _named_by_number(folder: Path, pages: list[list[Any]], numbers: Mapping[str, int]) -> list[list[Any]]:
    """Rewrites the fragments under numbers in a folder that stands for all of their contents; returns the new pages.

    A fragment is a result as JSON, behind a magic word, gzipped; without its text, which no result shows, it is a
    quarter of the size, and a visitor waits for it. Names of its own would be most of the metadata, which a visitor
    loads whole; and by these numbers results of several indexes can be sorted.
    """
    width = len(str(len(numbers)))
    contents = {}
    for name, _ in pages:
        path = folder / f"{name}.pf_fragment"
        fragment = json.loads(_unpacked(path)) | {"content": "", "anchors": []}
        number = f"{numbers[fragment['url'].removeprefix('/')]:0{width}}"
        contents[number] = json.dumps(fragment, ensure_ascii=False, separators=(",", ":"))
        path.unlink()
    version = hashlib.sha256(json.dumps(contents).encode()).hexdigest()[:8]
    (folder / version).mkdir()
    for number, text in contents.items():
        path = folder / version / f"{number}.pf_fragment"
        path.write_bytes(gzip.compress(_MAGIC + text.encode(), mtime=0))
    return [[f"{version}/{number}", words] for number, (_, words) in zip(contents, pages, strict=True)]


def _ordered_filter(folder: Path, file: str) -> str:
    """Rewrites a filter, `[name, [[value, pages], …]]`, whose values Pagefind 1.5 writes as its hash table has them."""
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
