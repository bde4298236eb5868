"""`make faults`: kills, stops of the database and a full disk, each in an installation of its own with the sample year."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
PARTS = ("full-disk", "kills", "stops")


def prepared() -> None:
    """Django on the database of the environment, with the sample year and its log-ins."""
    from contextlib import redirect_stdout

    from yifa.site.cli.main import run

    with redirect_stdout(sys.stderr):
        code = run(["demo"])
    if code:
        raise RuntimeError(f"yifa demo: exit {code}")
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def inside(what: str, count: int, seed: int, how: str) -> int:
    """In a process of its own: one part, the answer as a line of JSON."""
    if what == "stops":
        from faults import stops
        from testenv import found, postgres

        with postgres.cluster(found.postgres_bin()) as cluster:
            os.environ["DATABASE_URL"] = cluster.url
            prepared()
            outcome = stops.run(count, seed, cluster)
    else:
        prepared()
        from faults import full_disk, kills

        if what == "kills":
            outcome = kills.run(count, seed).as_json()
        else:
            outcome = full_disk.run(count, seed, how)
    print(json.dumps(outcome, ensure_ascii=False))
    return 0 if outcome["holds"] else 1


def part(what: str, count: int, seed: int, url: str = "", *, limited: bool = False) -> dict:
    """One part in a process of its own, its state in a folder that is gone afterwards; its answer."""
    from faults.full_disk import small_disk

    ordinary = tempfile.TemporaryDirectory(prefix="yifa-faults-")
    with (
        small_disk(limited=limited) if what == "full-disk" else nullcontext((Path(ordinary.name), "")) as (
            home,
            how,
        )
    ):
        env = {k: v for k, v in os.environ.items() if not k.startswith("YIFA_") and k != "DATABASE_URL"}
        env |= {"YIFA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "yifa.site.settings"}
        env |= {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path[:2]])}
        env |= {"DATABASE_URL": url} if url else {}
        command = [
            sys.executable,
            "-m",
            "faults",
            "--inside",
            what,
            "--count",
            str(count),
            "--seed",
            str(seed),
            "--how",
            how,
        ]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    ordinary.cleanup()
    if done.returncode not in (0, 1) or not done.stdout.strip():
        raise SystemExit(f"the part {what} stopped with exit {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults")
    parser.add_argument("--kills", type=int, default=1000, help="on SQLite; three tenths of it on PostgreSQL")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part (repeatable)")
    parser.add_argument("--limited", action="store_true", help="full disk by RLIMIT_FSIZE, also for root")
    for hidden in ("--inside", "--how"):
        parser.add_argument(hidden, default="", help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    args = arguments()
    seed = random.SystemRandom().randrange(2**32) if args.seed is None else args.seed
    if args.inside:
        return inside(args.inside, args.count, seed, args.how)
    from testenv import debian, found, postgres

    debian.provide()
    print(f"seed {seed}", flush=True)
    wanted, outcomes = args.only or PARTS, []
    if "full-disk" in wanted:
        outcomes.append(part("full-disk", max(3, args.kills // 100), seed, limited=args.limited))
    if "stops" in wanted:
        outcomes.append(part("stops", max(3, args.kills // 20), seed))
    if "kills" in wanted:
        outcomes.append(part("kills", args.kills, seed))
        with postgres.server(found.postgres_bin()) as url:
            outcomes.append(part("kills", max(1, args.kills * 3 // 10), seed, url))
    target = ROOT / "build" / "faults.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"seed": seed, "outcomes": outcomes}, ensure_ascii=False, indent=1))
    for outcome in outcomes:
        print(json.dumps(outcome, ensure_ascii=False))
    return 0 if all(outcome["holds"] for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
