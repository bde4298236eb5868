"""WSGI entry point for granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
application = get_wsgi_application()
# What was loaded at the start stays: without this each round of the garbage collector walks through all the law again.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 50, 100)
