"""A resource ends with a variable, and resources with variables match by their beginning."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Good,
    ResourcePattern,
    Severity,
    Trait,
    clip,
    read_variables,
    rule,
)


@rule(
    code="CAM224",
    name="variable-prefix-match",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    references=("https://cloud.tencent.com/document/product/598/10607",),
    bad=Bad("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cmqqueue:SendMessage"],
              "resource": ["qcs::cmqqueue:::queueName/uin/«${uin}»"]
            }
          ]
        }
    """),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cmqqueue:SendMessage"],
              "resource": ["qcs::cmqqueue:::queueName/uin/${uin}/*"]
            }
          ]
        }
    """),
    when=Trait.UNFILLED,
)
def check(resource: ResourcePattern, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM's page on variables says that a resource with a variable matches "through prefix matching".
    Taken at its word, `queueName/uin/${uin}` for the user 1000 is `queueName/uin/1000`, and that is
    also the beginning of `queueName/uin/10001`, which belongs to somebody else.

    ## How to fix it

    Put a separator behind the variable, `queueName/uin/${uin}/*`, if the names of the resources
    have one there. UINs that people get today all have twelve digits, and then none is the beginning of
    another.

    ## What camlint knows

    The sentence about prefix matching is documented, by one example that ends with `/*` itself. What
    CAM does at the end of a bare variable isn't described further.
    """
    six = resource.six
    if resource.text[-1:] != "}" or six is None or six.service.text.lower() == "cos":
        return
    variables = read_variables(six.tail.text)
    if not variables or not variables[-1].exact:
        return
    last = variables[-1]
    if last.end != len(six.tail.text):
        return
    start = six.tail.start + last.start
    yield Finding(
        f"{clip(six.tail.text)} ends with a variable, and CAM matches such resources by their "
        f"beginning, so {last.text} = 1000 also reaches …10001",
        resource.place(start, six.tail.start + last.end),
        label="nothing ends it",
        help=f"write {clip(six.tail.text)}/* if names go on with a slash there; numbers of equal "
        "length, as UINs of today are, can't be taken for one another",
    )
