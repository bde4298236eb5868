"""The page that loads nothing and the stand-alone file give the same answer: in Chromium, on random proofs."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site, log_in
from yifa.proof import verify
from yifa.proof.merkle import inclusion_proof, leaf_hash, root, sha256, sm3
from yifa.proof.tests.draws import damages, transcript
from yifa.proof.tests.papers import paper, report
from yifa.proof.tests.test_stand_alone_verifier import SIZE, head, leaves, public, published

pytestmark = pytest.mark.journey
HTML = Path(verify.__file__).with_suffix(".html")
HASHES = {"sha256": sha256, "sm3": sm3}
PROVE = """([tree, cases]) => cases.map(([leaf, index, size, path, root]) => {
  try { return hex(included(unhex(leaf), index, size, path.map(unhex), tree === "sm3" ? sm3 : sha256)) === root; }
  catch (error) { return false; }
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The page opened from disk; it must load nothing."""
    window = browser.new_page()
    requests: list[str] = []
    window.on("request", lambda request: requests.append(request.url))
    window.goto(HTML.as_uri())
    yield window
    window.close()
    assert requests == [HTML.as_uri()]


def python_says(tree: str, case: tuple) -> bool:
    leaf, index, size, path, expected = case
    try:
        found = verify.included(
            bytes.fromhex(leaf), index, size, [bytes.fromhex(step) for step in path], HASHES[tree]
        )
    except verify.Broken:
        return False
    return found.hex() == expected


def proofs(tree: str, count: int, seed: int) -> list[tuple]:
    """Random places in random trees; every third proof is damaged in one of five ways."""
    chance, hasher, found = random.Random(seed), HASHES[tree], []
    forests = {}
    for _ in range(count):
        size = chance.randint(1, 70)
        if size not in forests:
            hashes = [leaf_hash(bytes([size, place]), hasher) for place in range(size)]
            forests[size] = hashes, root(hashes, hasher).hex()
        hashes, top = forests[size]
        index = chance.randrange(size)
        path = [step.hex() for step in inclusion_proof(hashes, index, hasher)]
        case = [hashes[index].hex(), index, size, path, top]
        damage = chance.randrange(15)
        if damage == 0:
            case[0] = chance.randbytes(32).hex()
        elif damage == 1:
            case[1] = chance.randrange(size + 3)
        elif damage == 2:
            case[2] = size + chance.randint(1, 5)
        elif damage == 3 and path:
            path[chance.randrange(len(path))] = chance.randbytes(32).hex()
        elif damage == 4:
            case[3] = path[:-1] if path and chance.random() < 0.5 else [*path, chance.randbytes(32).hex()]
        found.append(tuple(case))
    return found


def agree(page: Page, tree: str, count: int, seed: int) -> None:
    cases = proofs(tree, count, seed)
    expected = [python_says(tree, case) for case in cases]
    assert page.evaluate(PROVE, [tree, [list(case) for case in cases]]) == expected
    assert 0 < sum(expected) < count, "both answers occur"


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
def test_page_and_file_agree_on_random_proofs(page, tree):
    agree(page, tree, 500, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("tree", ["sha256", "sm3"])
def test_page_and_file_agree_on_ten_thousand_random_proofs(page, tree):
    agree(page, tree, 10_000, seed=2)


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])
def test_both_hashes_are_those_of_the_standard(page, length):
    data = random.Random(length).randbytes(length)
    for tree, hasher in HASHES.items():
        assert page.evaluate(f"data => hex({tree}(unhex(data)))", data.hex()) == hasher(data).hex()


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
def test_a_folder_of_the_log_is_confirmed_and_a_flipped_bit_refused(page, tmp_path, tree):
    folder = published(tmp_path, leaves(SIZE), tree)
    page.fill("#key", public(tree).encoded())
    page.set_input_files("#log", str(folder))
    expect(page.get_by_role("status")).to_contain_text("核验通过")
    assert Axe().run(page).violations_count == 0
    tile = folder / "tile" / "0" / "001"
    data = bytearray(tile.read_bytes())
    data[40] ^= 4
    tile.write_bytes(bytes(data))
    page.set_input_files("#log", str(folder))
    expect(page.get_by_role("status")).to_contain_text("核验不通过")


def test_canonical_text_is_spelt_alike(page):
    chance = random.Random(3)
    values = [
        {"b": [1, None, True], "a": {"𠮷": "甲\n\u2028\"\\", "ﬀ": -5}, "": ""},
        *({chr(chance.choice([97, 0x4E00, 0x1F600, 0xFF01]) + n): chance.randrange(10**12) for n in range(9)} for _ in range(50)),
    ]  # fmt: skip
    for value in values:
        text = json.loads(json.dumps(value))
        assert page.evaluate("value => spelt(value)", text) == verify.spelt(text).decode()


@pytest.fixture
def taken(browser: Browser, site: Site) -> tuple[bytes, str]:
    """(the bundle of a case of the sample, the public key) as somebody logged in downloads them."""
    context = browser.new_context(base_url=site.address)
    window = context.new_page()
    log_in(window, site, "承办")
    answer = window.request.get("/desk/cases/2021-0001/bundle.json")
    assert answer.ok
    content = answer.body()
    key = window.request.get("/healthz").json()["keys"]["verifiers"][0]
    context.close()
    return content, key


def judged(page: Page, tmp_path: Path, key: str, content: bytes) -> tuple[int, str]:
    """(exit code of the file, class of the answer on the page) for one bundle."""
    file = tmp_path / "bundle.json"
    file.write_bytes(content)
    page.fill("#key", key)
    page.set_input_files("#bundle", [])
    page.set_input_files("#bundle", str(file))
    expect(page.get_by_role("status")).to_contain_text(re.compile("^[✓✗⚠]"))
    look = page.get_by_role("status").get_attribute("class") or ""
    page.evaluate("document.getElementById('answer').textContent = ''")
    return verify.main(["bundle", str(file), "--key", key]), look


def test_the_bundle_of_a_real_case_holds_and_every_kind_of_damage_is_refused_by_both(page, tmp_path, taken):
    content, key = taken
    assert judged(page, tmp_path, key, content) == (0, "good")
    whole = json.loads(content)
    value = json.loads(content)
    value["rows"][0]["columns"]["number"] += "改"
    entry = json.loads(content)
    entry["entries"][0]["body"] = entry["entries"][0]["body"].replace('"v":1', '"v":2')
    head = {**whole, "checkpoint": whole["checkpoint"].replace("\n", "\n1", 1)}
    for damaged in (value, entry, head):
        answer = judged(page, tmp_path, key, json.dumps(damaged, ensure_ascii=False).encode())
        assert answer == (1, "bad")
    assert judged(page, tmp_path, key, content[:-100]) == (2, "")
    assert judged(page, tmp_path, key + "x", content)[0] == 2


ORDERS = """cases => cases.map(([key, label, size]) => [
  Array.from(drawOrder(unhex(key), label, size)), hex(drawSeed(label, unhex(key), [[label, String(size)], ["public", ""]]))])"""


def drawn_alike(page: Page, count: int, seed: int) -> None:
    chance = random.Random(seed)
    cases = [
        [chance.randbytes(32).hex(), "".join(chance.choice("甲𠮷é/0") for _ in range(chance.randrange(6))), chance.randrange(13)]
        for _ in range(count)
    ]  # fmt: skip
    expected = [
        [
            list(verify.draw_order(bytes.fromhex(key), label, size)),
            verify.draw_seed(label, bytes.fromhex(key), [(label, str(size)), ("public", "")]).hex(),
        ]
        for key, label, size in cases
    ]
    assert page.evaluate(ORDERS, cases) == expected


def test_page_and_file_draw_alike(page):
    drawn_alike(page, 300, seed=4)


@pytest.mark.slow
def test_page_and_file_draw_alike_on_ten_thousand_random_inputs(page):
    drawn_alike(page, 10_000, seed=5)


def test_the_transcript_of_a_draw_holds_and_every_damage_is_refused_by_both(page, tmp_path):
    whole = transcript()
    hidden = json.loads(json.dumps(whole))
    hidden["objects"]["opened"].clear()
    answers = {}
    for name, found in {"whole": whole, "hidden": hidden, **damages(whole)}.items():
        file = tmp_path / "draw.json"
        file.write_text(json.dumps(found, ensure_ascii=False))
        page.evaluate("document.getElementById('answer').textContent = ''")
        page.set_input_files("#draw", [])
        page.set_input_files("#draw", str(file))
        expect(page.get_by_role("status")).to_contain_text(re.compile("^[✓✗⚠]"))
        look = page.get_by_role("status").get_attribute("class") or ""
        answers[name] = verify.main(["draw", str(file)]), look
    assert answers == {**dict.fromkeys(answers, (1, "bad")), "whole": (0, "good"), "hidden": (2, "")}


def shown(page: Page) -> str:
    expect(page.get_by_role("status")).to_contain_text(re.compile("^[✓✗⚠]"))
    look = page.get_by_role("status").get_attribute("class") or ""
    page.evaluate("document.getElementById('answer').textContent = ''")
    return look


def paper_judged(page: Page, folder: Path, tree: str, pdf: bytes, receipt: dict | None) -> tuple[int, str]:
    """(exit code of the file, class of the answer on the page) for a paper, with or without its receipt."""
    (folder / "paper.pdf").write_bytes(pdf)
    (folder / "receipt.json").write_text(json.dumps(receipt, ensure_ascii=False))
    page.fill("#key", public(tree).encoded())
    page.set_input_files("#paper", [])
    page.set_input_files("#receipt", [str(folder / "receipt.json")] if receipt else [])
    page.set_input_files("#paper", str(folder / "paper.pdf"))
    issued = ["--issued", str(folder / "receipt.json")] if receipt else []
    return verify.main(
        ["document", str(folder / "paper.pdf"), "--key", public(tree).encoded(), *issued]
    ), shown(page)


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
def test_a_paper_holds_with_its_receipt_and_every_damage_is_refused_by_both(page, tmp_path, tree):
    pdf, receipt = paper()
    assert paper_judged(page, tmp_path, tree, pdf, receipt) == (0, "good")
    assert paper_judged(page, tmp_path, tree, pdf, None) == (2, "")
    assert paper_judged(page, tmp_path, tree, pdf + b"%", receipt) == (1, "bad")
    assert paper_judged(page, tmp_path, tree, pdf.replace(b"%PDF", b"%PDG"), receipt) == (1, "bad")
    assert paper_judged(page, tmp_path, tree, b"%PDF-1.7\nstream\nnothing\nendstream", receipt) == (2, "")
    other = json.loads(json.dumps(receipt).replace("instrument_issued", "instrument_issueD"))
    assert paper_judged(page, tmp_path, tree, pdf, other) == (1, "bad")
    assert paper_judged(page, tmp_path, tree, pdf, {**receipt, "format": "yifa-receipt/2"}) == (2, "")


def test_a_report_holds_and_a_changed_figure_is_refused_by_both(page, tmp_path):
    whole, key = report(), public("sha256").encoded()
    page.fill("#key", key)
    answers = []
    for change in ({}, {"records": 4}, {"digest": "00" * 32}, {"keys": ["case:1", "case:2", "case:3"]}):
        file = tmp_path / "report.json"
        file.write_text(
            json.dumps({**whole, "figures": [{**whole["figures"][0], **change}]}, ensure_ascii=False)
        )
        page.set_input_files("#report", [])
        page.set_input_files("#report", str(file))
        answers.append((verify.main(["report", str(file), "--key", key]), shown(page)))
    assert answers == [(0, "good"), *[(1, "bad")] * 3]


def test_a_log_that_does_not_continue_an_older_head_is_refused(page, tmp_path):
    folder = published(tmp_path, leaves(SIZE))
    page.fill("#key", public("sha256").encoded())
    for hashes, expected in (
        (leaves(300), "good"),
        ([b"\x01" * 32, *leaves(300)[1:]], "bad"),
        (leaves(SIZE + 1), "bad"),
    ):
        older = tmp_path.parent / f"{tmp_path.name}-older"
        older.write_text(head(hashes))
        page.set_input_files("#older", str(older))
        page.set_input_files("#log", str(folder))
        assert shown(page) == expected
