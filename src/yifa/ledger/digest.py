"""The digest of a row: one per column, one over all. A personal column is a salted commitment, never a bare hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from json.encoder import encode_basestring
from typing import Any
from urllib.parse import quote

from django.db import models

from yifa.ledger.bound import BINDINGS, Binding
from yifa.proof.canon import LIMIT, canon_stored

ERASED = "erased:"
"""Stands before the commitment kept in the place of a salt: value and salt are destroyed, the digest of the row holds."""
PLAIN = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) != "%")


@dataclass(frozen=True)
class RowDigest:
    """A row as the ledger sees it. `columns` maps column → hex; `commits` are those of the personal columns."""

    table: str
    key: str
    version: int
    digest: str
    columns: dict[str, str]
    commits: list[dict[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return row_name(self.table, self.key)


def row_name(table: str, key: str) -> str:
    """`table:key` in printable ASCII: other characters of the natural key are percent-encoded UTF-8."""
    return (
        f"{table}:{key if key.isascii() and key.isprintable() and '%' not in key else quote(key, safe=PLAIN)}"
    )


def moment(value: datetime) -> str:
    """RFC 3339, UTC, milliseconds. Raises ValueError on a moment without a zone."""
    if value.tzinfo is None:
        raise ValueError(f"moment without a time zone: {value}")
    return value.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def binding_of(model: type[models.Model]) -> Binding:
    """Raises LookupError for a model the ledger does not answer for."""
    try:
        return BINDINGS[model]
    except KeyError:
        raise LookupError(f"{model.__name__} is not bound to the ledger") from None


def row_digest(obj: models.Model, organ: object = None) -> RowDigest:
    """Digest of the row as it stands in memory. Missing salts of personal columns are made in `obj.salts`.

    `row = SHA-256(canon({"columns", "model", "pk", "version"}))`. Raises ValueError naming the column that has no
    canonical form, LookupError for an unbound model. `organ` is accepted for callers and not used.
    """
    binding = binding_of(type(obj))
    columns = {name: column_digest(obj, name, spell) for name, spell in _legal(type(obj))}
    commits = []
    for name, spell in _personal(type(obj)):
        columns[name] = column_commitment(obj, name, spell)
        commits.append({"field": name, "digest": columns[name]})
    key = binding.key(obj)
    return RowDigest(
        binding.table, key, obj.version, fold(binding.table, key, obj.version, columns), columns, commits
    )


def renewed(obj: models.Model, known: RowDigest, changed: Collection[str]) -> RowDigest:
    """The digest of a row of which nothing but `changed` (legal columns, the key among them) differs from `known`."""
    columns = dict(known.columns)
    for name, spell in _legal(type(obj)):
        if name in changed:
            columns[name] = column_digest(obj, name, spell)
    key = binding_of(type(obj)).key(obj)
    digest = fold(known.table, key, obj.version, columns)
    return RowDigest(known.table, key, obj.version, digest, columns, known.commits)


def spelt_columns(obj: models.Model) -> dict[str, bytes]:
    """Every digested column as its canonical bytes, personal ones in the clear: for whoever may read the row."""
    plans = (*_legal(type(obj)), *_personal(type(obj)))
    gone = erased_columns(obj)
    return {name: b"null" if name in gone else _spelt(obj, name, spell) for name, spell in plans}


def erased_columns(obj: models.Model) -> tuple[str, ...]:
    """Personal columns whose value and salt were destroyed."""
    salts = obj.salts
    return tuple(
        name for name in binding_of(type(obj)).personal if str(salts.get(name, "")).startswith(ERASED)
    )


def blank(obj: models.Model, name: str) -> object:
    """What stands in a column whose value was destroyed."""
    column = next(field for field in obj._meta.concrete_fields if field.attname == name)
    if column.null:
        return None
    if column.unique:
        return f"erased-{obj.pk}"
    default = column.get_default()
    return {} if default is None and isinstance(column, models.JSONField) else default


def fold(table: str, key: str, version: int, columns: dict[str, str]) -> str:
    """Hex row digest from the digests of its columns."""
    body = f"{_before_version(table, key, columns)}{version}}}"
    return hashlib.sha256(body.encode()).hexdigest()


def folds(table: str, key: str, columns: dict[str, str], digest: str, versions: Iterable[int]) -> bool:
    """Is this the row digest in one of these versions? What stands before the version is hashed once for all."""
    whole = hashlib.sha256(_before_version(table, key, columns).encode())
    for version in versions:
        one = whole.copy()
        one.update(b"%d}" % version)
        if one.hexdigest() == digest:
            return True
    return False


def _before_version(table: str, key: str, columns: dict[str, str]) -> str:
    # canon({"columns", "model", "pk", "version"}) written out: column names and hex digests need no escaping
    spelt = ",".join(f'"{name}":"{columns[name]}"' for name in sorted(columns))
    return f'{{"columns":{{{spelt}}},"model":"{table}","pk":{encode_basestring(key)},"version":'


def column_digest(obj: models.Model, name: str, spell: Callable[[Any], bytes]) -> str:
    return hashlib.sha256(_spelt(obj, name, spell)).hexdigest()


def column_commitment(obj: models.Model, name: str, spell: Callable[[Any], bytes]) -> str:
    """HMAC-SHA256 under 32 random bytes of this field of this row; erasing value and salt keeps the proof."""
    salt = obj.salts.get(name)
    if salt is None:
        salt = obj.salts[name] = secrets.token_hex(32)
    elif salt.startswith(ERASED):
        if getattr(obj, name) != blank(obj, name):
            raise ValueError(f"{type(obj).__name__}.{name}: erased, and a value stands there again")
        return salt.removeprefix(ERASED)
    return hmac.digest(bytes.fromhex(salt), _spelt(obj, name, spell), "sha256").hex()


def _spelt(obj: models.Model, name: str, spell: Callable[[Any], bytes]) -> bytes:
    value = getattr(obj, name)
    if value is None:
        return b"null"
    try:
        return spell(value)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError(f"{type(obj).__name__}.{name}: {error}") from error


def unspellable(obj: models.Model, model: type[models.Model], skip: set[str]) -> set[str]:
    """Digested columns, other than `skip`, whose value or salt is such that no digest can be computed."""
    wrong = set()
    for digest, plan in ((column_digest, _legal(model)), (column_commitment, _personal(model))):
        for name, spell in plan:
            try:
                _ = name in skip or digest(obj, name, spell)
            except (ValueError, TypeError, AttributeError):
                wrong.add(name)
    return wrong


@cache
def _legal(model: type[models.Model]) -> list[tuple[str, Callable[[Any], bytes]]]:
    return _plan(model, binding_of(model).legal)


@cache
def _personal(model: type[models.Model]) -> list[tuple[str, Callable[[Any], bytes]]]:
    return _plan(model, binding_of(model).personal)


def _plan(model: type[models.Model], names: tuple[str, ...]) -> list[tuple[str, Callable[[Any], bytes]]]:
    fields = {f.attname: f for f in model._meta.concrete_fields}
    return [(name, _spelling(fields[name])) for name in sorted(names)]


def _spelling(column: models.Field) -> Callable[[Any], bytes]:
    """How values of a column become bytes: as the database gives them back, whatever the caller assigned."""
    while isinstance(column, models.ForeignKey):
        column = column.target_field
    if isinstance(column, models.JSONField):
        return canon_stored
    if isinstance(column, models.BooleanField):
        return lambda value: b"true" if column.to_python(value) else b"false"
    if isinstance(column, models.IntegerField):
        return _whole
    if isinstance(column, (models.CharField, models.TextField)):
        return lambda value: encode_basestring(
            value if type(value) is str else column.to_python(value)
        ).encode()
    if isinstance(column, models.BinaryField):
        return lambda value: canon_stored(bytes(value).hex())
    return lambda value: canon_stored(_text(column.to_python(value)))


def _whole(value: Any) -> bytes:
    number = int(value)
    if not -LIMIT < number < LIMIT:
        raise ValueError("integer beyond 2^53")
    return str(number).encode()


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value)
