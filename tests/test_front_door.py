"""What a newcomer types first: `make`, and the `yifa` command of a fresh environment."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.house.plan import ROOT


def test_make_alone_lists_what_there_is():
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = set(re.findall(r"^make ([a-z-]+) +\S", done.stdout, re.M))
    assert {"help", "env", "run", "check", "fix", "test", "test-full", "bench"} <= listed
    written = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert listed <= written


def test_the_command_gets_into_an_environment_without_build_or_network(tmp_path):
    """A bare environment: no pip, no setuptools. The command is found and answers for itself."""
    venv = tmp_path / "a venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    linked = subprocess.run(
        [venv / "bin/python", ROOT / "tools/link.py"], capture_output=True, text=True, check=False
    )
    assert linked.returncode == 0, linked.stderr
    env = {**os.environ, "YIFA_HOME": str(tmp_path)}
    done = subprocess.run(
        [venv / "bin/yifa", "serve", "--port", "none"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "none" in done.stderr
    assert "Traceback" not in done.stderr


def test_linking_outside_an_environment_is_refused():
    """The system's own Python is never written to."""
    code = "import sys; sys.prefix = sys.base_prefix; sys.path.insert(0, 'tools'); import link; sys.exit(link.main())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "make env" in done.stderr
