"""Opening the installation for a command: Django, migrations, the organ meant by `--organ`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from yifa.site.cli.errors import Refused

if TYPE_CHECKING:
    from yifa.registry.organs.models import Organ


def open_database() -> None:
    """Set Django up and bring the tables to this version. Raises Refused when the database cannot be reached."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import OperationalError

    from yifa.listing.search import bring_up_to_date

    try:
        call_command("migrate", verbosity=0, interactive=False)
        bring_up_to_date()
    except OperationalError as error:
        raise Refused(
            f"数据库打不开：{str(error).splitlines()[0]}。请检查 DATABASE_URL 或 YIFA_HOME"
        ) from error


def organ_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--organ", metavar="CODE", help="机关代码；只有一个机关时可省略")


def chosen_organ(args: argparse.Namespace) -> Organ:
    """The organ named by `--organ`, else the only one. Raises Refused when none or several could be meant."""
    from yifa.registry.organs.models import Organ

    organs = list(Organ.objects.order_by("code"))
    if args.organ:
        found = [organ for organ in organs if organ.code == args.organ]
        if not found:
            known = "、".join(organ.code for organ in organs) or "（还没有机关）"
            raise Refused(f"--organ：没有机关 {args.organ}。现有：{known}")
        return found[0]
    if len(organs) == 1:
        return organs[0]
    if not organs:
        raise Refused("还没有任何机关的数据。请先导入台账：yifa import 台账.xlsx")
    raise Refused("有多个机关，请用 --organ 指明：" + "、".join(organ.code for organ in organs))
