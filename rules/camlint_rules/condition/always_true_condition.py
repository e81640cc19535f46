"""A condition holds for every value of its key, so it doesn't restrict what it seems to restrict."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Condition,
    Confidence,
    Context,
    Finding,
    Good,
    Place,
    Related,
    Severity,
    Statement,
    Trait,
    clip,
    join_words,
    quote,
    rule,
)

SHOWN = 3
"""Values that a message names."""

VERSIONS: dict[str, tuple[str, ...]] = {"": (), "IPv4 ": ("::/0",), "IPv6 ": ("0.0.0.0/0",)}
"""What addresses may be all of, with the networks of all others."""

NOUNS = {"string": "text", "bool": "value", "ip": "address", "numeric": "value", "date": "date"}


@rule(
    code="CAM313",
    name="always-true-condition",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/product/436/71306",
    ),
    bad=(
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetBucket"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_like": {"cos:prefix": ["2025%2F*", «"*"»]}}
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"bool_equal_if_exist": {"cos:secure-transport": «["true", "false"]»}}
                }
              ]
            }
        """),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cdb:RestartDBInstances"],
                  "resource": ["*"],
                  "condition": {"ip_equal": {"qcs:ip": «["0.0.0.0/1", "128.0.0.0/1"]»}}
                }
              ]
            }
        """),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetBucket"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"string_like": {"cos:prefix": ["2025%2F*", "2026%2F*"]}}
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetBucket"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {"null_equal": {"cos:prefix": "false"}}
                }
              ]
            }
        """),
    ),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    The values of a condition are alternatives, and these leave nothing out: whatever a request has
    under the key, one of them fits. The condition looks like a restriction and is none. At most it
    asks that the key is there, which a request can often bring about at will.

    ## How to fix it

    Name the values that are meant. If the key only has to be there, say so with `null_equal`; with
    `_if_exist`, even that isn't asked, and the condition can go.

    ## What camlint knows

    The finding is a proof: it follows from what the operator compares. A list that holds a whole
    IP version in one network is `any-ip` (CAM307); one that does so in pieces is reported here. The
    keys `qcs:read_only_action` and `qcs:except_cam_finance` are 0 or 1 and never absent.
    """
    for condition in statement.conditions:
        if not _worth_asking(condition):
            continue
        from camlint.access.vacuity import always_holds  # noqa: PLC0415 - few conditions need it

        ranges = VERSIONS if _family(condition) == "ip" else {"": ()}
        for version, beside in ranges.items():
            least = always_holds(condition, *beside)
            if least:
                yield _report(statement, condition, least, version)
                break


def _worth_asking(condition: Condition) -> bool:
    """Whether a condition may hold for every value, as few can."""
    known = condition.known
    if known is None or known.family == "null" or condition.preset:
        return False
    if known.name == "string_like":
        return any(isinstance(one, str) and not one.strip("*") for one in condition.values)
    if known.family == "bool":
        return len(condition.values) > 1
    if known.family == "ip":
        return not known.negated and len(condition.values) > 1 and _could_be_all(condition)
    return condition.derived


def _could_be_all(condition: Condition) -> bool:
    """Whether networks are large enough to be all of an IP version, if no two of them overlap."""
    shares = {True: 0.0, False: 0.0}
    for value in condition.values:
        address, _, length = str(value).partition("/")
        if length.isdigit() and len(length) < 4:
            shares[":" in address] += 0.5 ** int(length)
    return max(shares.values()) >= 1


def _report(
    statement: Statement, condition: Condition, least: tuple[int, ...], version: str
) -> Finding:
    place, *others = [condition.value_place(index) for index in least]
    if others and len(least) == len(condition.values):
        place, others = Place(condition.pointer), []
    why = _tell_why(condition, least, version)
    left, way_out = _tell_rest(statement.effect or "statement", condition)
    return Finding(
        f"{why}, so {left}",
        place,
        label=f"every {version}{NOUNS[_family(condition)]}",
        related=tuple(Related(one, "and this") for one in others[:SHOWN]),
        help=way_out,
        confidence=Confidence.MEDIUM if version == "IPv6 " else None,
        scope=condition.pointer,
    )


def _family(condition: Condition) -> str:
    return condition.known.family if condition.known is not None else ""


def _tell_why(condition: Condition, least: tuple[int, ...], version: str) -> str:
    """What leaves nothing out, in the words of the values."""
    shown = [clip(str(condition.values[index])) for index in least[:SHOWN]]
    if _family(condition) == "string":
        return f"every text is like {quote(condition.values[least[0]])}"
    if len(least) > SHOWN:
        shown.append(f"{len(least) - SHOWN} more")
    if condition.derived:
        return f"{condition.key} is 0 or 1, and either will do"
    noun = NOUNS[_family(condition)]
    return f"{join_words(shown)} together are every {version}{noun}"


def _tell_rest(effect: str, condition: Condition) -> tuple[str, str]:
    """What the condition asks for all the same, and the way out."""
    key = condition.key
    if _family(condition) == "ip":
        return (
            f"this {effect} isn't restricted to any network",
            "name the networks that are meant, or leave the condition out",
        )
    if condition.if_exist or condition.derived:
        return (
            f"the condition on {key} restricts nothing",
            "name the values that are meant, or leave the condition out",
        )
    least = "at most" if condition.qualifier == "for_all_value" else "only"
    return (
        f"the condition {least} asks that {key} is there",
        f'name the values that are meant; if {key} only has to be there, write "null_equal": '
        f'{{"{clip(key)}": "false"}}',
    )
