"""The style page: every component in every state, and pages that hold no other component."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import RequestFactory

from yifa.site.appearance import chosen
from yifa.site.style_examples import STATES

TEMPLATES = Path(__file__).resolve().parents[1] / "templates"
STATIC = Path(__file__).resolve().parents[1] / "static" / "yifa"
# What a state leaves in the markup, where it is more than the section on the style page.
MARKS = {
    ("button", "secondary"): 'class="button secondary"|<button class="secondary"',
    ("button", "danger"): 'class="danger"',
    ("button", "hover"): "is-hover",
    ("button", "focus"): "is-focus",
    ("button", "active"): "is-active",
    ("button", "busy"): 'aria-busy="true">正在出具',
    ("button", "blocked"): 'class="blocked"',
    ("field", "error"): 'aria-invalid="true"',
    ("field", "read-only"): "readonly",
    ("field", "filled-by-system"): "自动填入，可以改",
    ("field", "optional"): "（选填）",
    ("error-summary", "default"): 'class="error-summary" role="alert"',
    ("query-form", "open"): "<details open>",
    ("query-form", "applied"): 'class="chips"',
    ("table", "loading"): '<table class="list brief" aria-busy="true"',
    ("table", "empty"): "还没有证据",
    ("table", "selected"): 'aria-selected="true"',
    ("identity-bar", "closed"): "identity-closed",
    ("identity-bar", "restricted"): "identity-restricted",
    **{("steps", state): f"step-{state}" for state in STATES["steps"]},
    ("action-list", "cannot"): "act-cannot",
    ("action-list", "warn"): "act-warn",
    ("action-list", "not-mine"): "act-not-mine",
    **{("clock", state): f"clock-{state}" for state in STATES["clock"]},
    ("timeline", "correction"): "timeline-correction",
    ("timeline", "system"): "timeline-system",
    ("summary-list", "differs"): '<div class="differs">',
    ("summary-list", "missing"): '<div class="missing">',
    **{("upload", state): f"upload-{state}" for state in STATES["upload"]},
    **{("evidence-player", state): f"player-{state}" for state in STATES["evidence-player"]},
    **{("banner", state): f'class="banner {state}"' for state in STATES["banner"]},
    **{("badge", state): f"badge-{state}" for state in STATES["badge"] if state != "plain"},
}


@pytest.fixture
def page(client) -> str:
    answer = client.get("/style/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_components_are_fifteen_and_each_is_a_file():
    files = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert len(STATES) == 15
    assert files == set(STATES)


@pytest.mark.django_db
def test_every_component_is_shown_in_every_state(page):
    shown = re.findall(r'data-component="([\w-]+)" data-state="([\w -]+)"', page)
    found = {(name, state) for name, states in shown for state in states.split()}
    assert found == {(name, state) for name, states in STATES.items() for state in states}


@pytest.mark.django_db
@pytest.mark.parametrize(("component", "state"), MARKS)
def test_a_state_is_in_the_markup_and_not_in_the_caption_only(page, component, state):
    section = page.split(f'<section class="style-part" id="{component}"')[1].split(
        '</section>\n<section class="style-part"'
    )[0]
    assert re.search(MARKS[component, state].replace("(", r"\("), section)


@pytest.mark.django_db
def test_no_id_stands_twice(page):
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_colours_and_sizes_of_type_stand_in_the_tokens_only():
    wrong = []
    for path in STATIC.glob("*.css"):
        if path.name not in ("tokens.css", "print.css"):
            wrong += [
                (path.name, found) for found in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;, )])", path.read_text())
            ]
    assert wrong == [("elements.css", "#000")]  # behind a recording that has not started


def test_breakpoints_are_two():
    widths = {
        found
        for path in STATIC.glob("*.css")
        for found in re.findall(r"width: (\d+)px\) ?\{", path.read_text())
    }
    assert widths == {"640", "1024"}


@pytest.mark.django_db
@pytest.mark.parametrize("look", ["elder", "sun", "dark"])
def test_a_look_is_chosen_on_any_page_and_kept(client, look):
    answer = client.get(f"/style/?ui={look}&x=1")
    assert answer.status_code == 302 and answer["Location"] == "/style/?x=1"
    assert f'data-ui="{look}"' in client.get("/").content.decode()
    assert client.get("/?ui=plain")["Location"] == "/"
    assert "data-ui" not in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_look_nobody_knows_is_not_kept_and_leads_nowhere_else(client):
    client.cookies["ui"] = '"><script>'
    assert "data-ui" not in client.get("/?ui=red").content.decode()
    request = RequestFactory().get("/", {"ui": "sun"})
    request.path = "//elsewhere.invalid/"
    assert chosen(request, "sun")["Location"] == "/%2Felsewhere.invalid/"
