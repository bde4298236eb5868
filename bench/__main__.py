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
SECTIONS = ("import", "law", "ledger", "writing", "list", "pages", "check", "papers", "dossier", "upload")
SMALL = 10_000


def line(
    what: str, measured: str, floor: str, ratio: float, floor_is: str, must: str = ""
) -> dict[str, str | float]:
    """A row of the table. `must` is the limit for the ratio, such as `≤ 1.3`; the row then says whether it is met."""
    shown = {
        "what": what,
        "measured": measured,
        "floor": floor,
        "ratio": round(ratio, 2),
        "floor_is": floor_is,
    }
    if not must:
        return shown
    sign, limit = must.split(" ")
    met = ratio <= float(limit) if sign == "≤" else ratio >= float(limit)
    return {**shown, "must": must, "met": "met" if met else "NOT MET"}


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


def writing_lines() -> list[dict]:
    """P1 to P3: creating a case and recording an act over HTTP, beside Open Zaak's figures and the empty view."""
    from bench import machine, writing

    runs, durable, known = writing.measure()
    table = []
    for clients, run in runs.items():
        each = f"over HTTP, {clients} client{'s' if clients > 1 else ''}"
        create, act, empty, bare = (f"{run[name].rate:.0f}/s" for name in ("create", "act", "empty", "bare"))
        here = run["bare"].rate / machine.THERE
        quoted = (
            (f"P1 create a case {each}", create, run["create"], writing.OPEN_ZAAK_CREATE, "create"),
            (f"P3 record act {known + 1} with its gate {each}", act, run["act"], writing.OPEN_ZAAK_STATUS, "status change"),
        )  # fmt: skip
        for what, rate, served, peer, work in quoted:
            ratio = served.rate / peer[clients]
            floor_is = f"Open Zaak's {work}, quoted (times as fast)"
            table.append(line(what, rate, f"{peer[clients]}/s", ratio, floor_is, "≥ 20"))
            corrected = f"{floor_is}, corrected by the machine of this run; for information"
            table.append(
                line(f"{what}, corrected", rate, f"{peer[clients] * here:.1f}/s", ratio / here, corrected)
            )
        what, ratio = f"P2 create a case {each}", run["create"].rate / run["empty"].rate
        table.append(
            line(what, create, empty, ratio, "empty view of the same server (share of its rate)", "≥ 0.15")
        )
        table += machine_lines(each, run["bare"].rate, durable[clients])
        spread = "; ".join(
            f"{name} p50 {one.p50:.2f} p99 {one.p99:.2f}, processor {one.cpu:.2f} ms, {one.connections} connections"
            for name, one in run.items()
        )
        print(f"{each}: {spread}", file=sys.stderr)
    return table


def machine_lines(each: str, answers: float, commits: float) -> list[dict]:
    """What the machine had to give just before and after: no goal, but the measure of the lines above."""
    from bench import machine

    there = "the machine Open Zaak was measured on, quoted (share of it)"
    pairs = (
        (f"the machine: empty view of bare Django {each}", answers, machine.THERE),
        (f"the machine: bare durable commits of SQLite, around {each}", commits, machine.COMMITS_THERE),
    )
    return [line(what, f"{here:.0f}/s", f"{quoted}/s", here / quoted, there) for what, here, quoted in pairs]


def law_lines() -> list[dict]:
    from bench import lawbook

    found = lawbook.measure()
    what = f"P12 {found.rules} rules on a record of {found.events} acts, one core"
    floor_is = f"reading the same record (records a second; memory grown {found.grown_kib} KiB)"
    return [
        line(what, f"{found.checked:.0f}/s", f"{found.parsed:.0f}/s", found.checked / found.parsed, floor_is)
    ]


def paper_lines() -> list[dict]:
    """P9: a decision of one page beside LibreOffice; a case file of forty papers."""
    from bench import papers

    found = papers.measure()
    what, cold = "P9 one-page decision, stored case to PDF/A", "quoted" if found.quoted else "measured"
    mine, resident = f"{found.decision:.1f} ms", found.resident
    processor, alone = f"{found.processor:.1f} ms", "processor time: a busy machine does not lengthen it"
    return [
        line(what, mine, f"{found.cold:.0f} ms", found.cold / found.decision, f"LibreOffice cold, {cold} (times as fast)", "≥ 100"),
        line(what, mine, f"{resident:.0f} ms", resident / found.decision, f"LibreOffice resident, {cold} (times as fast)", "≥ 12"),
        line(f"{what}, processor", processor, f"{found.cold:.0f} ms", found.cold / found.processor, f"the same, {alone}"),
        line(f"{what}, processor", processor, f"{resident:.0f} ms", resident / found.processor, f"the same, {alone}"),
        line(f"{papers.FILE} papers of a case to PDF/A", f"{found.forty:.2f} s", "3 s", found.forty / 3,
             f"the goal (share of it; processor {found.forty_processor:.2f} s; first paper of the process {found.first:.0f} ms)", "≤ 1"),
    ]  # fmt: skip


def dossier_lines() -> list[dict]:
    from bench import dossiers

    found = dossiers.measure()
    if not found.verified:
        raise RuntimeError("the package does not verify")
    whole = found.seal + found.package
    words = f"the goal (share of it; sealed in {found.seal:.2f} s, ZIP {found.bytes} bytes, processor {found.cpu:.2f} s, verified)"
    return [
        line(
            f"a case file of {dossiers.FILE} papers, sealed and packed",
            f"{whole:.2f} s",
            "3 s",
            whole / 3,
            words,
        )
    ]


def upload_lines(folder: Path) -> list[dict]:
    """P7, and what the disk and the second reading allow at the same moment."""
    from bench import uploads

    found = uploads.measure(folder)
    what = f"P7 {uploads.SIZE // uploads.MIB} MiB part by part over HTTP"
    sent, checked = f"{found.sent:.0f} MB/s", f"{found.checked:.0f} MB/s"
    grown = f"memory of the server grown {found.grown_mib:.0f} MiB"
    return [
        line(f"{what}, SHA-256, durable", sent, f"{found.sha256:.0f} MB/s", found.sent / found.sha256,
             f"openssl dgst -sha256 of the same file (share of its rate; {grown})", "≥ 0.35"),
        line(f"{what}, SHA-256, durable", sent, f"{found.copied:.0f} MB/s", found.sent / found.copied,
             "a copy of the same file with one fsync (share of its rate)"),
        line(f"{what}, read again with SM3", checked, f"{found.sm3:.0f} MB/s", found.checked / found.sm3,
             "openssl dgst -sm3 of the same file (share of its rate)"),
    ]  # fmt: skip


def ledger_lines() -> list[dict]:
    from bench import ledgering

    found = ledgering.measure()
    hashed, floor_is = f"{found.hashed:.0f}/s", "both hashes of the same bytes in memory (share of its rate)"
    mine, bare = found.with_ledger, found.without
    act = "an act with both trees, SQLite, synchronous=FULL"
    return [
        line(f"P15 verify the ledger, {found.entries} entries", f"{found.verified:.0f}/s", hashed,
             found.verified / found.hashed, floor_is, "≥ 0.3"),
        line("verify the ledger and every case and act against it", f"{found.with_rows:.0f}/s", hashed,
             found.with_rows / found.hashed, floor_is),
        line(f"{act}, by the clock", f"{mine.clock:.2f} ms", f"{bare.clock:.2f} ms", mine.clock / bare.clock,
             "the same act without ledger", "≤ 1.3"),
        line(f"{act}, of the processor", f"{mine.processor:.2f} ms", f"{bare.processor:.2f} ms",
             mine.processor / bare.processor, "the same act without ledger", "≤ 1.3"),
    ]  # fmt: skip


def list_lines(rows: int) -> list[dict]:
    """P4: the list over HTTP at 10,000 cases and at ROWS, asked one after another."""
    from bench import pages, seed
    from bench.served import server
    from yifa.ledger import clock

    seen = {}
    for until in sorted({min(SMALL, rows), rows}):
        seed.seed(until)
        with server(pages.session_cookie(), clock.today().isoformat()) as at:
            seen[until] = at.ask([at.get("/desk/cases/")] * 320, clients=1, status=200)
    small, large = seen[min(SMALL, rows)], seen[rows]
    return [
        line(f"P4 list of 100 of {rows} cases over HTTP, p50", f"{large.p50:.1f} ms", "198 ms", 198 / large.p50,
             "Open Zaak's list of 100 of 12,000, quoted (times as fast)", "≥ 15"),
        line(f"P4 list of 100, p99 at {rows} cases", f"{large.p99:.1f} ms", f"{small.p99:.1f} ms",
             large.p99 / small.p99, f"p99 at {min(SMALL, rows)} cases", "≤ 1.5"),
    ]  # fmt: skip


def show(table: list[dict]) -> None:
    columns = ("what", "measured", "floor", "ratio", "must", "met", "floor_is")
    rows = [columns, *[[str(row.get(name, "")) for name in columns] for row in table]]
    widths = [max(len(row[index]) for row in rows) for index in range(len(columns))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="the table of ratios")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--only", choices=SECTIONS, action="append", help="only these lines (repeatable)")
    args = parser.parse_args()
    wanted = args.only or SECTIONS
    with tempfile.TemporaryDirectory(prefix="yifa-bench-") as name:
        folder = Path(name)
        os.environ.update(YIFA_HOME=str(folder / "home"), DJANGO_SETTINGS_MODULE="bench.settings")
        table = import_lines(folder) if "import" in wanted else []
        sample_year()
        (folder / "home" / "static").mkdir(exist_ok=True)
        # the copies of pages and list are not in the ledger: it is verified before they are made
        sections = {
            "law": law_lines,
            "papers": paper_lines,
            "dossier": dossier_lines,
            "ledger": ledger_lines,
            "upload": lambda: upload_lines(folder),
            "writing": writing_lines,
        }
        sections |= {"list": lambda: list_lines(args.rows), "pages": lambda: page_lines(args.rows)}
        sections |= {"check": lambda: check_lines(args.rows, folder)}
        for name, lines in sections.items():
            if name in wanted:
                table += lines()
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
