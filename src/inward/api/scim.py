"""SCIM 2.0 (RFC 7643 and 7644) at /scim/v2/: directories such as Entra, Okta or Keycloak say who works here.

scim2-server speaks the protocol; ``DjangoScimStorage`` keeps and finds through the room's acts and queries. A caller is a
machine with a token of the scope ``scim``; it sees what it said itself. Errors are SCIM errors (RFC 7644, 3.12).
"""

import logging
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from scim2_models import (
    URN,
    Extension,
    Meta,
    MutabilityException,
    NotFoundException,
    PayloadTooLargeException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    SCIMException,
    ScimFilter,
    ScimProvider,
    SearchRequest,
    ServiceProviderConfig,
    UnauthorizedException,
    UniquenessException,
)
from scim2_models.path import CompareOperator, Comparison
from scim2_server.conditions import Conditions
from scim2_server.handler import ScimHandler
from scim2_server.memory import InMemoryStorage
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.service import ScimService
from scim2_server.storage import ScimStorage, SearchPage
from scim2_server.utils import load_default_resource_types, load_default_schemas

from inward.access import provisioned
from inward.access import queries as access
from inward.access.operations import note_token_use, provisioning
from inward.access.said import EMPLOYMENT
from inward.access.vocabulary import TokenScope
from inward.api.limits import spend_known, spend_stranger, tell
from inward.api.problems import TooMany
from inward.kit import clock
from inward.kit.actor import Actor
from inward.kit.policy import NotThere, Refused
from inward.kit.transaction import together
from inward.kit.vocabularies import text
from inward.kit.write_lock import WriteLockBusy

log = logging.getLogger("inward.api.scim")
RESULTS_MAX = 200
OPERATIONS_MAX = 100
PAYLOAD_MAX = 1_048_576
_INDEXED = {"username": "user_name", "externalid": "external_id", "id": "reference"}


class Employment(Extension):
    """What the enterprise extension cannot say of somebody's work: by whom she is employed, how, and from when to when."""

    __schema__ = URN(EMPLOYMENT)

    employing_entity: str | None = None
    """The code of the company that employs her."""
    employment_type: str | None = None
    """The kind of work in the directory's words; it goes before userType."""
    start_date: str | None = None
    """Her first day of work, as 2026-11-24; a time after it is not looked at."""
    end_date: str | None = None
    """Her last day of work, in the same form."""
    org_unit_id: str | None = None
    """The code of her unit; it goes before department and division."""
    fte: str | None = None
    """Part of full time, as text: 0.8."""


class DjangoScimStorage(ScimStorage):
    """What one connection (``by``) said, read and written at one instant."""

    def __init__(self, by: Actor, at: datetime, provider: ScimProvider) -> None:
        self.by, self.at, self.provider = by, at, provider

    def operation(self) -> AbstractContextManager[None]:
        """One SCIM operation is one transaction."""
        return together()

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,  # noqa: ARG002 - the server asks for it
    ) -> Resource[Any]:
        """What was said under this id."""
        return self._resource(resource_type, self._kept(resource_type, resource_id))

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        """One page of what matches; a filter that compares an indexed attribute by ``eq`` reads only those."""
        by_name = {str(each.name): each for each in resource_types}
        kept = provisioned.records(viewer=self.by, kinds=list(by_name), **_narrowed(search_request.filter))
        memory = InMemoryStorage()
        memory.resources = [self._resource(by_name[each.kind], each) for each in kept]
        return memory.search(resource_types, search_request, position=position)

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        """Keep something new."""
        with _in_scim_words():
            made = provisioning.keep_record(
                by=self.by, at=self.at, kind=str(resource_type.name), document=_document(resource)
            )
        return self.get(resource_type, made)

    def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        """Say it otherwise; the same again changes nothing, not even the version."""
        kept = self._kept(resource_type, str(resource.id))
        document = _document(resource)
        if document == kept.document and expected_version in (None, _etag(kept.version)):
            return self._resource(resource_type, kept)
        with _in_scim_words():
            provisioning.keep_record(
                by=self.by,
                at=self.at,
                kind=str(resource_type.name),
                document=document,
                reference=kept.reference,
                expected=_number(expected_version),
            )
        return self.get(resource_type, kept.reference)

    def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        """She has left; the group is no more."""
        with _in_scim_words():
            provisioning.remove_record(
                by=self.by,
                at=self.at,
                kind=str(resource_type.name),
                reference=resource_id,
                expected=_number(expected_version),
            )

    def place_again(self, resource_type: ResourceType, reference: str) -> None:
        """Try again to place somebody who was parked; nothing for anybody else."""
        if self._kept(resource_type, reference).parked:
            provisioning.try_again(by=self.by, at=self.at, reference=reference)

    def _kept(self, resource_type: ResourceType, reference: str) -> provisioned.Kept:
        found = provisioned.records(viewer=self.by, kinds=[str(resource_type.name)], reference=reference)
        if not found:
            raise NotFoundException(detail=f"{resource_type.name} {reference!r} not found")
        return found[0]

    def _resource(self, resource_type: ResourceType, kept: provisioned.Kept) -> Resource[Any]:
        model: Any = self.provider.model_for(resource_type)
        resource: Resource[Any] = model.model_validate(kept.document)
        resource.id = kept.reference
        resource.meta = Meta(
            resource_type=kept.kind,
            created=kept.made_at,
            last_modified=kept.changed_at,
            version=_etag(kept.version),
        )
        return resource


class InwardHandler(ScimHandler):
    """What a directory says again without a change is no change, but may place whom something parked that is gone."""

    storage: DjangoScimStorage

    def replace_resource(
        self, resource_type: ResourceType, current: Resource[Any], replacement: Resource[Any], conditions: Conditions
    ) -> Resource[Any]:
        """Keep it, or see whether she can be placed now."""
        kept = super().replace_resource(resource_type, current, replacement, conditions)
        if kept is current:
            self.storage.place_again(resource_type, str(current.id))
        return kept

    def patch_resource(
        self, resource_type: ResourceType, resource_id: str, patch_op: Any, conditions: Conditions
    ) -> Resource[Any]:
        """Keep it, or see whether she can be placed now."""
        before = self.storage.get(resource_type, resource_id)
        kept = super().patch_resource(resource_type, resource_id, patch_op, conditions)
        if kept.meta == before.meta:
            self.storage.place_again(resource_type, resource_id)
        return kept


class InwardScim(ScimService):
    """The protocol as directories in use expect it: a PATCH answers with what stands, not with nothing."""

    def patch_response(
        self, base_url: str, resource: Resource[Any], response_parameters: ResponseParameters[Any]
    ) -> ScimResponse:
        """200 with the resource (RFC 7644, 3.5.2 allows both)."""
        return self.replacement_response(base_url, resource, response_parameters)


@cache
def provider() -> ScimProvider:
    """What is served: users with the enterprise and our employment extension, and groups."""
    types = load_default_resource_types()
    user = types["User"].model_dump()
    user["schemaExtensions"].append({"schema": EMPLOYMENT, "required": False})
    types["User"] = ResourceType.model_validate(user)
    schemas = [*load_default_schemas().values(), Employment.to_schema()]
    return ScimProvider.from_discovery(schemas, types.values(), config=_config())


def _config() -> ServiceProviderConfig:
    return ServiceProviderConfig.model_validate(
        {
            "patch": {"supported": True},
            "bulk": {"supported": True, "maxOperations": OPERATIONS_MAX, "maxPayloadSize": PAYLOAD_MAX},
            "filter": {"supported": True, "maxResults": RESULTS_MAX},
            "changePassword": {"supported": False},
            "sort": {"supported": True},
            "etag": {"supported": True},
            "authenticationSchemes": [
                {"type": "oauthbearertoken", "name": "Token", "description": "A token of a machine, of the scope scim"}
            ],
        }
    )


def answer(request: HttpRequest, path: str) -> HttpResponse:
    """What is said at an address below /scim/v2/."""
    service = InwardScim(provider())
    try:
        by, at = _caller(request), clock.now()
        handler = InwardHandler(service, DjangoScimStorage(by, at, provider()))
        said = handler.handle(_read(request, path))
    except Exception as error:  # noqa: BLE001 - every error is answered in SCIM's words, the unforeseen are logged
        said = service.error_response(_worded(error))
        if isinstance(error, TooMany):
            said.headers["Retry-After"] = str(error.spent.seconds)
    body = b"" if said.body is None else orjson.dumps(said.body)
    sent = HttpResponse(body, status=said.status, headers={**said.headers, "Cache-Control": "no-store"})
    tell(request, sent)
    return sent


def _read(request: HttpRequest, path: str) -> ScimRequest:
    return ScimRequest(
        method=str(request.method),
        base_url=request.build_absolute_uri("/scim/v2"),
        path=f"/{path}",
        query=request.GET.dict(),
        headers=dict(request.headers),
        body=request.body,
    )


def _caller(request: HttpRequest) -> Actor:
    """The machine whose token it is. Raises UnauthorizedException for nobody, and what ``access.queries.caller`` raises."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token, at = token.strip() if scheme.lower() == "bearer" else "", clock.now()
    try:
        by = access.caller(token, at=at, area=TokenScope.SCIM.value, writes=True)
    except access.TokenEnded:
        spend_stranger(request)
        raise
    if by.nobody:
        spend_stranger(request)
        raise UnauthorizedException
    spend_known(request, access.digest_of(token))
    note_token_use(by=by, at=at, raw=token)
    return by


class _in_scim_words:  # noqa: N801 - read as a phrase
    """What the room raises, as the SCIM error that directories understand."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        match error:
            case provisioning.Taken():
                raise UniquenessException from error
            case provisioning.Moved():
                raise PreconditionFailedException from error
            case provisioning.KeyFixed():
                raise MutabilityException(detail="externalId cannot be changed once it is set") from error
            case NotThere():
                raise NotFoundException from error


def _worded(error: Exception) -> Exception:
    """An error of the house as one that the SCIM service words; its own and the unforeseen stay as they are."""
    match error:
        case access.TokenEnded():
            return UnauthorizedException(detail=text(error.reasons[0], "en"))
        case Refused():
            return _of(HTTPStatus.FORBIDDEN, text(error.reasons[0], "en"))
        case TooMany():
            return _of(HTTPStatus.TOO_MANY_REQUESTS, "Too many calls in this minute")
        case RequestDataTooBig():
            return PayloadTooLargeException()
        case WriteLockBusy():
            return _of(HTTPStatus.SERVICE_UNAVAILABLE, "The database is busy; try again in a moment")
    if not isinstance(error, SCIMException):
        log.error("scim", exc_info=error)
    return error


def _of(status: HTTPStatus, detail: str) -> SCIMException:
    error = SCIMException(detail=detail)
    error.status = status.value
    return error


def _document(resource: Resource[Any]) -> dict[str, Any]:
    """What is kept of a resource: neither what the server says of it, nor a password (people choose theirs here)."""
    said: dict[str, Any] = type(resource).model_validate(resource.model_dump()).model_dump(mode="json")
    return {name: value for name, value in said.items() if name not in ("id", "meta", "password")}


def _narrowed(asked: ScimFilter[Any] | None) -> dict[str, str]:
    """The column by which a filter like ``userName eq "x"`` is found at once; the filter itself still decides."""
    node = None if asked is None else asked.ast
    if isinstance(node, Comparison) and node.op == CompareOperator.eq and isinstance(node.value, str):
        column = _INDEXED.get(str(node.attr_path).lower())
        if column == "user_name":
            return {column: node.value.lower()}
        if column is not None:
            return {column: node.value}
    return {}


def _etag(version: int) -> str:
    return f'W/"{version}"'


def _number(etag: str | None) -> int | None:
    digits = (etag or "").removeprefix("W/").strip('"')
    return int(digits) if digits.isdigit() else None
