"""WSGI entry point for granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from yifa.site.spreading import Spread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
application = Spread(get_wsgi_application())
# What was loaded at the start stays: without this each round of the garbage collector walks through all the law again.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 50, 100)
