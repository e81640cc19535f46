"""Actions on objects are given for a bucket as such, which names none of its objects."""

from collections.abc import Iterator

from camlint.patterns import is_literal, matcher
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Insert,
    Related,
    Replace,
    ResourcePattern,
    Safety,
    SetValue,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    rule,
)

MULTIPART = (
    *("AbortMultipartUpload", "CompleteMultipartUpload", "InitiateMultipartUpload"),
    *("ListParts", "UploadPart", "UploadPartCopy"),
)
LETTER = "a"
"""Stands for the key of any object."""

MOST_PATTERNS = 100
"""Patterns that are tried; more of them stand in no policy that CAM takes."""

VERBS = ("Append", "Delete", "Get", "Head", "Options", "Post", "Put", "Restore", "Select")


@rule(
    code="CAM222",
    name="bucket-without-objects",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    references=(
        "https://tencentcloud.com/document/product/436/30580",
        "https://cloud.tencent.com/document/product/436/18023",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject", "cos:PutObject", "cos:HeadBucket"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:«photos-1253653367/»"]
                },
                {
                  "effect": "deny",
                  "action": "cos:DeleteObject",
                  "resource": "qcs::cos:ap-guangzhou:uid/1253653367:«photos-1253653367»"
                }
              ]
            }
        """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject", "cos:PutObject", "cos:HeadBucket"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/", "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                },
                {
                  "effect": "deny",
                  "action": "cos:DeleteObject",
                  "resource": "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"
                }
              ]
            }
            """,
        ),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cos:GetObject", "cos:PutObject", "cos:HeadBucket"],
              "resource": [
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/",
                "qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"
              ]
            },
            {
              "effect": "allow",
              "action": ["cos:GetBucket", "cos:ListMultipartUploads"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:logs-1253653367/"]
            }
          ]
        }
    """),
    when=Trait.COS,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    A resource of COS is a bucket and a key. `photos-1253653367/` is the bucket itself, the form for
    actions such as GetBucket and HeadBucket. `photos-1253653367/*` are the objects in it. An allow
    of GetObject for the former reads no object, and a deny of DeleteObject for it protects none.

    ## How to fix it

    Add the objects: `photos-1253653367/*`, or `photos-1253653367/2026/*` for those below a path.
    For actions on the bucket and on its objects list both forms, as Tencent's samples do.

    ## What camlint knows

    Which form belongs to which operation is documented by the guide to COS authorization. That the
    bucket alone doesn't match its objects is inferred from there being two forms. `cos:*` isn't
    reported, since that may mean the bucket.
    """
    bare = [
        resource
        for resource in statement.resources
        if resource.text.startswith("qcs::cos:") and _is_bucket(resource)
    ]
    if not bare:
        return
    objects = [action for action in statement.actions if _is_on_objects(action.name.qualified)]
    if not objects:
        return
    names = list(dict.fromkeys(action.name.operation.text for action in objects))
    shown = join_words(names[:3]) if len(names) < 4 else f"{', '.join(names[:3])} and others"
    keyed, wild = _read_others(statement)
    for resource in bare:
        six = resource.six
        if six is None:
            continue
        bucket = six.resource_type.text
        alone = len(objects) == len(statement.actions)
        if bucket in keyed or any(matcher(tail)(f"{bucket}/{LETTER}") for tail in wild):
            continue
        yield Finding(
            f"{clip(six.tail.text)} is the bucket itself and none of its objects, so this "
            f"{statement.effect or 'statement'} of {shown} reaches no object",
            resource.place(six.tail.start, six.tail.end),
            label="no objects",
            related=(Related(objects[0].place(), "works on objects"),),
            help=f"write {clip(bucket)}/* for all its objects, or {clip(bucket)}/<path>/* for some",
            fixes=(_add_objects(resource, six.tail.start, bucket, alone=alone),),
        )


def _add_objects(resource: ResourcePattern, start: int, bucket: str, *, alone: bool) -> Fix:
    """The fix that names the objects: in place of the bucket if nothing is done to that, else beside."""
    objects = f"{bucket}/*"
    place = resource.place(start, len(resource.text))
    if alone:
        return Fix(Safety.REPAIR, f"write {clip(bucket)}/*", Replace(place, objects))
    added = resource.text[:start] + objects
    *above, index = resource.pointer
    edit: Insert | SetValue = SetValue(resource.pointer, [resource.text, added])
    if isinstance(index, int):
        edit = Insert(tuple(above), index + 1, added)
    return Fix(Safety.REPAIR, f"add {clip(bucket)}/*", edit)


def _is_bucket(resource: ResourcePattern) -> bool:
    six = resource.six
    if six is None or (six.resource_id is not None and six.resource_id.text):
        return False
    bucket = six.resource_type.text
    return "-" in bucket and is_literal(bucket)


def _is_on_objects(qualified: str) -> bool:
    """Whether an action of COS, or each that a pattern matches, works on an object."""
    service, _, operation = qualified.partition(":")
    if service != "cos":
        return False
    if operation in MULTIPART:
        return True
    return any(operation.startswith(f"{verb}Object") for verb in VERBS)


def _read_others(statement: Statement) -> tuple[set[str], list[str]]:
    """The buckets of which some object is named, and the patterns that may match more buckets."""
    keyed: set[str] = set()
    wild: set[str] = set()
    for resource in statement.resources:
        six = resource.six
        if six is None:
            wild.add("*")
        elif six.service.text in ("", "*", "cos"):
            if six.resource_id is not None and six.resource_id.text:
                keyed.add(six.resource_type.text)
            if "*" in six.resource_type.text:
                wild.add(six.resource_type.text.rpartition("*")[0] + "*")
    return keyed, sorted(wild)[:MOST_PATTERNS]
