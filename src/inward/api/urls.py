"""Where the API lives: /api/v1/, its OpenAPI document at /api/v1/openapi.json."""

from django.urls import path

from inward.api.router import api

urlpatterns = [path("v1/", api.urls)]
