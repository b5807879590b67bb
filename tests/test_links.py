"""Links are asked politely, and never inside a private network; all against a server of our own."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from practice_catalogue.upkeep.links import LinkChecker, is_public

ANSWERS = {
    "/ok": (200, ""),
    "/gone": (404, ""),
    "/guarded": (403, ""),
    "/broken": (503, ""),
    "/moved": (301, "/ok"),
    "/moved-and-gone": (302, "/gone"),
    "/loop": (302, "/loop"),
    "/inside": (302, "http://10.0.0.1/secret"),
    "/file": (302, "file:///etc/passwd"),
    "/accent": (301, "/société/événements"),
    "/latin-1": (301, "/soci\udce9t\udce9"),
    "/space": (301, "/plan communal.pdf?a=%20&b=c d"),
    "/many": (301, "/many/1"),
    **{f"/many/{number}": (301, f"/many/{number + 1}") for number in range(1, 15)},
}

NO_ADDRESSES = (
    *("http://[", "//[::1", "http://[a]b/", "http://a:99999/", "http://\xbd/", "http://127.0.0.1:x/", "http:", "//"),
    *("http://" + "a" * 300 + ".lu/", "http://a.lu\0b/", "http://%00/", "http://a..invalid/", "javascript:alert(1)"),
    *("mailto:a@b.lu", "ftp://a.lu/", "http://user:pw@10.0.0.1/", "?" * 60_000, "http://a.invalid" + "/x" * 40_000),
)
"""What servers have given as the address of a redirect."""

PRIVATE = """
    127.0.0.1 10.1.2.3 192.168.1.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1
    ::1 :: fe80::1%eth0 fc00::1 ::ffff:127.0.0.1
"""


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, str]] = []
        self.done = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def handle(self) -> None:
        """Whoever asks may give up before the answer."""
        with suppress(ConnectionError):
            super().handle()

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        asked = self.server.asked
        asked.append((self.command, self.path, self.headers["User-Agent"]))
        path = self.path.partition("?")[0]
        if path == "/mute":
            self.server.done.wait(10)
            self.close_connection = True
        elif path == "/drip":
            self.drip()
        elif self.path == "/cookie":
            knows = self.headers["Cookie"] == "seen=1"
            self.send(200 if knows else 302, "" if knows else "/cookie", {"Set-Cookie": "seen=1; Path=/"})
        elif self.path == "/language":
            self.send(200 if "fr" in self.headers["Accept-Language"] else 404, "")
        elif self.path == "/once":
            self.send(200 if [path for _, path, _ in asked].count("/once") > 1 else 503, "")
        elif self.path.startswith("/odd/"):
            self.send(302, NO_ADDRESSES[int(self.path.removeprefix("/odd/"))])
        elif self.path == "/nonsense":
            self.wfile.write(b"what?\r\n\r\n")
            self.close_connection = True
        else:
            self.send(*ANSWERS.get(path, (200, "")))

    def drip(self) -> None:
        with suppress(OSError):
            while not self.server.done.wait(0.005):
                self.wfile.write(b"a")
        self.close_connection = True

    def send(self, status: int, location: str, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {**({"Location": location} if location else {}), **(headers or {})}.items():
            self.send_header(name, value.encode("utf-8", "surrogateescape").decode("latin-1"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.done.set()
        running.shutdown()
        thread.join()


def inquiry(pause: float = 0.0, timeout: float = 15.0) -> LinkChecker:
    return LinkChecker("catalogue-essai", pause, timeout, may_ask=lambda ip: ip == "127.0.0.1")


def test_what_answers_is_left_alone_and_what_does_not_is_told_with_its_reason(server: Server) -> None:
    paths = [*ANSWERS, "/nonsense", "/ok?a=1&b=2", "/cookie", "/language", "/once"]
    dead = inquiry().dead(server.address + path for path in paths)
    assert {address.removeprefix(server.address): reason for address, reason in dead.items()} == {
        "/gone": "404",
        "/broken": "503",
        "/moved-and-gone": "404",
        "/loop": "trop-de-renvois",
        "/inside": "reseau-prive",
        "/file": "renvoi-impossible",
        "/nonsense": "pas-de-reponse",
    }
    asked = [(method, path) for method, path, agent in server.asked if agent == "catalogue-essai"]
    assert len(asked) == len(server.asked)
    assert {("GET", "/soci%C3%A9t%C3%A9/%C3%A9v%C3%A9nements"), ("GET", "/plan%20communal.pdf?a=%20&b=c%20d")} <= {
        *asked
    }
    assert [asked.count(("GET", path)) for path in ("/ok?a=1&b=2", "/once", "/broken")] == [1, 2, 2]


def test_no_redirect_of_a_server_stops_the_others(server: Server) -> None:
    odd = [f"{server.address}/odd/{number}" for number in range(len(NO_ADDRESSES))]
    dead = inquiry().dead([*odd, f"{server.address}/gone"])
    assert set(dead) == {*odd, f"{server.address}/gone"}


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("practice_catalogue.upkeep.links.time.sleep", waits.append)
    inquiry(pause=60).dead(f"{server.address}/{number}" for number in range(5))
    assert len(waits) == 5
    assert waits[0] == 0
    assert all(50 < wait <= 60 for wait in waits[1:])


def test_an_address_is_asked_once_however_often_it_is_named(server: Server) -> None:
    inquiry().dead([f"{server.address}/ok"] * 3)
    assert len(server.asked) == 1


@pytest.mark.parametrize("path", ["/mute", "/drip"])
def test_a_host_that_comes_to_no_end_is_given_up_after_two_time_outs(server: Server, path: str) -> None:
    checker = inquiry(timeout=0.05)
    addresses = [f"{server.address}{path}?{number}" for number in range(9)]
    assert checker.dead(addresses) == dict.fromkeys(addresses[:2], "delai-depasse")
    assert checker.unasked == {*addresses[2:]}
    assert len(server.asked) <= 2


def test_time_for_all_is_limited_and_what_was_not_asked_is_not_dead(server: Server) -> None:
    checker = LinkChecker("catalogue-essai", pause=60, may_ask=lambda ip: ip == "127.0.0.1", budget=1)
    assert checker.dead(f"{server.address}/gone?{number}" for number in range(9)) == {f"{server.address}/gone?0": "404"}
    assert len(checker.unasked) == 8


def test_nobody_at_the_door(server: Server) -> None:
    address = server.address
    server.server_close()
    assert list(inquiry().dead([f"{address}/"]).values()) == ["pas-de-reponse"]


def test_a_server_without_a_certificate_is_not_trusted(server: Server) -> None:
    address = server.address.replace("http:", "https:")
    assert list(inquiry().dead([f"{address}/"]).values()) == ["certificat-refuse"]


@pytest.mark.parametrize("ip", PRIVATE.split())
def test_the_network_of_whoever_runs_this_is_never_asked(ip: str) -> None:
    assert not is_public(ip)


def test_a_private_server_is_not_even_connected_to(server: Server) -> None:
    assert list(LinkChecker("catalogue-essai", pause=0).dead([server.address]).values()) == ["reseau-prive"]
    assert server.asked == []


def test_the_internet_is_public() -> None:
    assert is_public("192.0.0.9") is is_public("8.8.8.8") is is_public("2001:4860:4860::8888") is True
