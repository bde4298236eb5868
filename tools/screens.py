"""The pictures of README: the sample year, the real server, Chromium. Writes docs/screens/*.png."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURES = {"desk": "/desk/", "cases": "/desk/cases/", "report": "/desk/reports/annual/2021/"}
WIDTHS = {"": 1280, "-phone": 390}


def pictures(site, browser) -> list[Path]:
    """Log in as a handler and photograph each page at each width."""
    from tests.journeys.conftest import log_in

    made = []
    for suffix, width in WIDTHS.items():
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": 900}, locale="zh-CN"
        )
        page = context.new_page()
        log_in(page, site, "承办")
        for name, address in PICTURES.items():
            page.goto(address)
            made.append(ROOT / "docs" / "screens" / f"{name}{suffix}.png")
            page.screenshot(path=made[-1])
        context.close()
    return made


def main() -> int:
    from playwright.sync_api import sync_playwright

    from testenv import debian, found
    from tests.journeys.conftest import FLAGS
    from tests.journeys.serving import Site, free_port, wait_for

    try:
        debian.provide()
    except debian.Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="yifa-screens-", ignore_cleanup_errors=True) as home:
        env = {**os.environ, "YIFA_HOME": home}
        yifa = [sys.executable, "-m", "yifa"]
        printed = subprocess.run([*yifa, "demo"], env=env, check=True, capture_output=True, text=True).stdout
        port = free_port()
        server = subprocess.Popen(
            [*yifa, "serve", "--port", str(port)], env=env, stdout=subprocess.PIPE, text=True
        )
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_for(address, server)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=found.chromium(), args=FLAGS)
                for path in pictures(Site(address, printed), browser):
                    print(path.relative_to(ROOT))
                browser.close()
        finally:
            server.terminate()
            server.wait(15)
    return 0


if __name__ == "__main__":
    sys.exit(main())
