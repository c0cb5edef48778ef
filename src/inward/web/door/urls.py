"""Addresses of the door. What concerns passwords is allauth's, in our look (templates/account)."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from inward.web.components import guide
from inward.web.door import tokens, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("door/", include("allauth.account.urls")),
    path("door/act-for/", views.act_for, name="act_for"),
    path("door/language/", views.language, name="language"),
    path("door/look/", views.theme, name="theme"),
    path("account/tokens/", tokens.tokens, name="account_tokens"),
    path("account/tokens/<int:token>/revoke/", tokens.revoke, name="account_token_revoke"),
]
if settings.DEBUG or settings.INWARD_DEMO or settings.TESTING:
    urlpatterns.append(path("style/", guide.style, name="style"))
