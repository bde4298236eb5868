"""`make faults`: kills on SQLite and on PostgreSQL, each in an installation of its own with the sample year."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]


def one(kills: int, seed: int) -> int:
    """In this process, on the database of the environment: the demo, the kills, the answer as a line of JSON."""
    import django

    django.setup()
    from django.core.management import call_command

    from faults.kills import run
    from yifa.intake.sample.actions import load_sample
    from yifa.ledger import clock

    call_command("migrate", verbosity=0, interactive=False)
    load_sample(today=clock.today(), progress=lambda done, total: None)
    outcome = run(kills, seed)
    print(json.dumps(outcome.as_json(), ensure_ascii=False))
    return 0 if outcome.holds else 1


def part(kills: int, seed: int, url: str) -> dict:
    """One part in a process of its own; its answer."""
    with tempfile.TemporaryDirectory(prefix="yifa-faults-") as home:
        env = {k: v for k, v in os.environ.items() if not k.startswith("YIFA_") and k != "DATABASE_URL"}
        env |= {"YIFA_HOME": home, "DJANGO_SETTINGS_MODULE": "yifa.site.settings"}
        env |= {"DATABASE_URL": url} if url else {}
        command = [sys.executable, "-m", "faults", "--one", str(kills), "--seed", str(seed)]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise SystemExit(f"the part stopped with exit {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("--kills", type=int, default=1000, help="on SQLite; three tenths of it on PostgreSQL")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    seed = random.SystemRandom().randrange(2**32) if args.seed is None else args.seed
    if args.one:
        return one(args.one, seed)
    from testenv import debian, found, postgres

    debian.provide()
    print(f"seed {seed}", flush=True)
    outcomes = [part(args.kills, seed, "")]
    with postgres.server(found.postgres_bin()) as url:
        outcomes.append(part(max(1, args.kills * 3 // 10), seed, url))
    target = ROOT / "build" / "faults.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"seed": seed, "kills": outcomes}, ensure_ascii=False, indent=1))
    for found_ in outcomes:
        print(json.dumps(found_, ensure_ascii=False))
    return 0 if all(found_["holds"] for found_ in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
