"""A folder on a local address, compressed as web hosts do it, over a line of any speed; counts what it sends."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}
CHUNK = 4096


@dataclass
class Line:
    """A line to a visitor: seconds before an answer begins, bytes a second for all answers together, bytes sent so far.

    The server keeps to it rather than the browser, whose own brake does not hold for what workers fetch.
    """

    latency: float = 0.0
    speed: float = 0.0
    sent: int = 0
    _free: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, size: int) -> None:
        """Counts so many bytes, and waits until the line has carried them."""
        with self._lock:
            self.sent += size
            start = max(time.monotonic(), self._free)
            self._free = start + (size / self.speed if self.speed else 0.0)
            wait = self._free - time.monotonic()
        if wait > 0:
            time.sleep(wait)


def slow_4g() -> Line:
    """The usual « slow 4G » of performance tests: a round trip of 150 ms, 1.6 Mbit/s."""
    return Line(latency=0.15, speed=1_600_000 / 8)


@contextmanager
def served(folder: Path, line: Line) -> Iterator[str]:
    """The address of the folder, while it is served."""
    handler = type("Handler", (_Handler,), {"folder": folder, "line": line})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path
    line: Line

    def handle(self) -> None:
        """A visitor may leave before all has arrived."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        time.sleep(self.line.latency)
        path = self.folder / unquote(urlsplit(self.path).path).lstrip("/")
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        body = _body(path)
        self.send_response(200)
        self.send_header("Content-Type", guess_type(path.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages does
        if path.suffix in COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        for start in range(0, len(body), CHUNK):
            piece = body[start : start + CHUNK]
            self.line.carry(len(piece))
            self.wfile.write(piece)

    def log_message(self, *_: object) -> None:
        """Nothing to say about each request."""


@lru_cache(maxsize=256)
def _body(path: Path) -> bytes:
    raw = path.read_bytes()
    return gzip.compress(raw, mtime=0) if path.suffix in COMPRESSED else raw
