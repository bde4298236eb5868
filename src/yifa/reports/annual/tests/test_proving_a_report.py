"""A report carries the head it was counted at, and outsiders recompute its digests from the records it lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from yifa.casework.cases.tests import factories as make
from yifa.ledger.checkpoints import RolledBack, head_file, last_signed, verifier_keys
from yifa.proof import verify
from yifa.reports.annual import counted_at
from yifa.reports.figures.tests import year
from yifa.site.accounts.models import User
from yifa.site.cli.errors import Refused
from yifa.site.cli.main import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2022-03-01")
    make.case_with(make.lead(), make.opening(), code=year.organ().code)


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "report.json"
    assert run(["report", "2021", "--keys", "-o", str(path)]) == 0
    return path


def judged(file: Path, report: dict | None = None, key: str = "") -> tuple[int, str]:
    if report is not None:
        file.write_text(json.dumps(report, ensure_ascii=False))
    code = verify.main(["report", str(file), "--key", key or verifier_keys()[0], "--json"])
    return code, ""


def test_a_report_without_its_records_cannot_be_told(tmp_path, capsys):
    path = tmp_path / "report.json"
    assert run(["report", "2021", "-o", str(path)]) == 0
    capsys.readouterr()
    assert run(["verify", "report", str(path)]) == 2
    assert "yifa report --keys" in capsys.readouterr().err


def test_keys_are_for_json_alone_and_a_file_is_needed():
    for arguments in (["report", "2021", "--keys", "--format", "html"], ["verify", "report"]):
        with pytest.raises(Refused) as no:
            run(arguments)
        assert no.value.code == 2


def test_the_records_of_every_figure_give_its_digest_and_the_head_is_signed(file, capsys):
    report = json.loads(file.read_text())
    opened = next(one for one in report["figures"] if one["key"] == "cases.ordinary.opened")
    assert [key.partition(":")[0] for key in opened["keys"]] == ["case"] and opened["records"] == 1
    assert report["head"]["size"] == last_signed().size > 0
    for number in (0, 1):
        assert judged(file, key=verifier_keys()[number])[0] == 0
    capsys.readouterr()
    assert run(["verify", "report", str(file)]) == 0
    assert "核验通过：2021 年度报告" in capsys.readouterr().out


def changes(report: dict) -> dict[str, dict]:
    """The report changed in one place each, by what the answer must name."""
    found = {}
    for name in ("多一条", "少一条", "条数", "树根", "签名"):
        one = json.loads(json.dumps(report))
        figure = next(f for f in one["figures"] if f["key"] == "cases.ordinary.opened")
        if name == "多一条":
            figure["keys"].append("case:2021-9999")
        elif name == "少一条":
            figure["keys"].clear()
        elif name == "条数":
            figure["records"] = 7
        elif name == "树根":
            one["head"]["root_sha256"] = "00" * 32
        else:
            one["head"]["note"] = one["head"]["note"].replace("\n", "\n1", 1)
        found[name] = one
    return found


def test_a_changed_figure_or_head_is_named(file, capsys):
    for name, changed in changes(json.loads(file.read_text())).items():
        capsys.readouterr()
        assert judged(file, changed)[0] == 1, name
        message = json.loads(capsys.readouterr().out)["message"]
        assert ("cases.ordinary.opened" in message) == (name in ("多一条", "少一条", "条数")), message


@pytest.mark.parametrize(
    "text", ["{", "[]", "{}", '{"head": {}}', '{"head": {"refused": "x"}, "figures": []}']
)
def test_what_is_no_report_cannot_be_told(file, text):
    file.write_text(text)
    assert judged(file)[0] == 2


def test_page_and_printed_report_show_the_head(file, tmp_path):
    head = last_signed()
    out = tmp_path / "report.html"
    assert run(["report", "2021", "--format", "html", "-o", str(out)]) == 0
    browser = Client()
    browser.force_login(User.objects.create(username="办公室", organ=year.organ()))
    page = browser.get("/desk/reports/annual/2021/").content.decode()
    for text in (page, out.read_text()):
        assert "计数时的日志头" in text and head.notes["sha256"].split("\n")[2] in text.replace(
            "&#x2F;", "/"
        ).replace("&#43;", "+")


def test_where_nothing_can_be_signed_the_report_counts_and_says_so(tmp_path, monkeypatch, capsys):
    def refuse() -> None:
        raise RolledBack("数据库比最后一次签名的日志头旧")

    monkeypatch.setattr(counted_at, "sign", refuse)
    path = tmp_path / "report.json"
    assert run(["report", "2021", "--keys", "-o", str(path)]) == 0
    assert "没有签名的日志头" in capsys.readouterr().err and not head_file("case").exists()
    assert json.loads(path.read_text())["head"] == {"refused": "数据库比最后一次签名的日志头旧"}
