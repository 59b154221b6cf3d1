"""``alongside serve``: the program itself, with a worker beside it, until it is stopped."""

import argparse
import errno
import os
import socket
import subprocess
import sys
import threading

from alongside.config.commands.database import set_up

EXAMPLE = "alongside serve --port 8000 --workers 2"
A_MOMENT = 2.0  # seconds
LONGEST_FAREWELL = 10  # seconds that a process is given to end by itself
THREADS = 4  # a process; more only wait for one another


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where to listen and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="port (8000, or PORT)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (2)")
    parser.add_argument("--no-worker", action="store_true", help="leave background work to `alongside worker`")


def run(arguments: argparse.Namespace) -> int:
    """Collect static files, start the background worker, and serve."""
    if taken := port_taken(arguments.host, arguments.port):
        print(taken, file=sys.stderr)
        return 1
    set_up()
    from django.core.management import call_command
    from granian import Granian
    from granian.constants import Interfaces

    call_command("collectstatic", verbosity=0, interactive=False)
    keeper = None if arguments.no_worker else Keeper([sys.executable, "-m", "alongside", "worker"])
    print(f"Alongside is at http://{arguments.host}:{arguments.port}/ (stop with Ctrl+C)", flush=True)
    try:
        Granian(
            "alongside.config.wsgi:application",
            address=arguments.host,
            port=arguments.port,
            interface=Interfaces.WSGI,
            workers=arguments.workers,
            blocking_threads=THREADS,
            backpressure=THREADS * 16,
            workers_kill_timeout=LONGEST_FAREWELL,
            websockets=False,
            log_enabled=False,
        ).serve()
    finally:
        if keeper is not None:
            keeper.stop()
    return 0


def port_taken(host: str, port: int) -> str:
    """Say that a port cannot be had, and why; an empty text where it can.

    The server itself would share the port with another that is still running, and each would answer at random.
    """
    try:
        with socket.create_server((host, port)):
            return ""
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"Port {port} is in use: is Alongside running already? Stop it, or choose another with --port."
        return f"Alongside cannot listen at {host}, port {port}: {error.strerror}."


class Keeper:
    """Keeps a process running beside this one: one that ends by itself is started again after a moment."""

    def __init__(self, command: list[str]) -> None:
        self._command, self._stopped = command, threading.Event()
        self._process = subprocess.Popen(command)
        threading.Thread(target=self._keep, daemon=True).start()

    def _keep(self) -> None:
        while True:
            self._process.wait()
            if self._stopped.wait(A_MOMENT):
                return
            self._process = subprocess.Popen(self._command)

    def stop(self) -> None:
        """End the process for good."""
        self._stopped.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=LONGEST_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()  # what it was at is begun again by the next worker
