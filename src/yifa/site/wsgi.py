"""WSGI entry point for granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
application = get_wsgi_application()

from yifa.site.access import serving  # noqa: E402 - needs the settings

serving.begin()
