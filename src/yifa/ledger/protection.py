"""Triggers that refuse to change or delete an entry. A speed bump: the proof is in the heads outside the host."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE_ON = [
    """CREATE TRIGGER ledger_event_no_update BEFORE UPDATE ON ledger_event
       BEGIN SELECT RAISE(ABORT, 'ledger entries are never changed'); END""",
    """CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event
       BEGIN SELECT RAISE(ABORT, 'ledger entries are never deleted'); END""",
    # INSERT OR REPLACE deletes without firing a delete trigger
    """CREATE TRIGGER ledger_event_no_replace BEFORE INSERT ON ledger_event
       WHEN EXISTS (SELECT 1 FROM ledger_event WHERE (log = NEW.log AND idx = NEW.idx) OR id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'ledger entries are never replaced'); END""",
]
SQLITE_OFF = [f"DROP TRIGGER IF EXISTS ledger_event_no_{what}" for what in ("update", "delete", "replace")]
POSTGRESQL_ON = [
    """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'ledger entries are never changed or deleted'
          USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER ledger_event_no_change BEFORE UPDATE OR DELETE ON ledger_event
       FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event
       FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
]
POSTGRESQL_OFF = [
    f"DROP TRIGGER IF EXISTS ledger_event_no_{what} ON ledger_event" for what in ("change", "truncate")
]


def switch_on(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers; the vendor is SQLite or PostgreSQL."""
    _run(schema_editor, SQLITE_ON, POSTGRESQL_ON)


def switch_off(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers: to unapply the migration, and to empty a test database between tests."""
    _run(schema_editor, SQLITE_OFF, POSTGRESQL_OFF)


def _run(schema_editor: BaseDatabaseSchemaEditor, sqlite: list[str], postgresql: list[str]) -> None:
    statements = {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor]
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
