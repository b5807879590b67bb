"""Asks whether web addresses answer: one request per host at a time, within a budget of time, as a browser would."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import string
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit
from urllib.request import Request

MAX_HOSTS = 8
MAX_REDIRECTS = 20
"""As many as browsers follow (Fetch standard, HTTP-redirect fetch)."""
TIMEOUTS_OF_A_HOST = 2
"""Number of time-outs after which a host is asked no more."""
TRIES = 2
FIRST_ERROR_STATUS = 400
"""The lowest status code of a failure."""
REFUSED_STATUSES = frozenset({401, 403, 405, 406, 407, 418, 429, 451, 999})
"""Status codes of servers that refuse programs, which says nothing about the page."""
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "fr, lb;q=0.9, de;q=0.8, en;q=0.7, *;q=0.5",
}
"""What a browser in Luxembourg would ask for."""


class _RequestError(Exception):
    """A request failed; the message is the code of the reason."""


class _NotAsked(Exception):  # noqa: N818  # not an error of the address
    """There is no time to ask, or the host was given up."""


def is_public(ip: str) -> bool:
    """Tells whether an IP address is on the public internet, not in the network of the machine that runs this."""
    parsed = ipaddress.ip_address(ip.partition("%")[0])
    return parsed.is_global and not parsed.is_multicast


@dataclass
class _HostState:
    """The lock of a host, the time of the last request to it (`time.monotonic`, in seconds), and its time-outs."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float = float("-inf")
    timeouts: int = 0


@dataclass
class LinkChecker:
    """Checks addresses; `pause` between requests to a host, `timeout` and `budget` for all are in seconds.

    `agent` is the User-Agent. `unasked` are the addresses that the last call of `dead` could not judge.
    """

    agent: str
    pause: float = 1.0
    timeout: float = 15.0
    may_ask: Callable[[str], bool] = is_public
    budget: float = 1800.0
    unasked: frozenset[str] = frozenset()
    _hosts: dict[str, _HostState] = field(default_factory=lambda: defaultdict(_HostState))
    _end: float = 0.0

    def dead(self, addresses: Iterable[str]) -> dict[str, str]:
        """Returns the addresses that fail twice, each with the code of the reason or the HTTP status."""
        self._end = time.monotonic() + self.budget
        by_host: dict[str, list[str]] = defaultdict(list)
        for address in dict.fromkeys(addresses):
            by_host[urlsplit(address).netloc].append(address)
        with ThreadPoolExecutor(MAX_HOSTS) as pool:
            found = dict(answer for answers in pool.map(self._of_host, by_host.values()) for answer in answers.items())
        self.unasked = frozenset(address for address, reason in found.items() if reason is None)
        return {address: reason for address, reason in found.items() if reason}

    def _of_host(self, addresses: list[str]) -> dict[str, str | None]:
        """Returns the reason of each failure, an empty string for an address that answers, None for one not asked."""
        found: dict[str, str | None] = dict.fromkeys(addresses)
        for _ in range(TRIES):
            for address, reason in found.items():
                if reason != "":
                    with suppress(_NotAsked):
                        found[address] = self._failure(address)
        return found

    def _failure(self, address: str) -> str:
        """Returns the reason of a failure, or an empty string. May raise _NotAsked."""
        try:
            status = self._follow(address)
        except _RequestError as failed:
            return str(failed)
        except ValueError:  # what a server gave as an address is none
            return "renvoi-impossible"
        return "" if status < FIRST_ERROR_STATUS or status in REFUSED_STATUSES else str(status)

    def _follow(self, address: str) -> int:
        """Follows redirects and keeps cookies, as some servers only answer whoever brings back what they gave."""
        cookies = CookieJar()
        for _ in range(MAX_REDIRECTS + 1):
            status, location = self._ask(address, cookies)
            if not (http.HTTPStatus.MULTIPLE_CHOICES <= status < FIRST_ERROR_STATUS and location):
                return status
            address = urljoin(address, location)
        raise _RequestError("trop-de-renvois")

    def _ask(self, address: str, cookies: CookieJar) -> tuple[int, str]:
        """Returns the status and where the server redirects to; the body is not read."""
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise _RequestError("renvoi-impossible")
        request = Request(address, headers={"User-Agent": self.agent, **HEADERS})  # noqa: S310  # checked above
        cookies.add_cookie_header(request)
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        with self._turn_of(parts.hostname) as end, self._connection(parts, end) as connection:
            connection.request("GET", target, headers=dict(request.header_items()))
            answer = connection.getresponse()
            cookies.extract_cookies(answer, request)
            return answer.status, _percent_encoded(answer.getheader("Location") or "")

    @contextmanager
    def _turn_of(self, host: str) -> Iterator[float]:
        """Waits for the turn of a host, yields the time by which it must have answered, and counts its time-outs."""
        state = self._hosts[host]
        with state.lock:
            begin = max(state.last + self.pause, time.monotonic())
            if state.timeouts >= TIMEOUTS_OF_A_HOST or begin > self._end:
                raise _NotAsked
            time.sleep(max(0.0, begin - time.monotonic()))
            end = time.monotonic() + self.timeout * 2
            try:
                with _network_errors(end):
                    yield end
            except _RequestError as failed:
                state.timeouts += str(failed) == "delai-depasse"
                raise
            finally:
                state.last = time.monotonic()

    @contextmanager
    def _connection(self, address: SplitResult, end: float) -> Iterator[http.client.HTTPConnection]:
        """Connects to the IP address that was checked, so that DNS cannot change between check and use."""
        secure = address.scheme == "https"
        port = address.port or (443 if secure else 80)
        host = unquote(address.hostname or "").encode("idna").decode()
        connection = (http.client.HTTPSConnection if secure else http.client.HTTPConnection)(host, port)
        connection.sock = self._socket(host, port, end)
        with closing(connection):
            if secure:
                connection.sock = _TLS.wrap_socket(connection.sock, server_hostname=host, do_handshake_on_connect=False)
            deadline = threading.Timer(end - time.monotonic(), _shut_down, [connection.sock])
            deadline.start()
            try:
                if isinstance(connection.sock, ssl.SSLSocket):
                    connection.sock.do_handshake()
                yield connection
            finally:
                deadline.cancel()

    def _socket(self, host: str, port: int, end: float) -> socket.socket:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        public = [ip for ip in dict.fromkeys(found) if self.may_ask(ip)]
        if not public:
            raise _RequestError("reseau-prive")
        for ip in public[:-1]:
            with suppress(OSError):
                return socket.create_connection((ip, port), self._patience(end))
        return socket.create_connection((public[-1], port), self._patience(end))

    def _patience(self, end: float) -> float:
        return max(0.0, min(self.timeout, end - time.monotonic()))


_TLS = ssl.create_default_context()


def _shut_down(connected: socket.socket) -> None:
    """Ends a connection that sends byte by byte, which socket timeouts do not detect."""
    with suppress(OSError):
        socket.socket.shutdown(connected, socket.SHUT_RDWR)  # below TLS, which another thread is using


def _percent_encoded(location: str) -> str:
    """Encodes the spaces and accents of a Location, which http.client decodes as Latin-1, as browsers do.

    >>> _percent_encoded("/soci\u00c3\u00a9t\u00c3\u00a9/plan communal.pdf?a=%20")
    '/soci%C3%A9t%C3%A9/plan%20communal.pdf?a=%20'
    """
    return quote(location, safe=string.punctuation, encoding="latin-1")


@contextmanager
def _network_errors(end: float) -> Iterator[None]:
    """Converts network exceptions to `_RequestError` with the code of the reason; after `end` all are time-outs."""
    try:
        yield
    except (OSError, http.client.HTTPException) as failed:
        raise _RequestError("delai-depasse" if time.monotonic() >= end else _reason(failed)) from None


def _reason(failed: Exception) -> str:
    match failed:
        case socket.gaierror():
            return "serveur-introuvable"
        case ssl.SSLError():
            return "certificat-refuse"
        case TimeoutError():
            return "delai-depasse"
        case _:
            return "pas-de-reponse"
