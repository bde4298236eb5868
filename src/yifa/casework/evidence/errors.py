"""Why a file was not taken in, or something not done with it; nothing was written."""

from __future__ import annotations

from django.utils.translation import gettext


class EvidenceError(Exception):
    """Refused with a sentence that says what to do."""


class UnknownEvidence(EvidenceError):
    """No such evidence or file in this case."""


class NotPermitted(EvidenceError):
    """This person may not do this."""


class CannotTakeIn(EvidenceError):
    """The file cannot be evidence as it is: empty, too large, of a type that is not taken."""


class Damaged(CannotTakeIn):
    """The file breaks off or does not open; it may still be taken in, marked as such."""


class AlreadyTaken(EvidenceError):
    """The case has this very file; `seq` and `serial` say where."""

    def __init__(self, name: str, evidence: str, seq: int, serial: int) -> None:
        self.seq, self.serial = seq, serial
        words = gettext(
            "本案已经有这个文件：%(evidence)s 的“%(name)s”，内容完全相同，没有重复收。请选择别的文件。"
        )
        super().__init__(words % {"evidence": evidence, "name": name})


class FileGone(EvidenceError):
    """The stored bytes are missing."""


class FileChanged(EvidenceError):
    """The stored bytes are not those that were taken in."""


class NoRoom(EvidenceError):
    """The disk cannot hold it; said before anything is written."""


class UploadEnded(EvidenceError):
    """The upload was ended, took too long, or is evidence already: nothing more comes into it."""


class WrongPlace(EvidenceError):
    """The part does not go on where the upload stands; `offset` says where."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        words = gettext("服务器已经收到 %(offset)s 字节，请从这里继续传。")
        super().__init__(words % {"offset": f"{offset:,}"})


class WrongPart(EvidenceError):
    """The part is too short or too long for its place, or broke off on the way."""


class WrongChecksum(EvidenceError):
    """The part is not what the sender says it is."""


class NotTheSame(EvidenceError):
    """What lies in the store is not what the sender says he sent, or not what came in."""
