"""Files that show facts, given to be saved by whoever may see what they show; each reading is noted."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from inward.kit import files
from inward.parties import operations
from inward.web.components.requests import ActingRequest


@require_GET
def paper(request: ActingRequest, reference: str) -> HttpResponseBase:
    """The file. NotThere out of bounds; Refusal for one that was withdrawn, or is gone from the folder."""
    told, content = operations.open_evidence(by=request.actor, at=request.at, reference=reference)
    return files.given(content, name=told.name, found=told.media_type)
