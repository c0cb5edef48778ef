"""The door for web servers: ``inward.config.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inward.config.settings")
application = get_wsgi_application()
_ = get_resolver().url_patterns  # every page's code is loaded now, so that the first person does not wait for it
