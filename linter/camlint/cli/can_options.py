"""The options of ``camlint can``, and which of them go together."""

import argparse

from camlint.cli.configured import add_config_options
from camlint.cli.failure import Failure
from camlint.cli.parser import Parser, one_of

DESCRIPTION = """\
Decide one request by the policies of one principal, and say why. POLICY is a
file, a folder, or - for standard input; all policies found are the principal's.
With --all, list what they allow instead."""

EPILOG = """\
A condition key that isn't given is absent from the request, as it is in one
that lacks it; only --unknown leaves it open.

exit code: 0 allowed; 1 not allowed, or it depends; 2 a wrong option, or a
policy that can't be read: an answer without it could be wrong"""


def make_parser() -> Parser:
    """The parser of them all."""
    parser = Parser(
        "can", "POLICY ... --action ACTION [--resource RESOURCE] [options]", DESCRIPTION, EPILOG
    )
    add = parser.add_argument_group("the request").add_argument
    add("--action", metavar="ACTION", help="such as trtc:RemoveUser")
    add(
        "--resource",
        metavar="RESOURCE",
        help="six segments; * (the default) is how CAM asks about operation-level actions",
    )
    add(
        "--context",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        help="a condition key of the request; several values of a key are a set",
    )
    add(
        "--unknown",
        metavar="KEY",
        action="append",
        default=[],
        help="leave a condition key open: it may be there or not, with any value",
    )
    add(
        "--principal",
        metavar="WHO",
        help="who asks, for role and bucket policies: uin/1:uin/2 (a user), uin/1 (the "
        "account), scf.qcloud.com (a service), anonymous",
    )
    add = parser.add_argument_group("what bounds the policies").add_argument
    add(
        "--boundary",
        metavar="FILE",
        action="append",
        default=[],
        help="a permission boundary: it must allow the request too",
    )
    add(
        "--scp",
        metavar="FILE",
        action="append",
        default=[],
        help="the service control policies of one level, which must allow it too; one --scp a level",
    )
    add = parser.add_argument_group("what is allowed at all").add_argument
    add("--all", action="store_true", help="count the known actions that are allowed, by level")
    add("--service", metavar="SERVICE", help="with --all: name those of one service, such as cvm")
    add("-v", "--verbose", action="store_true", help="with --all: name those of every service")
    add = parser.add_argument_group("what to print").add_argument
    add(
        "--format", metavar="FORMAT", default="text", type=one_of("text", "json"), help="text, json"
    )
    add(
        "--color",
        metavar="WHEN",
        default="auto",
        type=one_of("auto", "always", "never"),
        help="auto, always or never",
    )
    add_config_options(add)
    return parser


def check_options(given: argparse.Namespace) -> None:
    """Raise Failure where options don't go together."""
    asked = [
        f"--{option}"
        for option in ("action", "resource", "context", "unknown", "principal")
        if getattr(given, option)
    ]
    if given.all and asked:
        raise Failure(
            f"{asked[0]} is about one request, and --all about every one; leave one of them out"
        )
    for option in ("service", "verbose"):
        if getattr(given, option) and not given.all:
            raise Failure(f"--{option} says what --all lists; add --all")
    if given.action is None and not given.all:
        raise Failure(
            "say what is asked for, such as --action trtc:RemoveUser; --all lists what is allowed"
        )
