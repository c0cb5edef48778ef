"""The door for web servers: ``inward.config.wsgi:application``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inward.config.settings")
application = get_wsgi_application()
