"""The list of workbooks taken in (台账导入)."""

from __future__ import annotations

from yifa.intake.workbook.models import WorkbookImport
from yifa.listing.columns import Column
from yifa.listing.filters import Days, Text
from yifa.listing.page import Grain, ListPage
from yifa.listing.registry import register

IMPORTS = register(
    ListPage(
        slug="imports",
        title="台账导入",
        base=lambda organ: WorkbookImport.objects.filter(organ=organ),
        filters=(
            Text("file_name", "文件名"),
            Days("imported", "导入日期", source="imported_at", moments=True),
        ),
        grains=(
            Grain(
                title="一次导入",
                unit="次",
                columns=(
                    Column("imported_at", "导入时间"),
                    Column("file_name", "文件名"),
                    Column("imported_by", "导入人"),
                    Column("sha256", "SHA-256"),
                ),
                record_key=lambda row: f"workbook_import:{row['pk']}",
                key_fields=("pk",),
                order=("-imported_at", "-pk"),
            ),
        ),
    )
)
