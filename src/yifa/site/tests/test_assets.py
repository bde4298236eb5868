"""Style sheets and scripts are kept by browsers for good, because what changes has another address."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from yifa.site import assets
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db


def test_everything_a_page_loads_names_its_version_and_never_changes_there():
    client = factories.as_user(factories.account("head", "head"))
    page = client.get("/desk/cases/").content.decode()
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(loaded) > 8
    for address in loaded:
        path, version = address.split("?v=")
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert hashlib.sha256(content).hexdigest()[:12] == version, path
        kept = answer["Cache-Control"]
        assert "immutable" in kept and int(re.search(r"max-age=(\d+)", kept)[1]) >= 365 * 86400


def test_another_content_has_another_address(monkeypatch, tmp_path):
    file = tmp_path / "tokens.css"
    monkeypatch.setattr(finders, "find", lambda name: file)
    found = []
    for content in ("a{}", "b{}"):
        file.write_text(content)
        assets._version.cache_clear()
        found.append(static("yifa/tokens.css"))
    assets._version.cache_clear()
    assert found[0] != found[1] and all(one.startswith("/static/yifa/tokens.css?v=") for one in found)


def test_a_file_that_is_nowhere_has_the_plain_address():
    assert static("yifa/none.css") == "/static/yifa/none.css"
