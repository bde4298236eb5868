"""`yifa`: the command line. Each command is a module of this package; see docs/spec/commands.md."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import signal
import sys
from types import ModuleType
from typing import NoReturn

from yifa.site.cli.errors import Refused
from yifa.site.collecting import leave_alone_what_is_loaded

NOT_COMMANDS = {"main", "errors", "installation"}


class Parser(argparse.ArgumentParser):
    """argparse with one line of Chinese on a bad option, exit 2."""

    def error(self, message: str) -> NoReturn:
        raise Refused(f"{self.prog}: 选项不能识别：{message}。查看用法：{self.prog} --help")


def command_names() -> list[str]:
    package = importlib.import_module("yifa.site.cli")
    found = (info.name for info in pkgutil.iter_modules(package.__path__) if not info.ispkg)
    # import_ is a command whose name is a word of Python; verify_document is a part of verify
    return sorted(name for name in found if name not in NOT_COMMANDS and "_" not in name.removesuffix("_"))


def load(name: str) -> ModuleType:
    return importlib.import_module(f"yifa.site.cli.{name}")


def build_parser(names: list[str], chosen: str) -> Parser:
    parser = Parser(prog="yifa", description="依法：区城市管理委员会的执法办案与证明系统")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    for name in names:
        shown = name.removesuffix("_")
        if chosen and shown != chosen:
            commands.add_parser(shown, add_help=False)
            continue
        module = load(name)
        sub = commands.add_parser(shown, help=module.HELP, description=module.HELP)
        module.arguments(sub)
        sub.set_defaults(module=module)
    return parser


def run(argv: list[str]) -> int:
    """Parse and run one command; returns the exit code, raises Refused."""
    names = command_names()
    shown = {name.removesuffix("_") for name in names}
    chosen = argv[0] if argv and argv[0] in shown else ""
    parser = build_parser(names, chosen)
    args = parser.parse_args(argv)
    if not args.command:
        parser.print_help(sys.stderr)
        return 2
    if args.module.DATABASE:
        from yifa.site.cli import installation

        installation.open_database()
        leave_alone_what_is_loaded()
    return args.module.run(args)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        code = run(sys.argv[1:])
    except Refused as refused:
        for line in refused.lines:
            print(line, file=sys.stderr)
        code = refused.code
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        code = 2
    except Exception as error:  # noqa: BLE001 - the last line of defence: a line and exit 2, never a traceback
        if os.environ.get("YIFA_DEBUG"):
            raise
        print(
            f"没有完成：{type(error).__name__}：{str(error).splitlines()[0] if str(error) else ''}（设 YIFA_DEBUG=1 可看详情）",
            file=sys.stderr,
        )
        code = 2
    sys.stdout.flush()
    sys.exit(code)
