"""Writes the English catalogue anew from every message id of templates, Python and the law's vocabulary.

Translations are kept; ids no longer used are kept as obsolete. `--check` compares instead and exits 1 when it is stale.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "yifa"
CATALOGUE = SOURCE / "site" / "locale" / "en" / "LC_MESSAGES" / "django.po"
FUNCTIONS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
CHINESE = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef]")
LETTERS = re.compile(r"[\u3400-\u9fff]")
# What people read from these modules are whole sentences and words; those with something to fill in use gettext.
SHOWN = (
    "casework/cases/forms/*.py", "casework/cases/permissions.py", "casework/cases/*views.py",
    "casework/cases/jobs.py", "casework/cases/errors.py", "casework/cases/lists.py", "casework/cases/[qs]*.py",
    "casework/cases/likeness.py",
    "casework/evidence/*views.py", "casework/evidence/[fpu]*.py", "casework/evidence/models.py", "casework/evidence/jobs.py",
    "casework/proposals/*.py", "casework/proposals/actions/*.py", "casework/supervision/*.py", "casework/hearings/*views.py", "casework/hearings/[mq]*.py",
    "casework/hearings/permissions.py", "casework/hearings/actions/[ah]*.py", "casework/review/[amqrv]*.py",
    "casework/committee/*.py", "casework/committee/actions/*.py", "registry/laws/*.py", "registry/people/search.py",
    "casework/delivery/*.py", "casework/execution/[beilmpqv]*.py", "casework/measures/*.py", "casework/remedies/[ev]*.py",
    "casework/remedies/permissions.py", "casework/dossiers/forms.py", "casework/dossiers/paper_views.py",
    "casework/dossiers/permissions.py", "casework/dossiers/views.py",
    "casework/instruments/*views.py", "casework/instruments/approving.py", "casework/instruments/work.py", "casework/instruments/permissions.py", "casework/instruments/models.py",
    "casework/instruments/typed.py", "casework/instruments/consistency.py",
    "site/accounts/[afgopqrv]*.py", "site/access/permissions.py", "site/erasures/[amv]*.py",
    "site/erasures/permissions.py", "site/work.py", "site/jobs/*.py", "site/lookup/views.py", "jobs/actions.py",
    "listing/[cfpsv]*.py", "intake/workbook/permissions.py", "intake/workbook/uploads.py",
    "reports/annual/views.py", "reports/annual/assembling.py",
)  # fmt: skip
HEADER = {
    "Project-Id-Version": "yifa",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def of_python() -> Iterator[str]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield from ids_in(path.read_bytes())


def of_templates() -> Iterator[str]:
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        as_code = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # In brackets, so that the tokenizer does not care how the lines are indented.
        yield from ids_in(f"(\n{as_code}\n)".encode())


def ids_in(code: bytes) -> Iterator[str]:
    for _, message, _, _ in extract("python", BytesIO(code), FUNCTIONS, options={"encoding": "utf-8"}):
        yield from [message] if isinstance(message, str) else [message[0]]


def of_components() -> Iterator[str]:
    """Words handed to components as arguments: text="查询"."""
    argument = re.compile(
        r'\b(?:text|title|label|caption|sentence|note|hint|act|empty|empty_act|chosen_words|words)="([^"]+)"'
    )
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        for tag in re.findall(r"{% include [^%]+ %}", path.read_text(encoding="utf-8")):
            yield from argument.findall(tag)


def of_sentences() -> Iterator[str]:
    """Every Chinese sentence of the modules named in SHOWN: pages show them through `|term`, whoever returns them."""
    for pattern in SHOWN:
        for path in sorted(SOURCE.glob(pattern)):
            yield from sentences_in(ast.parse(path.read_text(encoding="utf-8")))


def sentences_in(tree: ast.Module) -> Iterator[str]:
    """String constants with Chinese letters; docstrings and parts of f-strings are not messages."""
    parts = {part for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in one.values}
    told = {one.value for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        text = one.value if isinstance(one, ast.Constant) and one not in parts | told else None
        if isinstance(text, str) and LETTERS.search(text):
            yield text


def of_vocabulary() -> dict[str, str]:
    """Words the law and the lists bring, with the English the glossary gives them; empty where a person must say."""
    glossary = tomllib.loads((SOURCE / "law" / "glossary.toml").read_text(encoding="utf-8"))
    glosses = {term["zh"]: term["gloss"] for term in reversed(glossary["term"])}
    words = {
        text: sentence(glosses.get(text) or key.replace("_", " "))
        for table in reversed(glossary["enum"].values())
        for key, text in table.items()
    }
    words |= {form["name"]: sentence(form["id"].replace("_", " ")) for form in glossary["form"]}
    return words | {text: words.get(text, "") for text in shown_by_rooms()}


def sentence(text: str) -> str:
    """First letter a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def shown_by_rooms() -> Iterator[str]:
    """Titles of lists, columns, filters, steps, clocks and controls, which stand in tables of Python."""
    from yifa.casework.cases import act_words
    from yifa.casework.cases.forms.controls import CHOOSE, HINTS, NOTHING, OWN_LABELS
    from yifa.law.packs import pack
    from yifa.law.packs.catalogue import TERRITORY
    from yifa.law.procedure.acts import ORDINARY, SUMMARY
    from yifa.law.procedure.offers import OFFERS
    from yifa.law.review import POINTS, VERDICTS
    from yifa.law.rules.rule import REGISTRY
    from yifa.listing.registry import all_pages

    for page in all_pages():
        yield from (page.title, page.note)
        yield from (one.title for one in (*page.filters, *page.sums))
        for grain in page.grains:
            yield from (grain.title, grain.unit, *(column.title for column in grain.columns))
    yield from (*act_words.KEY_LABELS.values(), *act_words.MONITOR_LABELS.values())
    yield "全部"
    yield from (*OWN_LABELS.values(), *HINTS.values(), CHOOSE, NOTHING)
    yield from form_words()
    yield from (act.label for act in (*ORDINARY, *SUMMARY))
    yield from (words for point in POINTS for words in (point.title, point.asks))
    yield from VERDICTS.values()
    yield from (rule.title for rule in REGISTRY.values() if rule.clock)
    yield from (offer.consequence for offers in OFFERS.values() for offer in offers.values())
    yield from (edition.title for edition in pack(TERRITORY).parameters())
    yield from ("默认值", "不影响", "未设置", "已确认", "待确认")


def form_words() -> Iterator[str]:
    """Labels, hints and messages of forms; those of Django itself are English already."""
    from django.forms import Form

    waiting = list(Form.__subclasses__())
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if not form.__module__.startswith("yifa."):
            continue
        yield from map(str, getattr(form, "error_messages", {}).values())
        for field in form.base_fields.values():
            yield from (
                str(field.label or ""),
                str(field.help_text),
                *map(str, field.error_messages.values()),
            )


def merged(old: polib.POFile, ids: set[str], words: dict[str, str]) -> polib.POFile:
    """A catalogue of exactly these ids: what a person wrote first, then what the vocabulary says."""
    known = {entry.msgid: entry.msgstr for entry in old}
    new = polib.POFile(wrapwidth=110)
    new.metadata = HEADER
    for msgid in sorted(ids | set(words)):
        if CHINESE.search(msgid):
            flags = ["python-format"] if re.search(r"%\(\w+\)s", msgid) else []
            new.append(
                polib.POEntry(msgid=msgid, msgstr=known.get(msgid) or words.get(msgid, ""), flags=flags)
            )
    used = {entry.msgid for entry in new}
    for msgid, msgstr in sorted(known.items()):
        if msgid not in used and msgstr:
            new.append(polib.POEntry(msgid=msgid, msgstr=msgstr, obsolete=True))
    return new


def said(catalogue: polib.POFile) -> set[tuple[str, str, bool]]:
    """What a catalogue says; how its lines are broken does not matter."""
    return {(entry.msgid, entry.msgstr, bool(entry.obsolete)) for entry in catalogue}


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    os.environ.setdefault("YIFA_HOME", tempfile.gettempdir() + "/yifa-messages")
    sys.path.insert(0, str(SOURCE.parent))
    import django

    django.setup()
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - loading the addresses registers the lists
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    ids = {*of_python(), *of_templates(), *of_components(), *of_sentences()} - {""}
    new = merged(old, ids, of_vocabulary())
    if said(old) == said(new):
        return 0
    if "--check" in arguments:
        print("英文目录与页面不符：django.po。请运行 make generate，并为新词填写英文", file=sys.stderr)
        return 1
    CATALOGUE.write_text(str(new) + "\n", encoding="utf-8")
    empty = sum(not entry.msgstr and not entry.obsolete for entry in new)
    print(f"django.po 已重写：{len(new)} 条，{empty} 条还没有英文")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
