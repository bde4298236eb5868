"""Writes generated files anew; `--check` compares instead and exits 1 when one is stale."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# file → the module that prints it
GENERATED = {
    "GLOSSARY.md": "yifa.law.glossary",
    "docs/procedure/duties-by-article.md": "yifa.law.coverage.page",
    "docs/procedure/steps.md": "yifa.law.procedure.graph",
    "docs/procedure/parameters.md": "yifa.law.packs.catalogue",
}
# scripts that write or, with --check, compare files of their own
SCRIPTS = ("messages",)


def printed_by(module: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", module], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def agrees(script: str, arguments: list[str]) -> bool:
    return subprocess.run([sys.executable, f"tools/{script}.py", *arguments], cwd=ROOT).returncode == 0


def main(arguments: list[str]) -> int:
    stale = []
    for name, module in GENERATED.items():
        path, text = ROOT / name, printed_by(module)
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{name} 已重写")
    failed = [name for name in SCRIPTS if not agrees(name, arguments)]
    if stale and "--check" in arguments:
        print(f"与来源不符：{'、'.join(stale)}。请运行 make fix", file=sys.stderr)
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
