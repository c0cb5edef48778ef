"""Every address of the house, by face."""

from django.conf import settings
from django.urls import include, path

from inward.config import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", health.figures, name="metrics"),
    path("api/", include("inward.api.urls")),
    path("scim/v2/", include("inward.api.scim_urls")),
    path("books/", include("inward.web.books.urls")),
    path("office/", include("inward.web.office.urls")),
    path("desk/", include("inward.web.workbench.urls")),
    path("", include("inward.web.door.urls")),
    path("", include("inward.web.home.urls")),
]

if settings.INWARD_DEMO:
    urlpatterns.append(path("", include("inward.demo.front.urls")))

handler400 = "inward.web.components.errors.bad_request"
handler403 = "inward.web.components.errors.forbidden"
handler404 = "inward.web.components.errors.not_found"
handler500 = "inward.web.components.errors.broken"
