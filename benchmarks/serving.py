"""Serves a folder locally with compression and limited bandwidth, and counts the bytes sent."""

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
    """A simulated connection: latency in seconds, total bandwidth in bytes per second, bytes sent so far.

    The server limits the speed, since the throttling of the browser does not apply to requests of workers.
    """

    latency: float = 0.0
    speed: float = 0.0
    sent: int = 0
    _free: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def carry(self, size: int) -> None:
        """Counts bytes, and waits for the time that their transfer takes."""
        with self._lock:
            self.sent += size
            start = max(time.monotonic(), self._free)
            self._free = start + (size / self.speed if self.speed else 0.0)
            wait = self._free - time.monotonic()
        if wait > 0:
            time.sleep(wait)


def slow_4g() -> Line:
    """Returns the usual « slow 4G » of performance tests: 150 ms round-trip time, 1.6 Mbit/s."""
    return Line(latency=0.15, speed=1_600_000 / 8)


@contextmanager
def served(folder: Path, line: Line) -> Iterator[str]:
    """Serves a folder; yields its address."""
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
        """Handles a request; ignores connections closed by the client."""
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
        """Suppresses the log of requests."""


@lru_cache(maxsize=256)
def _body(path: Path) -> bytes:
    raw = path.read_bytes()
    return gzip.compress(raw, mtime=0) if path.suffix in COMPRESSED else raw
