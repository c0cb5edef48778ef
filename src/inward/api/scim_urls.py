"""Where directories speak: everything below /scim/v2/."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_not_required
def scim(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address below /scim/v2/. The protocol's libraries take a fifth of a start; only a house with a directory needs them."""
    from inward.api.scim import answer

    return answer(request, path)


urlpatterns = [path("", scim, name="scim_root"), path("<path:path>", scim, name="scim")]
