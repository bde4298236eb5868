"""Files of the evidence room in the package: refused once archived; vouched for by the log."""

from __future__ import annotations

import subprocess
import sys

import pytest

from yifa.casework.cases.errors import CaseArchived
from yifa.casework.dossiers import actions, files
from yifa.casework.dossiers.evidence import evidence_of
from yifa.casework.dossiers.tests import factories as make
from yifa.casework.evidence import actions as evidence
from yifa.casework.evidence.tests.samples import jpeg
from yifa.ledger import clock
from yifa.ledger.checkpoints import verifier_keys
from yifa.proof import verify

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    monkeypatch.setattr(files, "SOURCES", [evidence_of])


def added(case, words: bytes):
    act = case.acts.filter(kind="evidence_added").order_by("seq").first()
    return evidence.add_file(
        act=act, file=evidence.receive(chunks=[jpeg(words)], name="现场.jpg"), by="0101", actor=make.ACTOR
    )


def test_an_archived_case_takes_no_more_files():
    with pytest.raises(CaseArchived):
        added(make.archived(), b"late")


def test_the_package_holds_the_file_and_the_verifier_vouches_for_it(tmp_path):
    case = make.with_papers()
    added(case, b"scene")
    make.history(case, make.CLOSED, make.ARCHIVED)
    sealed = actions.seal(organ=case.organ_id, case_no=case.no, at=clock.now(), by="0101", actor=make.ACTOR)
    (tmp_path / "one.zip").write_bytes(b"".join(actions.package(sealed)))
    assert sealed.contents.filter(path__startswith="data/evidence/").count() == 1
    command = [
        sys.executable,
        "-I",
        verify.__file__,
        "dossier",
        str(tmp_path / "one.zip"),
        "--key",
        verifier_keys()[0],
    ]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
