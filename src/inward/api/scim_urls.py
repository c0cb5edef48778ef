"""Where directories speak: everything below /scim/v2/."""

from django.urls import path

from inward.api.scim import scim

urlpatterns = [path("", scim, name="scim_root"), path("<path:path>", scim, name="scim")]
