"""`yifa verify document FILE`: a paper against the register and the log of this installation; says 真实 or what is wrong.

Others take `yifa-verify.py document FILE --key KEY --issued RECEIPT`, which needs nothing of ours.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from yifa.site.cli.errors import Refused


def verify_document(file: str | None, *, as_json: bool) -> int:
    """0 it is the paper we sealed and it stands; 1 it is not, or it was revoked; 2 cannot tell."""
    from yifa.casework.instruments.models import CORRECTED, REVOKED, SEALED, Instrument
    from yifa.casework.instruments.queries import corrected_by
    from yifa.ledger.checkpoints import SigningRefused
    from yifa.ledger.document import receipt
    from yifa.ledger.rotation import key_for
    from yifa.proof import verify

    if not file:
        raise Refused("verify document：请给出文书文件")
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise Refused(f"verify document：{file} 读不出来：{error.strerror}") from error
    try:
        contents = verify.attachment(data)["contents"]
        number, form = contents["number"], contents["form"]
    except (verify.CannotTell, KeyError, TypeError, ValueError) as error:
        raise Refused(f"verify document：{error}") from error
    digest = hashlib.sha256(data).hexdigest()
    same = Instrument.objects.filter(state__in=SEALED, form=form, number=number)
    found = same.filter(pdf_sha256=digest).first()
    if found is None:
        known = (
            f"{number} 是本机关的文书，但是文件内容与存证不同"
            if number and same.exists()
            else f"查无此文书：{number}"
        )
        return said(1, f"核验不通过：{known}。请保留原件并与机关联系", as_json)
    if found.state == REVOKED:
        return said(1, f"真实，但已撤销：{number}，{found.revoked_at:%Y-%m-%d}", as_json)
    later = corrected_by(found) if found.state == CORRECTED else None
    if later:
        words = f"真实，但已更正：{number}，{later.issued_at:%Y-%m-%d}，现行文书 {later.number or later.no}"
        return said(1, words, as_json)
    try:
        with TemporaryDirectory(prefix="yifa-verify-") as folder:
            path = Path(folder) / "receipt.json"
            told, proof = receipt(found), verify.attachment(data)
            path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            key, now = key_for(proof["checkpoint"]), key_for(told["checkpoint"])
            if key != now:
                return said(*under_two_keys(proof, key, told, now, digest), as_json)
            asked = ["document", file, "--key", key, "--issued", str(path)]
            return verify.main([*asked, *(["--json"] if as_json else [])])
    except (SigningRefused, LookupError) as refused:
        raise Refused(f"verify document：{refused}") from refused


def stood(told: dict, key: str) -> tuple[int, dict]:
    """Size of the signed head and what the entry under it says. Raises Broken, CannotTell."""
    from yifa.proof import verify

    known = verify.read_key(key)
    head = verify.read_checkpoint(told["checkpoint" + known.suffix], known)
    return head[0], verify.entered(told["entry"], head, known)


def under_two_keys(proof: dict, key: str, receipt: dict, now: str, digest: str) -> tuple[int, str]:
    """A paper sealed under an earlier key or in a log since frozen: its proof under that key, its receipt under ours.

    The bytes of the file were compared with those sealed already.
    """
    from yifa.proof import verify

    try:
        (size, fixed), (_, issued) = stood(proof, key), stood(receipt, now)
    except (verify.Broken, verify.CannotTell) as error:
        return 1, f"核验不通过：{error}"
    if (fixed["type"], issued["type"]) != ("instrument_fixed", "instrument_issued") or digest not in issued[
        "doc_hashes"
    ]:
        return 1, "核验不通过：日志里没有这件文书定稿和用印的记录"
    return (
        0,
        f"核验通过：凭证用从前的密钥签名，仍然成立（第 {fixed['idx']}、{issued['idx']} 条，日志 {size} 条）",
    )


def said(code: int, words: str, as_json: bool) -> int:
    print(json.dumps({"ok": not code, "message": words}, ensure_ascii=False) if as_json else words)
    return code
