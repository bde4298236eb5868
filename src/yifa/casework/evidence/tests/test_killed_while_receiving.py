"""Power cut at every step of taking a file in: a row has its bytes, bytes without a row are listed and go after a week."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home: Path = tmp_path_factory.mktemp("killed")
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    }
    env |= {"YIFA_HOME": str(home), "YIFA_TODAY": "2021-08-20"}
    module = "yifa.casework.evidence.tests.killed"
    done = subprocess.run(
        [sys.executable, "-m", module], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("way", ["whole", "by_parts"])
def test_a_row_never_lacks_its_bytes_and_what_was_answered_is_there(told, way):
    runs = told[way]
    assert len(runs) > 8 and runs[-1]["answered"] and runs[-1]["row"]
    assert all(one["killed"] for one in runs[:-1])
    assert [one["lost"] for one in runs if one["lost"]] == []


def test_bytes_without_a_row_are_listed_and_go_after_seven_days_and_not_before(told):
    swept = told["swept"]
    assert swept["orphans"] > 0 and swept["at_once"] == 0
    assert swept["later"] == swept["orphans"] and swept["still"] == 0 and swept["incoming"] == 0
    assert swept["rows"] >= 2 and swept["lost"] == []
