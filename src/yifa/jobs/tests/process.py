"""`python -m yifa.jobs.tests.process VERB`: what tests do in processes of their own, on a database of their own."""

from __future__ import annotations

import os
import sys


def ask(kind: str, count: str) -> None:
    from yifa.jobs.actions import enqueue
    from yifa.registry.organs.models import Organ

    organ, _ = Organ.objects.get_or_create(
        code="120199-cgw",
        defaults={"name": "示例", "territory": "120199", "document_prefix": "示", "demo": True},
    )
    for number in range(int(count)):
        enqueue(kind=kind, organ=organ, asked_by="甲", key=f"{kind}{number}")


def work() -> None:
    from yifa.jobs.worker import Worker

    Worker().run()


def main(verb: str, *arguments: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from yifa.jobs.tests import kinds  # noqa: F401 - importing registers them

    if verb == "ask":
        call_command("migrate", verbosity=0, interactive=False)
    {"ask": ask, "work": work}[verb](*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
