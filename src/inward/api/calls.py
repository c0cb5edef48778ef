"""How version 1 declares its calls: a thing, a list, a question, a change. Each carries what all of its kind have.

A thing answers with an ETag; a list pages, sorts, filters and exports; a question is a POST that changes nothing; a
change honours Idempotency-Key and, where it says what is ``shown``, If-Match. What is written here is also what the
OpenAPI document says (``describing``).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from inward.api.auth import known_by
from inward.api.listing import PageOut, answered, parameters
from inward.api.once import bounded, once, versioned
from inward.kit.lists import ListSpec
from inward.kit.policy import NotThere

View = Callable[..., Any]
KIND = "x-inward-kind"
SCOPE = "x-inward-scope"


class Area:
    """The calls of one area of the API, with the scopes that reach them."""

    def __init__(self, scope: str, *, tag: str = "", room: str = "") -> None:
        """``room`` names the lock under which the room makes its changes; empty: it locks what it changes."""
        self.scope, self.room = scope, room
        self.router = Router(tags=[tag or scope], auth=known_by(scope))

    def one(self, path: str, *, response: Any, summary: str, **more: Any) -> Callable[[View], View]:
        """A thing as it stands, with its ETag."""

        def declared(view: View) -> View:
            self.router.get(path, response=response, summary=summary, openapi_extra=self._extra("one", **more))(
                _named(versioned(view))
            )
            return view

        return declared

    def get(self, path: str, *, response: Any, summary: str, **more: Any) -> Callable[[View], View]:
        """Something to read that is neither a thing of its own nor a list that pages."""

        def declared(view: View) -> View:
            self.router.get(path, response=response, summary=summary, openapi_extra=self._extra("get", **more))(
                _named(view)
            )
            return view

        return declared

    def list(
        self,
        path: str,
        *,
        item: type[BaseModel],
        spec: ListSpec,
        summary: str,
        own: Sequence[Mapping[str, Any]] = (),
    ) -> Callable[[View], View]:
        """A list: the view returns ``listing.Found``; ``own`` are parameters that it reads from the address itself."""
        names = [parameter["name"] for parameter in own]

        def declared(view: View) -> View:
            @wraps(view)
            def shown(request: HttpRequest, **values: Any) -> Any:
                return answered(request, view(request, **values), item, own=names)

            extra = self._extra("list", parameters=[*parameters(spec), *map(dict, own)])
            self.router.get(path, response=PageOut[item], summary=summary, openapi_extra=extra)(_named(shown))  # type: ignore[valid-type]
            return view

        return declared

    def ask(self, path: str, *, response: Any, summary: str, example: Any) -> Callable[[View], View]:
        """A question too long for an address: a POST that changes nothing and needs no more than a scope to read."""

        def declared(view: View) -> View:
            extra = self._extra("ask", writes=False, **_example(example))
            self.router.post(
                path, response=response, summary=summary, auth=known_by(self.scope, reads=True), openapi_extra=extra
            )(_named(view))
            return view

        return declared

    def change(
        self,
        method: str,
        path: str,
        *,
        response: Any,
        summary: str,
        example: Any = None,
        shown: View | None = None,
        seen: View | None = None,
        kept: bool = True,
    ) -> Callable[[View], View]:
        """A change. ``shown`` is the view of what it changes; ``kept`` False: the act keeps its own receipts.

        ``seen``, left out ``shown``, is the view by which one sees that it is there: for whoever cannot, it is not there.
        """

        def declared(view: View) -> View:
            extra = self._extra("change", writes=True, conditional=shown is not None, **_example(example))
            act = once(view, shown=shown, room=self.room) if kept else view
            _SEEN[view] = seen or shown
            self.router.api_operation([method], path, response=response, summary=summary, openapi_extra=extra)(
                _named(bounded(act, seen=seen or shown))
            )
            return view

        return declared

    def _extra(self, kind: str, *, writes: bool = False, conditional: bool = False, **more: Any) -> dict[str, Any]:
        scope = f"{self.scope}:{'write' if writes else 'read'}"
        return {KIND: [kind, "conditional"] if conditional else [kind], SCOPE: scope, **more}


_SEEN: dict[View, View | None] = {}
"""By which view one sees that what a change is about is there."""


def bounded_as(change: View, view: View) -> View:
    """A view about the same as a change, such as its preview: who may not see what it is about is told that it is not there."""
    return bounded(view, seen=_SEEN[change])


def _named(view: View) -> View:
    """The view for addresses that can name something: nothing has a NUL in it, and PostgreSQL cannot even be asked for it."""

    @wraps(view)
    def wrapped(request: HttpRequest, **values: Any) -> Any:
        if "\0" in request.path:
            raise NotThere
        return view(request, **values)

    return wrapped


def _example(example: Any) -> dict[str, Any]:
    if example is None:
        return {}
    return {"requestBody": {"content": {"application/json": {"example": example}}}}
