"""What is taken home from an archived case: its package, downloaded by clicking and checked without the product."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT

VERIFIER = ROOT / "src" / "yifa" / "proof" / "verify.py"
CODE = re.compile(r"核验码([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})")


@dataclass(frozen=True)
class Package:
    """A downloaded package: the ZIP, its files unpacked, and what the stand-alone verifier said."""

    file: Path
    folder: Path
    said: str

    @property
    def papers(self) -> list[Path]:
        return sorted((self.folder / "data" / "papers").glob("*.pdf"))

    @property
    def evidence(self) -> list[Path]:
        return sorted((self.folder / "data" / "evidence").rglob("*.*"))


def verified(page: Page, no: str, folder: Path) -> Package:
    """The package of an archived case, sealed first where that is not done, taken by clicking; the verifier passes it.

    `page` belongs to somebody who may seal. Every paper inside is found under the code printed on it.
    """
    page.goto(f"/desk/cases/{no}/")
    page.locator(".case-nav").get_by_role("link", name="案卷").click()
    if page.get_by_role("button", name="封存案卷").count():
        page.get_by_role("button", name="封存案卷").click()
        expect(page.locator("main")).to_contain_text("案卷已封存")
    file = folder / f"{no}.zip"
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载案卷电子包").click()
    taken.value.save_as(file)
    said = passed(file, published_key(page))
    files, papers = (int(one) for one in re.search(r"案卷共 (\d+) 个文件、(\d+) 件文书", said).groups())
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder / no)
    (root,) = (folder / no).iterdir()
    found = Package(file, root, said)
    assert len(found.papers) == papers and files > papers, said
    for paper in found.papers:
        answers_for(page, paper)
    return found


def published_key(page: Page) -> str:
    """The public key where everybody finds it: not the one the package carries itself."""
    page.goto("/proof/")
    return page.locator("dl code.digest").first.inner_text().strip()


def passed(file: Path, key: str) -> str:
    """What the verifier, a process that has never heard of us, says of a package; it must pass it."""
    command = [sys.executable, "-I", str(VERIFIER), "dossier", str(file), "--key", key]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, cwd=file.parent)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.startswith("核验通过："), answer.stdout
    return answer.stdout.strip()


def answers_for(page: Page, paper: Path) -> None:
    """The code printed on a paper leads to a page that says it is ours and stands."""
    found = CODE.search(text_of(paper))
    assert found, f"{paper.name}: no code is printed on it"
    page.goto(f"/v/{found[1]}/")
    expect(page.locator("main"), paper.name).to_contain_text("真实")


def text_of(paper: Path) -> str:
    """The words of a PDF, page after page, without blanks and line breaks: where a line ends is no matter of words."""
    document = pypdfium2.PdfDocument(str(paper))
    return "".join("".join(one.get_textpage().get_text_range().split()) for one in document)
