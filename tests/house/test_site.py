"""The site as a whole: addresses, migrations, deployment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from tests.house.plan import ROOT

# Addresses open to everyone; every other address asks for a log-in.
PUBLIC = (
    "/",
    "/login/",
    "/style/",
    "/log/<log:log>/checkpoint",
    "/log/<log:log>/tile/",
    "/log/<log:log>/sm3/checkpoint",
    "/log/<log:log>/sm3/tile/",
    "/log/<log:log>/rotations.json",
    "/log/<log:log>/sm3/rotations.json",
    "/log/<log:log>/anchors.json",
    "/log/<log:log>/sm3/anchors.json",
    "/log/yifa-verify.py",
    "/log/yifa-verify.html",
    "/proof/",
    "/v/",
    "/healthz",
    "/static/",
    "/favicon.ico",
    "/i18n/",
)
EXACT = {
    "/",
    "/style/",
    "/login/",
    "/proof/",
    "/healthz",
    "/favicon.ico",
    "/log/<log:log>/checkpoint",
    "/log/<log:log>/sm3/checkpoint",
    "/log/<log:log>/rotations.json",
    "/log/<log:log>/sm3/rotations.json",
    "/log/<log:log>/anchors.json",
    "/log/<log:log>/sm3/anchors.json",
}
EXAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "path": "x",
}


def patterns(resolver=None, before: str = "/") -> Iterator[str]:
    """Every address of the site, with its parameters still in angle brackets."""
    for entry in (resolver or get_resolver()).url_patterns:
        assert not isinstance(entry.pattern, RegexPattern), (
            f"{entry.pattern}: use path(), whose converters say what is meant"
        )
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def filled(route: str) -> str:
    """A route with an example for each parameter."""
    parts = []
    for piece in route.split("<"):
        if ">" not in piece:
            parts.append(piece)
            continue
        parameter, rest = piece.split(">", 1)
        converter = parameter.split(":")[0] if ":" in parameter else "str"
        parts.append(EXAMPLES.get(converter, "2026-0001") + rest)
    return "".join(parts)


def is_public(route: str) -> bool:
    return route in EXACT or any(route.startswith(prefix) for prefix in PUBLIC if prefix not in EXACT)


@pytest.mark.django_db
def test_every_address_that_is_not_public_asks_for_a_log_in():
    routes = [route for route in patterns() if not is_public(route)]
    assert routes, "no staff address: nothing was checked"
    open_to_all = []
    for route in routes:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(filled(route))
            asked = answer.status_code == 302 and answer["Location"].startswith("/login/")
            if not asked and answer.status_code not in (403, 405):
                open_to_all.append(f"{method.upper()} {route}: {answer.status_code}")
    assert open_to_all == []


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "yifa.site.settings", **variables}
    env.pop("DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_migration_is_missing(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", YIFA_HOME=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_deployment_behind_https_has_no_warning(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", YIFA_HOME=str(tmp_path), YIFA_HTTPS="1")
    assert done.returncode == 0, done.stderr
