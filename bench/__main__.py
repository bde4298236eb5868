"""Runs the measurements and prints the table; the same as data in build/bench.json."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def line(what: str, measured: str, floor: str, ratio: float, floor_is: str) -> dict[str, str | float]:
    return {
        "what": what,
        "measured": measured,
        "floor": floor,
        "ratio": round(ratio, 2),
        "floor_is": floor_is,
    }


def page_lines(rows: int) -> list[dict]:
    """Case list and case page at ROWS cases, each beside the empty view measured just before it."""
    from bench import pages, seed
    from yifa.site.wsgi import application

    started = time.perf_counter()
    no = seed.seed(rows)
    print(
        f"{rows} cases of {seed.template().act_count} acts seeded in {time.perf_counter() - started:.0f} s",
        file=sys.stderr,
    )
    cookie = pages.session_cookie()
    table = []
    for what, address in {"case list": "/desk/cases/", "case page": f"/desk/cases/{no}/"}.items():
        floor = pages.measure(application, "/bench/empty/", cookie)
        page = pages.measure(application, address, cookie)
        for name in ("p50", "p95"):
            mine, least = getattr(page, name), getattr(floor, name)
            table.append(
                line(
                    f"{what}, {rows} cases, {name}",
                    f"{mine:.1f} ms",
                    f"{least:.2f} ms",
                    mine / least,
                    "empty view, same middleware and log-in",
                )
            )
    return table


def check_lines(rows: int, folder: Path) -> list[dict]:
    """`yifa check --all` over the cases just seeded; flat memory shows in the peak at another ROWS."""
    from bench import checking

    checked, read = checking.measure(folder)
    what, floor_is = f"check --all, {rows} cases", "fetching the rows of cases and acts once"
    return [
        line(
            f"{what}, time",
            f"{checked.seconds:.1f} s",
            f"{read.seconds:.1f} s",
            checked.seconds / read.seconds,
            floor_is,
        ),
        line(
            f"{what}, largest process",
            f"{checked.peak_mib:.0f} MiB",
            f"{read.peak_mib:.0f} MiB",
            checked.peak_mib / read.peak_mib,
            floor_is,
        ),
    ]


def import_lines(folder: Path) -> list[dict]:
    from bench import importing
    from yifa.intake.sample.workbook import write_year

    sample = folder / "sample.xlsx"
    write_year(sample)
    count, imported, read = importing.measure(sample, folder)
    what, floor_is = f"import of {count} acts", "openpyxl reading the same workbook"
    return [
        line(
            f"{what}, time",
            f"{imported.seconds:.1f} s",
            f"{read.seconds:.1f} s",
            imported.seconds / read.seconds,
            floor_is,
        ),
        line(
            f"{what}, peak memory",
            f"{imported.peak_mib:.0f} MiB",
            f"{read.peak_mib:.0f} MiB",
            imported.peak_mib / read.peak_mib,
            floor_is,
        ),
    ]


def show(table: list[dict]) -> None:
    columns = ("what", "measured", "floor", "ratio", "floor_is")
    rows = [columns, *[[str(row[name]) for name in columns] for row in table]]
    widths = [max(len(row[index]) for row in rows) for index in range(len(columns))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="the table of ratios")
    parser.add_argument("--rows", type=int, default=100_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yifa-bench-") as name:
        folder = Path(name)
        os.environ.update(YIFA_HOME=str(folder / "home"), DJANGO_SETTINGS_MODULE="bench.settings")
        table = import_lines(folder)
        sample_year()
        (folder / "home" / "static").mkdir(exist_ok=True)
        table += page_lines(args.rows)
        table += check_lines(args.rows, folder)
    show(table)
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(
        json.dumps({"rows": args.rows, "lines": table}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    print(f"figures of this run of `make bench ROWS={args.rows}`; also in {target.relative_to(ROOT)}")
    return 0


def sample_year() -> None:
    """The sample year in the home of this run, by the command a person would type."""
    from contextlib import redirect_stdout

    from yifa.site.cli.main import run

    with redirect_stdout(sys.stderr):
        code = run(["demo"])
    if code:
        raise RuntimeError(f"yifa demo: exit {code}")


if __name__ == "__main__":
    sys.exit(main())
