"""A file that was to be checked can't be read."""

from collections.abc import Iterator

from camlint.rule import Confidence, Context, Finding, Severity, rule


@rule(
    code="CAM904",
    name="unreadable-file",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(),
)
def check(context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The file was named, or found in a directory that was named, and the system refused to hand over
    its contents: it doesn't exist, its permissions forbid it, or it isn't a file. Whatever policy
    it holds was not checked. The exit code is 2, so that a pipeline doesn't take this for success.

    ## How to fix it

    Check the path and its permissions. In a container or a pipeline, check that the checkout
    contains the file and that the user who runs camlint may read it. Broken symbolic links count as
    files that don't exist.
    """
    yield from ()
