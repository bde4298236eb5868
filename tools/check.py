"""`make check`: every check runs even after one fails; one line each, the output of those that failed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types": [BIN / "mypy", "--no-error-summary"],
    "arrows": [BIN / "lint-imports", "--no-logo"],
    "migrations": [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
    "generated": [sys.executable, "tools/generate.py", "--check"],
}


def main() -> int:
    """0 when all hold, 1 otherwise."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="yifa-check-") as home:
        env = {**os.environ, "YIFA_HOME": home, "DJANGO_SETTINGS_MODULE": "yifa.site.settings"}
        env.pop("DATABASE_URL", None)
        for name, command in CHECKS.items():
            started = time.monotonic()
            done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
            good = done.returncode == 0
            print(f"{name:<11}{'ok' if good else 'FAILED'}  {time.monotonic() - started:.1f} s", flush=True)
            if not good:
                failed += 1
                print((done.stdout + done.stderr).rstrip(), flush=True)
    if failed:
        print("make fix 可修正格式、导入与生成文件；其余请按上面的提示修改", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
