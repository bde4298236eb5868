"""A manifest that does not say all a restore reads of it is refused before anything is loaded."""

from __future__ import annotations

import json
import zipfile
from typing import Any

import pytest

from yifa.site.backup.dump import FORMAT
from yifa.site.backup.load import NotABackup, restore

DIGEST = "0" * 64
WHOLE: dict[str, Any] = {
    "format": FORMAT, "made_at": "2021-01-01T00:00:00+00:00", "log": {"size": 0, "root_sha256": DIGEST}, "tables": [],
    "files": [],
}  # fmt: skip
TABLE = {"table": "organs_organ", "columns": [], "rows": 0, "sha256": DIGEST}
WRONG = {
    "made_at": {"made_at": None}, "log": {"log": None}, "log.size": {"log": {"size": "1", "root_sha256": DIGEST}},
    "tables": {"tables": None}, "tables[0]": {"tables": [5]}, "tables[1].rows": {"tables": [TABLE, {**TABLE, "rows": ""}]},
    "files": {"files": None}, "files[0]": {"files": [5]}, "files[0].lost": {"files": [{"sha256": DIGEST}]},
    "files[0].sha256": {"files": [{"sha256": "../../etc", "lost": ""}]},
}  # fmt: skip
TWICE = json.dumps({**WHOLE, "tables": [TABLE, TABLE]})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *((json.dumps({**WHOLE, **changed}), f" {name} ") for name, changed in WRONG.items()),
        (TWICE, " tables "),
        ("[" * 100_000, "没有备份清单"),
    ],
)
def test_a_manifest_that_is_not_whole_is_refused_with_what_is_wrong(tmp_path, text, told):
    """Without a database: nothing is asked of it before."""
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("manifest.json", text)
    with pytest.raises(NotABackup) as refused:
        restore(tmp_path / "bad.zip")
    assert told in str(refused.value)
