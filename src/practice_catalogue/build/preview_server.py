"""Starts the preview on an address of this computer, and tells who can reach it."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

from mkdocs.commands import serve as mkdocs_serve
from mkdocs.exceptions import Abort, MkDocsException

from practice_catalogue.model.diagnostics import CannotRun
from practice_catalogue.output.writer import cannot_write

_LOOPBACKS = ("127.0.0.1", "::1")
_ANSWERS_WITHIN = 0.5
"""Seconds within which a server of this computer accepts a connection."""


@dataclass(frozen=True)
class PreviewAddress:
    """An address of this computer; `host` is an IP address, `name` what a browser on this computer asks for."""

    name: str
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{_bracketed(self.name)}:{self.port}/"

    @property
    def is_open(self) -> bool:
        """Whether other computers can reach the preview."""
        return not ipaddress.ip_address(self.host).is_loopback


def free_address(text: str) -> PreviewAddress:
    """Returns the address in a text such as `127.0.0.1:8000`, `localhost:8000` or `[::1]:8000`.

    Raises CannotRun if there is no such address, it belongs to another computer, or its port is taken.
    """
    name, _, digits = text.rpartition(":")
    name = name.removeprefix("[").removesuffix("]")
    if not name or not re.fullmatch(r"[0-9]{1,5}", digits) or not 0 < int(digits) < 2**16:
        raise CannotRun("adresse-incomprise", adresse=text)
    host, port = _ip_address(name, text), int(digits)
    _check_free(host, port)
    if ipaddress.ip_address(host).is_unspecified:
        name = _LOOPBACKS[1] if ":" in host else _LOOPBACKS[0]
    return PreviewAddress(name, host, port)


def serve(configuration: Path, address: PreviewAddress) -> None:
    """Serves the preview until Ctrl-C; raises CannotRun if MkDocs cannot build it."""
    try:
        mkdocs_serve.serve(
            str(configuration), build_type="dirty", dev_addr=f"{_bracketed(address.host)}:{address.port}"
        )
    except Abort as error:  # after MkDocs has printed the reason
        raise CannotRun("publication-echouee", raison="la raison se trouve plus haut") from error
    except MkDocsException as error:
        raise CannotRun("publication-echouee", raison=str(error)) from error
    except OSError as error:
        raise _taken(error, address.host, address.port) or cannot_write(Path(error.filename or "."), error) from error


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _ip_address(name: str, text: str) -> str:
    """Returns the IP address of a name, of version 4 if it has one."""
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except socket.gaierror:
        raise CannotRun("adresse-d-un-autre", hote=name) from None
    except ValueError:  # such as a name with a part of more than 63 letters
        raise CannotRun("adresse-incomprise", adresse=text) from None
    return str(min(found, key=lambda one: one[0] != socket.AF_INET)[4][0])


def _check_free(host: str, port: int) -> None:
    """Raises CannotRun if the port is taken, be it under another name for this computer, or not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # there, the option would let two servers have the same port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise _taken(error, host, port) or CannotRun("adresse-d-un-autre", hote=host) from None
    if any(_answers(other, port) for other in _LOOPBACKS):
        raise CannotRun("port-pris", port=port)


def _answers(host: str, port: int) -> bool:
    """Whether a server listens at an address."""
    try:
        socket.create_connection((host, port), _ANSWERS_WITHIN).close()
    except OSError:
        return False
    return True


def _taken(error: OSError, host: str, port: int) -> CannotRun | None:
    """Returns the exception for an address that the system refuses, or None for other errors."""
    match error.errno:
        case errno.EADDRINUSE:
            return CannotRun("port-pris", port=port)
        case errno.EACCES if not error.filename:
            return CannotRun("port-reserve", port=port)
        case errno.EADDRNOTAVAIL:
            return CannotRun("adresse-d-un-autre", hote=host)
    return None
