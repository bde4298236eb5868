"""`yifa verify log` and `state`: the log again from its stored bytes, and rows against what it recorded of them.

Streams: memory does not grow with the log. Nothing is believed that can be computed: leaves, both trees,
numbering, row digests. What the head row says is compared last. Where a head was signed, its roots must be those of
the log at that size: a history rewritten whole, head row and rows included, agrees with itself but not with them. `state` takes every bound table, `log` cases
and acts alone; both read the log whole, since rows that agree with an altered log prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError, connection

from yifa.ledger.append import frontiers
from yifa.ledger.beside import Beside, kept_at
from yifa.ledger.bodies import Row, Said, all_said, erased_by, said
from yifa.ledger.bound import BINDINGS, Binding
from yifa.ledger.checkpoints import SignedHead
from yifa.ledger.models import Event, Head
from yifa.ledger.proofs import unfit_roots
from yifa.ledger.recorded import Recorded, RecordedRows
from yifa.ledger.rotation import MARK, Rotation, read, wrong, wrong_epoch
from yifa.ledger.rows import UNREADABLE, StoredRow, as_bytes, binding_named, mapped, snapshot, stored_rows
from yifa.ledger.spelling import misspelt
from yifa.ledger.subtrees import HASHES
from yifa.ledger.succession import astray, kind_of
from yifa.ledger.successor import broken_link
from yifa.proof.merkle import LEAF, Frontier, all_sha256, all_sm3, sha256, sm3
from yifa.proof.tiles import WIDTH

CHUNK = 512
REMOVE = "请删除 ledger_subtree 表中的行，再重新启动服务，后台会重新计算"
MISSPELT = "库里的写法被改动：读出来相同，查询和统计时不同"
BESIDE = "记录旁边保存的列摘要被改动，与记录里的摘要不一致"
ERASURE = b'"type":"pii_erased"'
TAKEN_OVER = b'"type":"state_taken_over"'
TABLES = ("case", "act")
TREE_NAMES = {"sha256": "SHA-256", "sm3": "SM3"}
ENTRIES = (
    f"SELECT idx, body, leaf_sha256, leaf_sm3, object FROM {Event._meta.db_table} WHERE log = %s ORDER BY idx"
)
# SQLite holds anything anywhere: what is not of its column's type is read as nothing, lest one entry hide the others
OF_TYPE = (
    "SELECT CASE typeof(e.idx) WHEN 'integer' THEN e.idx END, CASE typeof(e.body) WHEN 'blob' THEN e.body END,"
    " CASE typeof(e.leaf_sha256) WHEN 'blob' THEN e.leaf_sha256 END,"
    " CASE typeof(e.leaf_sm3) WHEN 'blob' THEN e.leaf_sm3 END,"
    " CASE typeof(e.object) WHEN 'text' THEN CAST(e.object AS BLOB) END"
    f" FROM {Event._meta.db_table} AS e WHERE e.log = %s ORDER BY e.idx"
)
TYPES = [{int}, {bytes}, {bytes}, {bytes}, {str}]
Note = tuple[str, int, str, str]  # row name, log index, row digest, organ the entry belongs to


def every_table() -> tuple[str, ...]:
    """Names of all bound tables, in alphabetical order."""
    return tuple(sorted(binding.table for binding in BINDINGS.values()))


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold. `idx` is the log index, None where no entry is concerned; `row` a row name."""

    code: str
    message: str
    idx: int | None = None
    row: str = ""
    kind: str = ""
    columns: tuple[str, ...] = ()
    log: str = "case"


@dataclass
class Verification:
    """Counts and roots as recomputed, filled while `faults` is consumed; `told` hears how many entries were read.

    `beside`: the column digests kept beside the entries too, which takes as long again.
    """

    log: str = "case"
    organ: str = ""
    tables: tuple[str, ...] = TABLES
    signed: SignedHead | None = None
    beside: bool = False
    told: Callable[[int], None] = lambda done: None  # noqa: E731 - a default that hears nothing
    events: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    root_sha256: str = ""
    root_sm3: str = ""
    erased: set[str] = field(default_factory=set)
    rotated: list[tuple[int, Rotation | None]] = field(default_factory=list)

    def faults(self) -> Iterator[Fault]:
        """Every fault: entries in the order of the log, the trees, then rows. Raises DatabaseError if unreadable."""
        with mapped(), snapshot(), RecordedRows() as recorded:
            trees = Frontier(sha256), Frontier(sm3)
            yield from self._entries(trees, recorded)
            self.root_sha256, self.root_sm3 = (tree.root().hex() for tree in trees)
            if self.signed and trees[0].size < self.signed.size:
                yield _older(trees[0].size, self.signed.size)
            yield from _against_head(self.log, trees)
            yield from _kept_roots(self.log, trees)
            if why := broken_link(self.log):
                yield Fault("successor", why, 0)
            yield from (Fault("successor", why) for why in astray(kind_of(self.log)))
            if why := wrong_epoch(self.log, self.rotated):
                yield Fault("head", why)
            for idx, why in wrong(self.rotated):
                yield Fault("key", why, idx)
            if kind_of(self.log) == "case":
                for table in self.tables:
                    yield from self._rows(table, recorded)

    def _entries(self, trees: tuple[Frontier, Frontier], recorded: RecordedRows) -> Iterator[Fault]:
        beside = Beside(self.log) if self.beside else None
        for chunk in _chunks(self.log):
            self.told(self.events)
            notes: dict[str, Note] = {}
            if not self._agrees(chunk, trees, notes):
                yield from self._one_by_one(chunk, trees, notes)
            recorded.note(notes.values())
            if beside:
                beside.look(chunk)
                if beside.many:
                    yield from self._unfit(beside)
        if beside:
            yield from self._unfit(beside)

    def _unfit(self, beside: Beside) -> Iterator[Fault]:
        for idx, name, columns in beside.unfit():
            yield Fault("columns", BESIDE, idx, name, _kind(name), columns)

    def _agrees(self, chunk: list[Row], trees: tuple[Frontier, Frontier], notes: dict[str, Note]) -> bool:
        """Take a chunk in whole. False, with nothing taken in, where it has a fault or reaches the signed size."""
        start, end = self.events, self.events + len(chunk)
        indices, bodies, *stored, _ = zip(*chunk, strict=True)
        if indices != tuple(range(start, end)) or trees[0].size != start:
            return False
        if self.signed and start < self.signed.size <= end:
            return False
        leaves = [all_sha256(bodies, LEAF), all_sm3(bodies, LEAF)]
        if leaves != list(map(list, stored)):
            return False
        found = all_said(chunk, self.log, rows=bool(self.tables))
        if found is None:
            return False
        all_rows, detailed = found
        for idx, one in enumerate(all_rows, start):
            self._note(idx, one, notes)
        for idx, body, *_ in detailed:
            self._note_erased(idx, body)
        for tree, grown in zip(trees, leaves, strict=True):
            tree.extend(grown)
        self.events = end
        return True

    def _note(self, idx: int, found: Said, notes: dict[str, Note]) -> None:
        for name, digest in found[3]:
            if name.partition(":")[0] in self.tables:
                notes[name] = (name, idx, digest, found[2])

    def _note_erased(self, idx: int, data: bytes) -> None:
        """The column an entry says was erased, the key it says was changed; its body was read already."""
        if MARK in data:
            self.rotated.append((idx, read(data)))
        if TAKEN_OVER in data or ERASURE in data:
            self.erased.update(erased_by(data))

    def _one_by_one(
        self, chunk: list[Row], trees: tuple[Frontier, Frontier], notes: dict[str, Note]
    ) -> Iterator[Fault]:
        for idx, data, stored_sha256, stored_sm3, about in chunk:
            if type(idx) is not int:
                idx = self.events
                yield _entry_fault("gap", "日志里有一条的编号不是整数", self.log, idx, about)
            if idx != self.events:
                yield _entry_fault("gap", f"日志不连续：此处应为第 {self.events} 条", self.log, idx, about)
            self.events = idx + 1
            leaf = LEAF + data
            leaves = sha256(leaf), sm3(leaf)
            trees[0].append(leaves[0])
            trees[1].append(leaves[1])
            if leaves != (stored_sha256, stored_sm3):
                yield _entry_fault("leaf", "记录内容与其叶哈希不一致", self.log, idx, about)
            found = said(data)
            yield from _body(found, self.log, idx, about)
            if found is not None:
                self._note(idx, found, notes)
                self._note_erased(idx, data)
            if self.signed and trees[0].size == self.signed.size:
                yield from _against_signed(self.signed, trees)

    def _rows(self, table: str, recorded: RecordedRows) -> Iterator[Fault]:
        binding = binding_named(table)
        self.rows[table] = 0
        odd = misspelt(binding)
        for row in stored_rows(binding, **_of_organ(binding, self.organ)):
            self.rows[table] += 1
            if not recorded.saw(row.name):
                yield Fault("twice", "库中另有一行使用同一个编号，日志只记录了一行", None, row.name, row.kind)
                continue
            known = recorded.find(row.name)
            fault = compare(row, known, self.log)
            if known and not fault and (columns := odd.get(str(row.pk))):
                fault = Fault("altered", MISSPELT, known.idx, row.name, row.kind, columns)
            if fault:
                yield fault
            unlogged = tuple(name for name in row.erased if f"{row.name}#{name}" not in self.erased)
            if unlogged:
                yield Fault(
                    "erased", "显示为已删除，日志里没有删除的记录", None, row.name, row.kind, unlogged
                )
        for gone in recorded.unseen(table, self.organ):
            yield Fault("missing", "日志有记录，库中没有这一行", gone.idx, gone.name)


def _of_organ(binding: Binding, organ: str) -> dict[str, str]:
    """Look-ups that keep the rows of one organ; an organ is its own row."""
    if not organ:
        return {}
    columns = {column.attname for column in binding.model._meta.concrete_fields}
    return {"organ_id": organ} if "organ_id" in columns else {"pk": organ}


def _chunks(log: str) -> Iterator[list[Row]]:
    """The entries, some hundreds at a time, few enough to stay in the processor's cache while they are hashed and read.

    Plain rows, since objects for each would cost more than hashing them.
    """
    seen = 0
    try:
        for chunk in _fetched(ENTRIES, [log]):
            well = [set(map(type, column)) for column in zip(*chunk, strict=True)] == TYPES
            yield chunk if well else [_typed(*row) for row in chunk]
            seen += len(chunk)
    except DatabaseError:
        if connection.vendor != "sqlite":
            raise
        # text that is none: read on from there by what SQLite itself says of each value
        for chunk in _fetched(f"{OF_TYPE} LIMIT -1 OFFSET %s", [log, seen]):
            yield [_typed(*row, as_bytes(about).decode(errors="replace")) for *row, about in chunk]


def _fetched(sql: str, values: list[object]) -> Iterator[list[Row]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while chunk := cursor.fetchmany(CHUNK):
            yield chunk


def _typed(idx: object, body: object, one: object, two: object, about: object) -> Row:
    """An entry whose every member is of its column's type."""
    number: int | None = idx if type(idx) is int else None
    return number, as_bytes(body), as_bytes(one), as_bytes(two), about if isinstance(about, str) else ""


def _body(found: Said | None, log: str, idx: int, about: str) -> list[Fault]:
    """What a body says of itself, against its place and the column beside it."""
    if found is None:
        return [_entry_fault("body", "记录内容已损坏，无法读出", log, idx, about)]
    place, subject, _, _ = found
    faults = []
    if place != (log, idx):
        faults.append(_entry_fault("place", f"记录自称是 {place[0]} 第 {place[1]} 条", log, idx, about))
    if subject != about:
        message = f"索引列写的是 {about}，记录内容写的是 {subject}"
        faults.append(_entry_fault("object", message, log, idx, subject))
    return faults


def _entry_fault(code: str, message: str, log: str, idx: int, about: str) -> Fault:
    """A fault of one entry, naming the act it recorded where the digests kept beside it still tell."""
    beside = kept_at(log, idx)
    name = next((row for row in beside if row.startswith("act:")), about)
    return Fault(code, message, idx, name, _kind(name))


def _kind(name: str) -> str:
    """Event kind of an act as stored now; empty where it is not an act or is gone."""
    table, _, key = name.partition(":")
    case_no, _, seq = key.rpartition("/")
    if table != "act" or not seq.isdigit():
        return ""
    try:
        acts = binding_named("act").model._base_manager.filter(case_id=case_no, seq=int(seq))
        return str(acts.values_list("kind", flat=True).first() or "")
    except UNREADABLE:
        return ""


def _older(size: int, signed: int) -> Fault:
    return Fault(
        "older", f"库中 {size} 条，最后一次签名的日志头有 {signed} 条：可能恢复了旧备份，或者有人删了记录"
    )


def _against_signed(signed: SignedHead, trees: tuple[Frontier, Frontier]) -> Iterator[Fault]:
    for (name, theirs), mine in zip(signed.trees().items(), trees, strict=True):
        if theirs.hashes != mine.hashes:
            yield Fault(
                "signed",
                f"前 {signed.size} 条的 {TREE_NAMES[name]} 树根与最后一次签名的日志头不一致：已签名的历史被改写，在{_place(mine, theirs)}",
            )


def _against_head(log: str, trees: tuple[Frontier, Frontier]) -> Iterator[Fault]:
    head = Head.objects.filter(log=log).first() or Head(log=log)
    if type(head.size) is not int:
        yield Fault("head", "日志头已损坏：条数不是整数")
        return
    if head.size != trees[0].size:
        yield Fault(
            "size", f"日志头记 {head.size} 条，实有 {trees[0].size} 条", min(head.size, trees[0].size)
        )
    try:
        stored = frontiers(head)
    except (ValueError, TypeError) as error:
        yield Fault("head", f"日志头已损坏：{error}")
        return
    for name, mine, theirs in zip(TREE_NAMES.values(), trees, stored, strict=True):
        if head.size == mine.size and mine.hashes != theirs.hashes:
            yield Fault(
                "root",
                f"{name} 树根与日志头不一致：算得 {mine.root().hex()}，日志头为 {theirs.root().hex()}，差在{_place(mine, theirs)}",
            )


def _kept_roots(log: str, trees: tuple[Frontier, Frontier]) -> Iterator[Fault]:
    for number in unfit_roots(
        log, trees[0].size, {name: tree.root() for name, tree in zip(HASHES, trees, strict=True)}
    ):
        if type(number) is not int:
            yield Fault("subtree", f"保存的子树根有一行编号是 {number}。{REMOVE}")
            continue
        yield Fault(
            "subtree",
            f"保存的第 {number * WIDTH}–{(number + 1) * WIDTH - 1} 条子树根与记录不一致，据此出的证明验不过。{REMOVE}",
            number * WIDTH,
        )


def _place(mine: Frontier, theirs: Frontier) -> str:
    """The entries below the first hash that differs, of two edges of the same size."""
    start = 0
    for width, one, other in zip(mine.widths(), mine.hashes, theirs.hashes, strict=True):
        if one != other:
            return f"第 {start}–{start + width - 1} 条之中"
        start += width
    raise ValueError("the two edges are one")


def compare(row: StoredRow, known: Recorded | None, log: str = "case") -> Fault | None:
    """The fault of one stored row against its latest recording; None where they agree."""
    if known is None:
        return Fault("unrecorded", "库中有这一行，日志没有记录", None, row.name, row.kind, row.broken)
    if row.digest is not None and row.digest.digest == known.digest:
        return None
    return Fault(
        "altered",
        "与日志记录不一致",
        known.idx,
        row.name,
        row.kind,
        row.broken or _differing(row, known.idx, log),
    )


def _differing(row: StoredRow, idx: int, log: str) -> tuple[str, ...]:
    """Columns whose digests differ from those kept beside the entry; `version` where only that differs."""
    known, now = kept_at(log, idx).get(row.name), row.digest.columns if row.digest else {}
    known = known if isinstance(known, dict) else {}
    return tuple(sorted(c for c in known.keys() | now.keys() if known.get(c) != now.get(c))) or ("version",)
