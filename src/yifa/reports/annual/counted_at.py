"""The head of the log a report was counted at: whoever keeps the report keeps a head, and so becomes a witness."""

from __future__ import annotations

from dataclasses import dataclass

from yifa.ledger.checkpoints import SignedHead, SigningRefused, sign


@dataclass(frozen=True)
class ReportHead:
    """`signed` is None where no head could be signed; `refused` says why."""

    signed: SignedHead | None = None
    refused: str = ""

    @property
    def roots(self) -> dict[str, str]:
        """Root (hex) by tree."""
        return {name: tree.root().hex() for name, tree in self.signed.trees().items()} if self.signed else {}

    def as_json(self) -> dict[str, object]:
        if self.signed is None:
            return {"refused": self.refused}
        return {
            "size": self.signed.size,
            "root_sha256": self.roots["sha256"],
            "root_sm3": self.roots["sm3"],
            "signed_at": self.signed.signed_at,
            "note": self.signed.notes["sha256"],
            "note_sm3": self.signed.notes["sm3"],
        }


def head_now() -> ReportHead:
    """The head, signed now where the log has grown; where signing is refused the report says so, and still counts."""
    try:
        return ReportHead(sign())
    except SigningRefused as refused:
        return ReportHead(refused=str(refused))
