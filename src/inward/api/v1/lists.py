"""Lists kept under a name, over HTTP: what a page of the web has asked of a list, for its owner alone."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Schema, Status

from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.v1.schemas import Asked
from inward.kit import clock, lists

area = Area("notices", tag="saved lists")

Face = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_.-]*$")]
ListName = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f/]+$")]


class SavedOut(Schema):
    """A kept list: its name, and what it asks."""

    name: str
    params: dict[str, str]


class SavedIn(Asked):
    """What the list asks: sort, filters, text."""

    params: dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=200)]] = Field(max_length=40)


@area.get("/saved-lists/{face}", response=list[SavedOut], summary="My kept lists")
def saved(request: HttpRequest, face: Path[Face]) -> list[dict[str, Any]]:
    """The caller's own kept lists of a page ("orders", for one), by name."""
    found = lists.saved_lists(viewer=actor_of(request), face=face)
    return [{"name": name, "params": params} for name, params in found.items()]


@area.change(
    "PUT",
    "/saved-lists/{face}/{name}",
    response={204: None},
    summary="Keep a list",
    example={"params": {"state": "AWAITING_APPROVAL", "sort": "-placed"}},
)
def save(request: HttpRequest, face: Path[Face], name: Path[ListName], body: SavedIn) -> Status[None]:
    """Under a name of one's own; the same name again replaces it."""
    lists.save_list(by=actor_of(request), at=clock.now(), face=face, name=name, params=body.params)
    return Status(204, None)


@area.change("DELETE", "/saved-lists/{face}/{name}", response={204: None}, summary="Forget a kept list")
def remove(request: HttpRequest, face: Path[Face], name: Path[ListName]) -> Status[None]:
    """The list itself stays as it is."""
    lists.remove_list(by=actor_of(request), at=clock.now(), face=face, name=name)
    return Status(204, None)
