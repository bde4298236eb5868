"""Checks between the cells of one row: an end not before its beginning, a part not larger than the whole."""

from __future__ import annotations

from yifa.intake.workbook.reader import Row, SheetReader

PERIODS = {
    "人员": (("certificate_from", "certificate_to"), ("term_from", "term_to")),
    "专项行动": (("starts_on", "ends_on"),),
    "复议诉讼": (("filed_on", "decided_on"),),
}
PARTS = {"双随机": (("targets_drawn", "targets_total"), ("officers_drawn", "officers_total"))}


def check_row(sheet: str, row: Row, reader: SheetReader) -> None:
    for first, last in PERIODS.get(sheet, ()):
        begin, end = row.get(first), row.get(last)
        if begin and end and end < begin:
            reader.complain(
                row.number,
                last,
                "ends_before",
                f"{reader.sheet.by_key[last].header}早于{reader.sheet.by_key[first].header}",
            )
    for part, whole in PARTS.get(sheet, ()):
        some, every = row.get(part), row.get(whole)
        if some is not None and every is not None and some > every:
            reader.complain(
                row.number,
                part,
                "out_of_range",
                f"{reader.sheet.by_key[part].header} {some} 大于{reader.sheet.by_key[whole].header} {every}",
            )
    if sheet == "复议诉讼" and (row.get("result") is None) != (row.get("decided_on") is None):
        missing = "decided_on" if row.get("decided_on") is None else "result"
        reader.complain(
            row.number, missing, "result_without_date", f"{reader.sheet.by_key[missing].header}没有填写"
        )
    started = row.get("started_at")
    if sheet == "执法记录" and started is not None and started.bare:
        reader.complain(row.number, "started_at", "needs_clock", "开始时间只有日期，没有时刻")
