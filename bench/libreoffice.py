"""LibreOffice beside us: DOCX to PDF/A, started anew for each file, and resident driven over a pipe."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

COLD = 3
EXPORT = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"}}'
SYSTEM_PYTHON = "/usr/bin/python3"
"""The Python of the distribution: the bridge to LibreOffice (python3-uno) is made for it."""
RESIDENT = """
import json, sys, time, uno
from com.sun.star.beans import PropertyValue

def named(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made

context = uno.getComponentContext()
resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
for _ in range(300):
    try:
        remote = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % sys.argv[1])
        break
    except Exception:
        time.sleep(0.1)
desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
version = uno.Any("[]com.sun.star.beans.PropertyValue", (named("SelectPdfVersion", 3),))
taken = []
for name in sys.argv[2:]:
    started = time.perf_counter()
    document = desktop.loadComponentFromURL("file://" + name, "_blank", 0, (named("Hidden", True),))
    document.storeToURL("file://" + name + ".pdf", (named("FilterName", "writer_pdf_Export"), named("FilterData", version)))
    document.close(True)
    taken.append((time.perf_counter() - started) * 1000)
print(json.dumps(taken))
try:
    desktop.terminate()
except Exception:
    pass
"""


def installed() -> bool:
    """LibreOffice and the bridge for the resident one."""
    if not shutil.which("soffice") or not Path(SYSTEM_PYTHON).exists():
        return False
    return subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True).returncode == 0


def measure(files: list[bytes]) -> tuple[float, float] | None:
    """(cold, resident): medians in milliseconds, the resident one after its first file. None where it is not installed."""
    if not installed():
        return None
    with tempfile.TemporaryDirectory(prefix="yifa-bench-", ignore_cleanup_errors=True) as home:
        folder = Path(home)
        names = []
        for number, data in enumerate(files):
            names.append(folder / f"{number}.docx")
            names[-1].write_bytes(data)
        return cold(folder, names[:COLD]), resident(folder, names)


def cold(folder: Path, names: list[Path]) -> float:
    """Each file by a program of its own. The first start, which writes the profile, is not counted."""
    taken = []
    for name in [names[0], *names]:
        command = [
            "soffice",
            "--headless",
            profile(folder),
            "--convert-to",
            EXPORT,
            "--outdir",
            str(folder),
            str(name),
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append((time.perf_counter() - started) * 1000)
    return median(taken[1:])


def resident(folder: Path, names: list[Path]) -> float:
    """All files by one program that stays; the clock runs around each of them alone."""
    pipe = folder.name
    command = ["soffice", "--headless", "--norestore", profile(folder), f"--accept=pipe,name={pipe};urp;"]
    silent = subprocess.DEVNULL
    office = subprocess.Popen(command, stdout=silent, stderr=silent, start_new_session=True)
    try:
        driver = [SYSTEM_PYTHON, "-c", RESIDENT, pipe, *map(str, names)]
        done = subprocess.run(driver, check=True, capture_output=True, text=True)
    finally:
        try:
            office.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(office.pid, signal.SIGKILL)
    return median(json.loads(done.stdout)[1:])


def profile(folder: Path) -> str:
    return f"-env:UserInstallation=file://{folder}/profile"
