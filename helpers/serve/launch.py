"""Listen: at a port of our own, or at a socket that was handed over, and end when it is time."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from helpers.serve.app import guarded
from helpers.serve.config import Config, ServeError
from helpers.serve.service import Service
from helpers.serve.units import SOCKET

STDIN = 0
HANDED = 3  # the first file that a launcher hands over (sd_listen_fds)
GRACE = 5  # seconds that requests have to be answered once the service shall end
NOTICE = 4  # seconds after which those that are not yet answered hear of it


def serve(config: Config, child: bool = False) -> None:
    """Serve until stopped; a service that a socket started ends when long unused.

    A child ends when its stdin does: with the program that started it, however that ends. Raises
    `ServeError` for an address that cannot be had or is not safe, or a library that is not there.
    """
    try:
        import uvicorn
    except ModuleNotFoundError as error:
        raise ServeError(
            f"{error.name} is not installed; run pip install -r requirements-serve.txt"
        ) from error

    handed = handed_over()
    if handed:
        config = at_address_of(handed, config)
    listener = at_once(handed or bound(config.host, config.port))
    host, port = listener.getsockname()[:2]
    service = Service(config)

    class Server(uvicorn.Server):
        """Lets whoever waits hear that the service ends, before uvicorn breaks them off."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            asyncio.get_running_loop().call_later(NOTICE, service.end)
            await super().shutdown(sockets)

    server = Server(
        uvicorn.Config(
            guarded(service), log_config=None, access_log=False, server_header=False,
            limit_concurrency=512, timeout_graceful_shutdown=GRACE,
        )  # fmt: skip
    )
    if handed:
        _beside(_end_unused, server, service)
    if child:
        _beside(_end_with_stdin, server)
    shown = f"[{host}]" if ":" in host else host
    print(f"serving {', '.join(config.jobs)} at http://{shown}:{port}", flush=True)
    server.run(sockets=[listener])


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises `ServeError`."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(512)
    except OSError as error:
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        raise ServeError(f"port {port} of {host} {why}; name another with --port") from error
    return listener


def at_once(listener: socket.socket) -> socket.socket:
    """Let what is sent to whoever connects leave at once, and return the socket.

    Connections take this over from it. Else the second half of each answer waits for the asker's
    system to confirm the first, which takes 40 milliseconds. (asyncio sees to it by itself only
    for a socket that was made with the number of its protocol.)
    """
    if listener.family in (socket.AF_INET, socket.AF_INET6):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def at_address_of(handed: socket.socket, config: Config) -> Config:
    """Return the settings, checked for the address that its socket has.

    Who hands a socket over chose the address; `config` names another one. Raises `ServeError`.
    """
    if handed.family not in (socket.AF_INET, socket.AF_INET6):
        raise ServeError("the socket that was handed over is none of TCP; let it have a port")
    return replace(config, host=handed.getsockname()[0])


def handed_over() -> socket.socket | None:
    """Return the socket that systemd or launchd handed to this process, if one did."""
    if sys.platform == "darwin":
        return _from_launchd()
    if os.environ.get("LISTEN_PID") != str(os.getpid()):
        return None
    count = os.environ.get("LISTEN_FDS", "")
    if count != "1":
        raise ServeError(f"LISTEN_FDS is {count!r}; hand over one socket")
    return socket.socket(fileno=HANDED)


def _from_launchd() -> socket.socket | None:
    """Ask launchd for the socket of its list, as `man launch` says; never run by us."""
    import ctypes

    files, count = ctypes.POINTER(ctypes.c_int)(), ctypes.c_size_t()
    system = ctypes.CDLL("/usr/lib/libSystem.dylib")
    error = system.launch_activate_socket(SOCKET.encode(), ctypes.byref(files), ctypes.byref(count))
    return None if error or not count.value else socket.socket(fileno=files[0])


def until_stdin_ends() -> None:
    """Wait until nobody holds the other end of this process's stdin any more."""
    while os.read(STDIN, 1024):  # by the file alone: a reader of `sys.stdin` cannot be left
        pass


def _beside(work: Callable[..., None], *arguments: object) -> None:
    threading.Thread(target=work, args=arguments, daemon=True).start()


def _end_with_stdin(server: object) -> None:
    until_stdin_ends()
    server.should_exit = True


def _end_unused(server: object, service: Service) -> None:
    """Let a server end once nobody has asked for twice the time after which workers sleep."""
    most = 2 * service.config.idle
    while service.unused() < most:
        time.sleep(min(1.0, most / 10))
    server.should_exit = True
