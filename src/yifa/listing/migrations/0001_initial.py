"""The index: FTS5 on SQLite, a generated tsvector with GIN on PostgreSQL; kept by the database in the same transaction."""

from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE listing_search_fts USING fts5(grams, content='listing_searchentry', content_rowid='id',"
    " tokenize='ascii', columnsize=0)",
    "CREATE TRIGGER listing_search_added AFTER INSERT ON listing_searchentry BEGIN"
    " INSERT INTO listing_search_fts(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER listing_search_removed AFTER DELETE ON listing_searchentry BEGIN"
    " INSERT INTO listing_search_fts(listing_search_fts, rowid, grams) VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER listing_search_changed AFTER UPDATE OF grams ON listing_searchentry WHEN old.grams <> new.grams BEGIN"
    " INSERT INTO listing_search_fts(listing_search_fts, rowid, grams) VALUES ('delete', old.id, old.grams);"
    " INSERT INTO listing_search_fts(rowid, grams) VALUES (new.id, new.grams); END",
)
POSTGRESQL = (
    "ALTER TABLE listing_searchentry ADD COLUMN vector tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, grams)) STORED",
    "CREATE INDEX listing_search_vector ON listing_searchentry USING gin (vector)",
)


def build(apps, editor):
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def drop(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE listing_search_fts")


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=300)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("grams", models.TextField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="searchentry",
            constraint=models.UniqueConstraint(fields=("kind", "organ", "key"), name="search_entry_once"),
        ),
        migrations.RunPython(build, drop),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ", models.CharField(max_length=40)),
                ("owner", models.CharField(max_length=150)),
                ("slug", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=40)),
                ("query", models.TextField(blank=True)),
                ("shared", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(fields=("organ", "slug", "owner", "name"), name="saved_view_name_once"),
        ),
    ]
