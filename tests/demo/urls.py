"""The demo's address table: what ``INWARD_DEMO`` adds to the house's own."""

from django.urls import include, path

urlpatterns = [path("", include("inward.config.urls")), path("", include("inward.demo.front.urls"))]
handler404 = "inward.web.components.errors.not_found"
