"""A request as the arguments with which ``camlint can`` asks about it again."""

import shlex
from collections.abc import Iterable

from camlint.access.answer import Request


def can_arguments(request: Request) -> list[str]:
    """The options of ``camlint can`` that spell the request, without the policies.

    ``camlint can`` takes a key that isn't given for absent, so that a request of which nothing is
    known (its context is None) is asked again as one without any key.
    """
    arguments = [*_option("--action", request.action), *_option("--resource", request.resource)]
    if request.principal is not None:
        arguments += _option("--principal", request.principal)
    for key, values in sorted((request.context or {}).items()):
        for value in values:
            arguments += _option("--context", f"{key}={value}")
    for key in sorted(request.unknown):
        arguments += _option("--unknown", key)
    return arguments


def can_command(request: Request, policies: Iterable[str] = ("POLICY",)) -> str:
    """The whole command for a shell, quoted where that needs it."""
    return shlex.join(["camlint", "can", *policies, *can_arguments(request)])


def _option(name: str, value: str) -> list[str]:
    """The option with its value: in one word where the value looks like an option itself."""
    return [f"{name}={value}"] if value.startswith("-") else [name, value]
