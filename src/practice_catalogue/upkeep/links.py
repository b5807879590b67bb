"""Finds dead web addresses, with one request per host at a time, a pause in between and a User-Agent."""

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

MAX_HOSTS = 8
MAX_REDIRECTS = 5
FIRST_ERROR_STATUS = 400
"""The lowest status code of a failure."""
REFUSED_STATUSES = frozenset({401, 403, 405, 406, 407, 418, 429, 451, 999})
"""Status codes of servers that refuse programs, which says nothing about the page."""


class _RequestError(Exception):
    """A request failed; the message is the code of the reason."""


def is_public(ip: str) -> bool:
    """Tells whether an IP address is on the public internet, not in the network of the machine that runs this."""
    parsed = ipaddress.ip_address(ip.partition("%")[0])
    return parsed.is_global and not parsed.is_multicast


@dataclass
class _HostState:
    """The lock of a host, and the time of the last request to it (`time.monotonic`, in seconds)."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float = float("-inf")


@dataclass
class LinkChecker:
    """Checks addresses; `pause` between requests to a host and `timeout` are in seconds, `agent` is the User-Agent."""

    agent: str
    pause: float = 1.0
    timeout: float = 15.0
    may_ask: Callable[[str], bool] = is_public
    _hosts: dict[str, _HostState] = field(default_factory=lambda: defaultdict(_HostState))

    def dead(self, addresses: Iterable[str]) -> dict[str, str]:
        """Returns the dead addresses, each with the code of the reason or the HTTP status."""
        by_host: dict[str, list[str]] = defaultdict(list)
        for address in dict.fromkeys(addresses):
            by_host[urlsplit(address).netloc].append(address)
        with ThreadPoolExecutor(MAX_HOSTS) as pool:
            found = pool.map(
                lambda of_host: [(address, self._failure(address)) for address in of_host], by_host.values()
            )
            return {address: reason for of_host in found for address, reason in of_host if reason}

    def _failure(self, address: str) -> str:
        """Returns the reason of a failure, or an empty string; tries GET if HEAD fails, which some servers refuse."""
        return self._request_failure("HEAD", address) and self._request_failure("GET", address)

    def _request_failure(self, method: str, address: str) -> str:
        try:
            status = self._follow(method, address)
        except _RequestError as failed:
            return str(failed)
        return "" if status < FIRST_ERROR_STATUS or (status in REFUSED_STATUSES and method == "GET") else str(status)

    def _follow(self, method: str, address: str) -> int:
        for _ in range(MAX_REDIRECTS + 1):
            status, location = self._ask(method, urlsplit(address))
            if not (http.HTTPStatus.MULTIPLE_CHOICES <= status < FIRST_ERROR_STATUS and location):
                return status
            address = urljoin(address, location)
        raise _RequestError("trop-de-renvois")

    def _ask(self, method: str, address: SplitResult) -> tuple[int, str]:
        target = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
        with self._host_turn(address.hostname or ""), _network_errors():
            connection = self._connection(address)
            deadline = threading.Timer(self.timeout * 2, _shut_down, [connection.sock])
            deadline.start()
            try:
                connection.request(method, target, headers={"User-Agent": self.agent, "Accept": "*/*"})
                answer = connection.getresponse()
                return answer.status, answer.getheader("Location") or ""
            finally:
                deadline.cancel()
                connection.close()

    @contextmanager
    def _host_turn(self, host: str) -> Iterator[None]:
        turn = self._hosts[host]
        with turn.lock:
            time.sleep(max(0.0, turn.last + self.pause - time.monotonic()))
            try:
                yield
            finally:
                turn.last = time.monotonic()

    def _connection(self, address: SplitResult) -> http.client.HTTPConnection:
        """Connects to the IP address that was checked, so that DNS cannot change between check and use."""
        if address.scheme not in {"http", "https"} or not address.hostname:
            raise _RequestError("renvoi-impossible")
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
            raise _RequestError("reseau-prive")
        for ip in public[:-1]:
            try:
                return socket.create_connection((ip, port), self.timeout)
            except OSError:
                continue
        return socket.create_connection((public[-1], port), self.timeout)


_TLS = ssl.create_default_context()


def _shut_down(connected: socket.socket) -> None:
    """Ends a connection that sends byte by byte, which socket timeouts do not detect."""
    with suppress(OSError):
        connected.shutdown(socket.SHUT_RDWR)


@contextmanager
def _network_errors() -> Iterator[None]:
    """Converts network exceptions to `_Failed` with the code of the reason."""
    try:
        yield
    except socket.gaierror:
        raise _RequestError("serveur-introuvable") from None
    except ssl.SSLError:
        raise _RequestError("certificat-refuse") from None
    except TimeoutError:
        raise _RequestError("delai-depasse") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise _RequestError("pas-de-reponse") from None
