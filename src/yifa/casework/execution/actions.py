"""Keep a bank file, take it in as a whole, give a held payment its case, charge the additional fine by law.

A payment becomes the act `fine_collected` of its case, in the same transaction as its own row and ledger entry.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext, override

from yifa.casework.cases.actions import record_act
from yifa.casework.cases.errors import InvalidAct, StepRefused
from yifa.casework.cases.forms.typed import case_number
from yifa.casework.cases.models import Act, Case
from yifa.casework.execution.bank_file import Row, read
from yifa.casework.execution.errors import (
    AlreadySettled,
    AnswerChanged,
    FileFaulty,
    NoSuchDecision,
    NothingDue,
)
from yifa.casework.execution.matching import HELD as WAITING
from yifa.casework.execution.matching import Match, by_day, check, claims_for, not_recordable
from yifa.casework.execution.models import HELD, RECORDED, BankPayment, BankUpload
from yifa.casework.execution.queries import execution_of
from yifa.ledger import clock
from yifa.ledger.actions import Actor, Unit, writing
from yifa.registry.organs.models import Organ

KEPT_IN = "zh-hans"
"""What is stored is Chinese, whatever the page was read in."""
NOTE = "按银行缴款文件记录，流水号 {0}"


def receive(*, organ: Organ, name: str, body: bytes, actor: Actor) -> BankUpload:
    """Keep the file to be confirmed. Nothing of the registers changes."""
    return BankUpload.objects.create(
        organ=organ, file_name=name[:300], sha256=hashlib.sha256(body).hexdigest(), body=body, uploaded_at=clock.now(),
        uploaded_by=actor.id,
    )  # fmt: skip


def take_in(*, upload: BankUpload, expected: str, actor: Actor) -> dict[str, int]:
    """Every row of the file or none; returns rows by outcome. `expected` is the digest of what was shown.

    Raises FileFaulty, AnswerChanged.
    """
    with writing() as unit:
        # the organ's row is locked, so that the same file sent twice at once is counted once
        organ = Organ.objects.select_for_update().get(pk=upload.organ_id)
        with override(KEPT_IN):
            checked = check(organ.code, read(bytes(upload.body), clock.today()))
        if checked.faults:
            raise FileFaulty(gettext("文件里有问题，没有导入任何缴款。请改正后重新上传。"))
        if checked.digest != expected:
            raise AnswerChanged(gettext("核对之后案件有了新的记录，下面是新的结果。请再核对一次，然后确认。"))
        counts = dict(checked.counts)
        fresh = {one.row.serial: one for one in checked.new}
        for row in by_day(one.row for one in checked.new):
            if not enter(unit, organ, upload.sha256, fresh[row.serial], actor):
                counts[fresh[row.serial].outcome] -= 1
                counts[WAITING] = counts.get(WAITING, 0) + 1
        upload.taken_in_at = clock.now()
        upload.summary = {name: count for name, count in counts.items() if count}
        upload.save(update_fields=["taken_in_at", "summary"])
    return upload.summary


def enter(unit: Unit, organ: Organ, sha256: str, match: Match, actor: Actor) -> bool:
    """The payment of one row; False where the law did not let it into its case and it waits."""
    row = match.row
    made = BankPayment(
        organ=organ, serial=row.serial, number=row.number, amount_fen=row.amount_fen, paid_on=row.paid_on,
        file_sha256=sha256, line=row.line, state=HELD, why=match.why, entered_at=clock.now(),
    )  # fmt: skip
    refused = False
    if match.outcome != WAITING:
        try:
            act = record_payment(match.case_no, row, actor)
            made.case_id, made.act_seq, made.state = match.case_no, act.seq, RECORDED
        except (StepRefused, InvalidAct) as error:
            made.why, refused = str(error)[:300], True
    unit.log(type="bank_payment_entered", actor=actor, agency=organ.code, rows=[made], doc_hashes=[sha256])
    made.save(force_insert=True)
    return not refused


def record_payment(case_no: str, row: Row, actor: Actor) -> Act:
    """The act of a payment by the bank. Raises StepRefused, InvalidAct."""
    at, date_only = moment_of(case_no, row)
    event: dict[str, Any] = {
        "at": at.isoformat(), "kind": "fine_collected", "by": [], "collector": "bank", "amount_fen": row.amount_fen,
        "receipt": row.serial, "note": NOTE.format(row.serial),
    }  # fmt: skip
    late = row.paid_on < clock.today() or Act.objects.filter(case_id=case_no, at__gt=at).exists()
    return record_act(case_no=case_no, event=event, actor=actor, entered_late=late, date_only=date_only)


def moment_of(case_no: str, row: Row) -> tuple[datetime, bool]:
    """The first moment of the day of payment; on the day of the decision the decision's, which it follows."""
    day = datetime.combine(row.paid_on, time(), clock.SHANGHAI)
    decided = Act.objects.filter(case_id=case_no, kind__in=("decision_made", "summary_decision_made"))
    last = decided.order_by("-at").values_list("at", flat=True).first()
    if last is not None and last > day:
        return last.astimezone(clock.SHANGHAI), False
    return day, True


def settle(*, organ: Organ, pk: int, number: str, actor: Actor) -> BankPayment:
    """Enter a held payment under the decision it is for. Raises AlreadySettled, NoSuchDecision, StepRefused, InvalidAct."""
    with writing() as unit:
        found = BankPayment.objects.select_for_update().get(organ=organ, pk=pk)
        if found.state != HELD:
            raise AlreadySettled(
                gettext("这笔缴款已经记入案件 %(no)s，没有再次记录。") % {"no": found.case_id}
            )
        wanted = case_number(number)
        claims = claims_for(organ.code, {wanted}).get(wanted, [])
        if len(claims) != 1:
            raise NoSuchDecision(gettext("没有找到这个文号的罚款决定，请核对文号。"))
        if stop := not_recordable(found.paid_on, claims[0]):
            raise NoSuchDecision(stop)
        row = Row(found.line, wanted, found.amount_fen, found.paid_on, found.serial)
        act = record_payment(claims[0].case.no, row, actor)
        found.case, found.act_seq, found.state = claims[0].case, act.seq, RECORDED
        found.why, found.version = "核对后记入", found.version + 1
        unit.log(type="bank_payment_settled", actor=actor, agency=organ.code, rows=[found])
        found.save()
    return found


def charge_additional_fine(*, case: Case, by: str, expected: int, actor: Actor) -> Act:
    """Charge what has fallen due until today, as `law` counts it. Raises NothingDue, StaleEdition, StepRefused."""
    with writing():
        found = execution_of(case, clock.now())
        now = found.now
        if now is None or now.counted_to is None or now.accrued_fen <= now.charged_fen:
            raise NothingDue(gettext("现在没有可以加处的罚款：没有逾期，或者已经按今天的数额加处。"))
        event = {
            "at": clock.now().isoformat(timespec="seconds"), "kind": "additional_fine_charged", "by": [by],
            "amount_fen": now.accrued_fen, "until_on": now.counted_to.isoformat(),
        }  # fmt: skip
        return record_act(case_no=case.no, event=event, actor=actor, expected=expected)
