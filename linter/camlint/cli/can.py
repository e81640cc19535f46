"""``camlint can``: what policies say to one request, and why; or all that they allow."""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence

from camlint.access.answer import Request, Verdict
from camlint.access.intersections import OutOfBudget
from camlint.cli.can_options import check_options, make_parser
from camlint.cli.failure import Failure, say
from camlint.cli.layers import find_settings, read_layers
from camlint.cli.sinks import StandardOutput
from camlint.policy.statement import Statement
from camlint.report.terminal import Paint, colour_wanted, coloured, plain
from camlint.tasks.decision import Layer, rule_on
from camlint.tasks.near_miss import find_near_misses
from camlint.tasks.past_denies import look_past_denies
from camlint.tasks.remarks import remark_on
from camlint.tasks.request import (
    WrongRequestError,
    read_action,
    read_context,
    read_principal,
    read_resource,
)
from camlint.wording import join_words, quote

MOST_NAMED = 3
"""How many of those whom policies name are listed for somebody who must say who asks."""


def run(arguments: list[str]) -> int:
    """Print the decision, or the list, and return the exit code. Raises Failure."""
    parser = make_parser()
    given, words = parser.read(arguments)
    if not words:
        raise Failure(
            "can needs a policy: a file, a folder, or - for standard input, "
            "such as camlint can policy.json --action cvm:DescribeInstances"
        )
    check_options(given)
    layers = read_layers(words, given.boundary, given.scp, find_settings(given, words))
    colour = given.format == "text" and colour_wanted(given.color, sys.stdout, os.environ)
    paint: Paint = coloured if colour else plain
    out = StandardOutput()
    if given.all:
        _list_all(given, layers, words, out, paint)
        out.close()
        return 0
    try:
        request = _read_request(given, layers)
    except WrongRequestError as error:
        raise Failure(str(error)) from error
    for remark in remark_on(request, _statements(layers), layers[0].question.catalog):
        say(remark)
    try:
        ruling = rule_on(layers, request)
    except OutOfBudget as error:
        raise Failure("these policies have too many patterns for an answer") from error
    misses, past = find_near_misses(ruling), look_past_denies(ruling)
    if given.format == "json":
        from camlint.report.decision_json import dump_decision  # noqa: PLC0415 - one of two

        out.write(dump_decision(ruling, misses, past))
    else:
        from camlint.report.decision import DecisionText  # noqa: PLC0415 - one of two

        asked = _repeat(given, words)
        for row in DecisionText(asked, paint).rows(ruling, misses, past):
            out.write(row + "\n")
    out.close()
    return 0 if ruling.verdict is Verdict.ALLOW else 1


def _list_all(
    given: argparse.Namespace,
    layers: Sequence[Layer],
    words: Sequence[str],
    out: StandardOutput,
    paint: Paint,
) -> None:
    """Print what is allowed. Raises Failure for a service that nobody knows."""
    from camlint.tasks.permissions import list_permissions  # noqa: PLC0415

    service = (given.service or "").lower()
    catalog = layers[0].question.catalog
    if service and catalog.find_service(service) is None:
        found = catalog.suggest_service(service)
        meant = f"; did you mean {quote(found.texts[0])}?" if found else ""
        raise Failure(f"no service {quote(given.service)} is known{meant}")
    allowed = list_permissions(layers, service)
    if given.format == "json":
        from camlint.report.permissions_json import dump_permissions  # noqa: PLC0415 - one of two

        out.write(dump_permissions(allowed))
        return
    from camlint.report.permissions import show_permissions  # noqa: PLC0415 - one of two

    names = bool(service) or given.verbose
    for row in show_permissions(" ".join(words), allowed, paint, names=names):
        out.write(row + "\n")


def _read_request(given: argparse.Namespace, layers: Sequence[Layer]) -> Request:
    """The request that the options spell. Raises WrongRequestError and Failure."""
    catalog = layers[0].question.catalog
    action = read_action(given.action)
    resource = read_resource("*" if given.resource is None else given.resource, action, catalog)
    context, unknown = read_context(given.context, given.unknown, _statements(layers), catalog)
    names = [name for layer in layers for name in layer.question.askers.names]
    if given.principal is None:
        if names:
            raise Failure(_ask_who(layers))
        return Request(action, resource, None, context, unknown)
    principal = read_principal(given.principal, names)
    _tell_of_mixture(layers)
    if not names:
        say("no policy says who may ask, so --principal changes nothing")
        return Request(action, resource, None, context, unknown)
    return Request(action, resource, principal, context, unknown)


def _tell_of_mixture(layers: Sequence[Layer]) -> None:
    """Say which policies beside one that names people don't say whom they are for."""
    for layer in layers:
        silent = [
            placed.title
            for placed in layer.policies
            if not any(placed.policy.principals_of(one) for one in placed.policy.statements)
        ]
        if layer.question.askers.names and silent:
            say(
                f"{join_words(silent)} names nobody, and is pooled with policies that do, so that "
                "whether it is for who asks isn't known; ask of one sort at a time"
            )


def _ask_who(layers: Sequence[Layer]) -> str:
    """What to say to somebody who doesn't say who asks, where the policies do."""
    title = next(
        placed.title
        for layer in layers
        for placed in layer.policies
        if placed.policy.principals or any(one.principals for one in placed.policy.statements)
    )
    named = sorted(
        {
            one.text
            for layer in layers
            for placed in layer.policies
            for statement in placed.policy.statements
            for one in placed.policy.principals_of(statement)
        }
    )
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return (
        f"{title} says who may ask, so say who does with --principal: "
        f"uin/1:uin/2 (a user), uin/1 (the account), scf.qcloud.com (a service) or anonymous; "
        f"it names {join_words(named[:MOST_NAMED]) if not more else ', '.join(named[:MOST_NAMED])}{more}"
    )


def _statements(layers: Sequence[Layer]) -> Iterator[Statement]:
    for layer in layers:
        yield from layer.question.statements


def _repeat(given: argparse.Namespace, words: Sequence[str]) -> list[str]:
    """The words of the command line that name policies."""
    named = list(words)
    for option in ("boundary", "scp"):
        for file in getattr(given, option):
            named += [f"--{option}", file]
    return named
