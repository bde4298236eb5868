"""WSGI entry point for granian."""

import os

from django.core.wsgi import get_wsgi_application

from yifa.site.collecting import leave_alone_what_is_loaded
from yifa.site.scheduling import computes, let_requests_run_on
from yifa.site.spreading import Spread

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
application = Spread(get_wsgi_application(), in_turn=computes())
leave_alone_what_is_loaded()
let_requests_run_on()
