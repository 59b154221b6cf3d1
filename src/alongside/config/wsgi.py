"""The door that a web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")

application = get_wsgi_application()
# Load every page now. What is there by then stays for good: Python need not look again and again whether it may go,
# which would hold up one request in twenty for a tenth of a second.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
