"""Puts the `yifa` command into the environment this runs in: a .pth file and a two-line launcher.

It also compiles the English catalogue. No build step, so nothing beyond the hashed requirements is ever fetched.
"""

import importlib.util
import runpy
import sys
import sysconfig
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"
LAUNCHER = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -m yifa "$@"\n'


def main() -> int:
    if sys.prefix == sys.base_prefix:
        print("link.py：请用 .venv 里的 python 运行（make env 会做）", file=sys.stderr)
        return 2
    (Path(sysconfig.get_path("purelib")) / "yifa.pth").write_text(f"{SOURCE}\n", encoding="utf-8")
    command = Path(sys.prefix) / "bin" / "yifa"
    command.unlink(missing_ok=True)
    command.write_text(LAUNCHER, encoding="utf-8")
    command.chmod(0o755)
    if importlib.util.find_spec("polib"):  # else the server compiles it when it first starts
        runpy.run_path(str(SOURCE / "yifa" / "site" / "catalogue.py"))["compile_catalogue"]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
