"""The product's settings plus one empty view, the floor of every page."""

from yifa.site.settings import *  # noqa: F403 - a settings file extends another by taking all of it

ROOT_URLCONF = "bench.urls"
