"""Two browsers on one upload: what is then stored is the file of whoever ended it, or nothing is."""

from __future__ import annotations

import random
from hashlib import sha256

import pytest
from django.utils import timezone

from yifa.casework.cases.models import Case
from yifa.casework.evidence import receiving
from yifa.casework.evidence.errors import EvidenceError
from yifa.casework.evidence.models import EvidenceUpload
from yifa.casework.evidence.store import store
from yifa.casework.evidence.tests.test_receiving import ACTOR, SMALL, film, hashes, parts, stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "CHUNK", SMALL)


def two_senders(case: Case, seed: int) -> None:
    """Two browsers on one upload, each with a file of its own, sending in any order parts that are right, cut, shifted, too long.

    Whoever ends it: what is then stored is his file, or nothing is.
    """
    chance = random.Random(seed)
    length = chance.choice((1, 2, 3, 4)) * SMALL + chance.choice((0, 0, 1, 347, 999))
    sources = [film(length, seed=2 * seed), film(length, seed=2 * seed + chance.randrange(2))]
    row = receiving.open_upload(
        case=case, name="录像.mp4", size=length, owner="user:1", by="0101", actor=ACTOR
    )
    for _ in range(chance.randrange(4, 30)):
        if EvidenceUpload.objects.get(pk=row.pk).state != "receiving":
            break
        source = chance.choice(sources)
        number = row.offset // SMALL if chance.random() < 0.6 else chance.randrange(len(parts(source)))
        offset = number * SMALL + chance.choice((0, 0, 0, 0, 1, -1, 500))
        end = number * SMALL + SMALL + chance.choice((0, 0, 0, 0, -1, 1, 500))
        data, declared = source[max(0, offset) : end], end - offset
        if chance.random() < 0.8:
            declared = len(data)
        try:
            receiving.take_chunk(upload=row, offset=offset, data=data, declared=declared, actor=ACTOR)
        except EvidenceError:
            row.refresh_from_db()
    source = chance.choice(sources)
    row.refresh_from_db()
    try:
        got = receiving.finish(upload=row, told=hashes(source), actor=ACTOR)
    except EvidenceError:
        assert not list(store().kept()), seed
    else:
        assert got.sha256 == sha256(source).hexdigest() and stored(source), seed
        store().check(got.sha256)
        store().remove(got.sha256, before=timezone.now().timestamp() + 60)
    if EvidenceUpload.objects.get(pk=row.pk).state == "receiving":
        receiving.give_up(upload=row, actor=ACTOR)


def run_two_senders(case: Case, seeds: range) -> None:
    for seed in seeds:
        two_senders(case, seed)
    assert EvidenceUpload.objects.filter(state="checked").count() > len(seeds) // 10
    assert EvidenceUpload.objects.filter(state="given_up").count() > len(seeds) // 10


def test_whatever_two_senders_do_the_stored_file_is_the_one_sent_or_none(case):
    run_two_senders(case, range(150))


@pytest.mark.slow
def test_whatever_two_senders_do_two_thousand_times(case):
    run_two_senders(case, range(1000, 3000))
