"""An article of law is named in law/ alone: pages, forms and views take it from the rule or the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.plan import ROOT, SOURCE, python_files, tracked

# 第六十四条; 法第64条, 条例第 7 条. The entries of a log (日志第 7 条) and of a case (第 {{ seq }} 条) are no articles.
ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇两]+条|(?:法|条例|办法|规定|规则)[》）)]*第 ?\d+ ?条")
# The page of components shows examples of what law says, the sample year is made-up data.
EXAMPLES = ("site/style_examples.py", "site/templates/style.html", "intake/sample/")


def outside_the_law(path: Path) -> bool:
    place = path.relative_to(SOURCE).as_posix() if path.is_relative_to(SOURCE) else "law/"
    return not place.startswith(("law/", *EXAMPLES)) and not {"tests", "migrations"} & set(path.parts)


def words_of(code: str) -> Iterator[str]:
    """String constants of a module without its docstrings."""
    tree = ast.parse(code)
    told = {one.value for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one not in told:
            yield one.value


def articles_in(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    spoken = words_of(text) if path.suffix == ".py" else [text]
    return [found for words in spoken for found in ARTICLE.findall(words)]


def test_no_template_form_or_view_names_an_article():
    templates = [path for path in tracked() if path.suffix == ".html" and "templates" in path.parts]
    named = {
        str(path.relative_to(ROOT)): articles_in(path)
        for path in [*templates, *python_files()]
        if outside_the_law(path)
    }
    assert {path: found for path, found in named.items() if found} == {}


@pytest.mark.parametrize(
    "words", ["行政处罚法第五十八条", "（《城市绿化条例》第 27 条）", "行政强制法第53条"]
)
def test_an_article_is_recognised(words):
    assert ARTICLE.search(words)


@pytest.mark.parametrize("words", ["日志第 7 条", "第 {{ seq }} 条", "第 %(seq)s 条", "第几条"])
def test_an_entry_of_a_log_is_no_article(words):
    assert not ARTICLE.search(words)
