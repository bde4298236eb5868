"""Files of evidence, what became of them (保管链), marks on recordings (标记). The evidence itself is an act of the record."""

from __future__ import annotations

from django.db import models

from yifa.casework.cases.models import Act, Case
from yifa.ledger.bound import bound
from yifa.registry.organs.models import Organ, OrganOwned

ORIGINAL, COPY, DERIVED = "original", "copy", "derived"
FORMS = {ORIGINAL: "原件", COPY: "复制件（经核对与原件一致）", DERIVED: "制作件（原文件未改动）"}
RECEIVED, CHECKED, HANDED_OVER, INSPECTED, RETURNED, MADE = (
    "received", "checked", "handed_over", "inspected", "returned", "derived",
)  # fmt: skip
CUSTODY = {
    RECEIVED: "收到", CHECKED: "第二人核验", HANDED_OVER: "移交", INSPECTED: "查验", RETURNED: "退还", MADE: "制作",
}  # fmt: skip
RECEIVING, STAGED, SOUND, QUARANTINED, SEALED, GIVEN_UP = (
    "receiving", "staged", "checked", "quarantined", "sealed", "given_up",
)  # fmt: skip


@bound(
    "evidence_file",
    key=lambda file: f"{file.case_id}/{file.serial}",
    legal=(
        "organ_id", "case_id", "serial", "act_id", "form", "derived_from_id", "sha256", "sm3", "size", "media", "readable",
        "received_by", "received_at",
    ),
    personal=("name", "words"),
    technical=("id", "checked_at", "harmless", "broken_at"),
)  # fmt: skip
class EvidenceFile(OrganOwned):
    """One file of an item of evidence, as it was received and never changed. `act` added the evidence to the record.

    `words`: where it comes from and how it was obtained; of a derived file, what was done and with what.
    `readable`: it opened when it came in. `harmless`: a browser may be given it to show. `checked_at`: when its bytes were last
    found as they came in; `broken_at`: when they were found not to be, until they are again.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    form = models.CharField(max_length=10, default=ORIGINAL)
    derived_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media = models.CharField(max_length=100)
    readable = models.BooleanField(default=True)
    name = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    received_by = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    harmless = models.BooleanField(default=True)
    broken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["case", "serial"], name="evidence_file_serial"),
            models.UniqueConstraint(fields=["case", "sha256"], name="evidence_file_once"),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="evidence_file_sha256"),
            models.Index(fields=["organ", "checked_at"], name="evidence_file_checked"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.serial}"


@bound(
    "custody_entry",
    key=lambda entry: f"{entry.case_id}/{entry.serial}",
    legal=("organ_id", "case_id", "serial", "act_id", "file_id", "kind", "by", "to", "at"),
    personal=("words",),
    technical=("id",),
)
class CustodyEntry(OrganOwned):
    """One link of the chain of custody (保管链) of an item of evidence, or of one of its files."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    serial = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    by = models.CharField(max_length=40)
    to = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["serial"]
        constraints = [models.UniqueConstraint(fields=["case", "serial"], name="custody_serial")]
        indexes = [models.Index(fields=["act", "serial"], name="custody_of_evidence")]

    @property
    def kind_words(self) -> str:
        return CUSTODY[self.kind]


@bound(
    "evidence_mark",
    key=lambda mark: f"{mark.file_id}/{mark.serial}",
    legal=("organ_id", "file_id", "serial", "second", "by", "at"),
    personal=("words",),
    technical=("id",),
)
class EvidenceMark(OrganOwned):
    """A place in a recording with a note (标记); its address can be cited."""

    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="marks")
    serial = models.PositiveIntegerField()
    second = models.PositiveIntegerField()
    words = models.CharField(max_length=200)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ["second", "serial"]
        constraints = [models.UniqueConstraint(fields=["file", "serial"], name="evidence_mark_serial")]


@bound(
    "evidence_upload",
    key=lambda upload: upload.key,
    legal=(
        "organ_id", "case_id", "key", "owner", "by", "size", "state", "opened_at", "sha256", "sm3", "root", "media", "readable",
        "file_id",
    ),
    personal=("name",),
    technical=("id", "offset", "expires_at", "harmless"),
)  # fmt: skip
class EvidenceUpload(OrganOwned):
    """A file that comes in part by part (断点续传), for one case and one account, of a length told at the start.

    Receiving → staged (all of it is here) → checked, or quarantined where it does not open → sealed: a row of a file refers to it.
    `root`: RFC 6962 root, SHA-256, of the hashes of its chunks. Given up: ended by its owner, refused, or too long without a part.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=32, unique=True)
    owner = models.CharField(max_length=150)
    by = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, default=RECEIVING)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64, blank=True)
    sm3 = models.CharField(max_length=64, blank=True)
    root = models.CharField(max_length=64, blank=True)
    media = models.CharField(max_length=100, blank=True)
    readable = models.BooleanField(default=True)
    harmless = models.BooleanField(default=True)
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["case", "owner", "state"], name="evidence_upload_of"),
            models.Index(fields=["state", "expires_at"], name="evidence_upload_expires"),
            models.Index(fields=["file"], name="evidence_upload_became"),
        ]

    def __str__(self) -> str:
        return self.key


class UploadChunk(models.Model):
    """A part of an upload as it came in: 8 MiB each, only the last may be shorter. Its SHA-256 is a leaf of `root`."""

    upload = models.ForeignKey(EvidenceUpload, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="evidence_chunk_once")]


class Opening(models.Model):
    """Who opened a file (查看), once in a quarter of an hour; the access log has the entry."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="openings")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    taken_away = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["file", "by", "at"], name="evidence_opening_of")]
