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
    from yifa.casework.instruments.models import ISSUED, REVOKED, Instrument
    from yifa.ledger.checkpoints import SigningRefused, verifier_keys
    from yifa.ledger.document import receipt
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
    same = Instrument.objects.filter(state__in=(ISSUED, REVOKED), form=form, number=number)
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
    try:
        with TemporaryDirectory(prefix="yifa-verify-") as folder:
            path = Path(folder) / "receipt.json"
            path.write_text(json.dumps(receipt(found), ensure_ascii=False), encoding="utf-8")
            asked = ["document", file, "--key", verifier_keys()[0], "--issued", str(path)]
            return verify.main([*asked, *(["--json"] if as_json else [])])
    except (SigningRefused, LookupError) as refused:
        raise Refused(f"verify document：{refused}") from refused


def said(code: int, words: str, as_json: bool) -> int:
    print(json.dumps({"ok": False, "message": words}, ensure_ascii=False) if as_json else words)
    return code
