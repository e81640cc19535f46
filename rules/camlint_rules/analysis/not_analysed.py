"""A policy, or a part of one, was not analysed."""

from collections.abc import Iterator

from camlint.rule import Confidence, Context, Finding, Severity, rule


@rule(
    code="CAM901",
    name="not-analysed",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(),
)
def check(context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Nothing was found wrong with this policy because nobody looked. It may be too large or nested
    too deeply, it may hold text that is no longer readable, or a part of it may stand for something
    that only becomes known later. A report without findings must never mean that something was
    passed over, so camlint says what it left out, and why.

    ## How to fix it

    The message names the reason.

    - *Too large or too deep*: a file of more than 10 MiB, or lists and objects nested more than
      200 deep, is hardly a policy that CAM would take. Name the policy's own file instead.
    - *Not readable*: save the file as UTF-8.
    - *Not JSON*: mend the text as CAM001 says.

    To leave such files out on purpose, exclude them by their path.

    ## What camlint knows

    The bounds are camlint's own, not limits of CAM.
    """
    yield from ()
