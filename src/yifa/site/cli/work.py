"""`yifa work`: a worker alone, for background jobs and schedules."""

from __future__ import annotations

import argparse
import sys

HELP = "只启动后台任务进程（serve 已带一个；任务多时可再开）"
DATABASE = True


def arguments(parser: argparse.ArgumentParser) -> None:
    # for `serve`: the worker ends when this process is gone
    parser.add_argument("--parent", type=int, default=0, help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Work until Ctrl-C or SIGTERM. Raises Refused."""
    from yifa.jobs.worker import Worker
    from yifa.site.starting import look_first

    if not args.parent:  # `serve` looked before it started this worker
        look_first()
    print("后台任务进程已启动（按 Ctrl-C 停止）", file=sys.stderr, flush=True)
    Worker(parent=args.parent).run()
    print("后台任务进程已停止", file=sys.stderr)
    return 0
