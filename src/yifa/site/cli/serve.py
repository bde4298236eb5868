"""`yifa serve`: the web server, two to four processes, and one worker beside it, on this machine's own address."""

from __future__ import annotations

import argparse
import os
import socket
import sys

from yifa.site.cli.errors import Refused

HELP = "启动网页服务和一个后台任务进程"
DATABASE = True
DEFAULT_PORT = 8000


def port_number(text: str) -> int:
    """A TCP port 0–65535 (0 = any free one); ValueError otherwise, which argparse reports."""
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port",
        type=port_number,
        default=DEFAULT_PORT,
        metavar="N",
        help="端口，默认 8000；0 = 任一空闲端口",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="监听地址，默认只限本机 127.0.0.1"
    )


def free_port(host: str, port: int) -> int:
    """The port itself when it can be bound now, or a free one for 0. Raises Refused when it is taken."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refused(
                f"{host}:{port} 不能监听（{error.strerror}）：可能已有程序在用。请换一个端口：yifa serve --port {port + 1}（或 make run PORT={port + 1}）"
            ) from error
        return probe.getsockname()[1]


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C. Prints the address on stdout once the port is free and the log was looked at; raises Refused."""
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces

    from yifa.jobs.supervising import Supervisor
    from yifa.site.scheduling import THREADS, processes
    from yifa.site.starting import look_first

    port = free_port(args.host, args.port)
    look_first()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    print(f"依法：http://{args.host}:{port}/　（按 Ctrl-C 停止）", flush=True)
    server = Granian(
        "yifa.site.wsgi:application",
        address=args.host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes(),
        blocking_threads=THREADS,
        log_enabled=bool(os.environ.get("YIFA_DEBUG")),
        log_access=False,
    )
    with Supervisor():
        server.serve()
    print("已停止", file=sys.stderr)
    return 0
