"""The door for web servers: ``inward.config.wsgi:application``. What ``inward serve`` opens is ``served``."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

gc.disable()  # until all is loaded
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inward.config.settings")
application = get_wsgi_application()
reverse("home")  # every page's code and address is loaded now, so that the first person does not wait for it

# Code and settings stay for good: never looked through again. What an order makes and drops goes by reference counts;
# looking for rings after every 700 objects, as Python does by itself, was a tenth of its processor time.
gc.collect()
gc.freeze()
gc.enable()
gc.set_threshold(20_000, 20, 20)
