"""Which web addresses no longer answer, asked politely: one request a host at a time, with a pause and a name."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

HOSTS_AT_ONCE = 8
MOST_REDIRECTS = 5
GONE = 400
"""From this status on there is no page."""
GUARDED = frozenset({401, 403, 405, 406, 407, 418, 429, 451, 999})
"""Somebody is there, but does not let a program in: that says nothing about the page."""


class _Failed(Exception):  # noqa: N818  # it reads as what it says
    """No answer; the message is the code of the reason."""


def is_public(ip: str) -> bool:
    """Whether an address is on the internet, and not in the network of whoever runs this."""
    parsed = ipaddress.ip_address(ip.partition("%")[0])
    return parsed.is_global and not parsed.is_multicast


@dataclass
class _Turn:
    """Whose turn it is at one host, and when it was last asked."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float = float("-inf")


@dataclass
class LinkChecker:
    """How addresses are asked: under which name, with which pause between two requests to a host; in seconds."""

    agent: str
    pause: float = 1.0
    timeout: float = 15.0
    may_ask: Callable[[str], bool] = is_public
    _turns: dict[str, _Turn] = field(default_factory=lambda: defaultdict(_Turn))

    def dead(self, addresses: Iterable[str]) -> dict[str, str]:
        """The addresses behind which there is no page, each with the code of the reason or the status it got."""
        by_host: dict[str, list[str]] = defaultdict(list)
        for address in dict.fromkeys(addresses):
            by_host[urlsplit(address).netloc].append(address)
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            found = pool.map(
                lambda of_host: [(address, self._reason(address)) for address in of_host], by_host.values()
            )
            return {address: reason for of_host in found for address, reason in of_host if reason}

    def _reason(self, address: str) -> str:
        """Nothing where the address answers; a second look, as a browser would take it, before it is called dead."""
        return self._one_look("HEAD", address) and self._one_look("GET", address)

    def _one_look(self, method: str, address: str) -> str:
        try:
            status = self._follow(method, address)
        except _Failed as failed:
            return str(failed)
        return "" if status < GONE or (status in GUARDED and method == "GET") else str(status)

    def _follow(self, method: str, address: str) -> int:
        for _ in range(MOST_REDIRECTS + 1):
            status, location = self._ask(method, urlsplit(address))
            if not (http.HTTPStatus.MULTIPLE_CHOICES <= status < GONE and location):
                return status
            address = urljoin(address, location)
        raise _Failed("trop-de-renvois")

    def _ask(self, method: str, address: SplitResult) -> tuple[int, str]:
        target = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
        with self._turn_at(address.hostname or ""), _told():
            connection = self._connection(address)
            hang_up = threading.Timer(self.timeout * 2, _shut, [connection.sock])
            hang_up.start()
            try:
                connection.request(method, target, headers={"User-Agent": self.agent, "Accept": "*/*"})
                answer = connection.getresponse()
                return answer.status, answer.getheader("Location") or ""
            finally:
                hang_up.cancel()
                connection.close()

    @contextmanager
    def _turn_at(self, host: str) -> Iterator[None]:
        turn = self._turns[host]
        with turn.lock:
            time.sleep(max(0.0, turn.last + self.pause - time.monotonic()))
            try:
                yield
            finally:
                turn.last = time.monotonic()

    def _connection(self, address: SplitResult) -> http.client.HTTPConnection:
        """A connection to an address that was looked at, so that no name can lead elsewhere between look and use."""
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise _Failed("renvoi-impossible")
        secure = address.scheme == "https"
        port = address.port or (443 if secure else 80)
        plain = self._socket(address.hostname, port)
        connection = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(address.hostname, port)
        try:
            connection.sock = _TLS.wrap_socket(plain, server_hostname=address.hostname) if secure else plain
        except BaseException:
            plain.close()
            raise
        return connection

    def _socket(self, host: str, port: int) -> socket.socket:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        public = [ip for ip in dict.fromkeys(found) if self.may_ask(ip)]
        if not public:
            raise _Failed("reseau-prive")
        for ip in public[:-1]:
            try:
                return socket.create_connection((ip, port), self.timeout)
            except OSError:
                continue
        return socket.create_connection((public[-1], port), self.timeout)


_TLS = ssl.create_default_context()


def _shut(connected: socket.socket) -> None:
    """Ends a talk that goes on byte by byte, which no timeout of a socket notices."""
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


@contextmanager
def _told() -> Iterator[None]:
    """What can go wrong on the way, as the code of a reason."""
    try:
        yield
    except socket.gaierror:
        raise _Failed("serveur-introuvable") from None
    except ssl.SSLError:
        raise _Failed("certificat-refuse") from None
    except TimeoutError:
        raise _Failed("delai-depasse") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise _Failed("pas-de-reponse") from None
