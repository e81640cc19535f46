"""A request with some of its parts changed, the others as they were."""

from collections.abc import Mapping

from camlint.access.answer import Request


def alter(
    request: Request,
    *,
    action: str | None = None,
    resource: str | None = None,
    principal: str | None = None,
    context: Mapping[str, tuple[str, ...]] | None = None,
    closed: frozenset[str] | None = None,
) -> Request:
    """The request with some parts changed; ``closed`` are keys that are no longer open."""
    return Request(
        request.action if action is None else action,
        request.resource if resource is None else resource,
        request.principal if principal is None else principal,
        request.context if context is None else context,
        request.unknown if closed is None else request.unknown - closed,
    )
