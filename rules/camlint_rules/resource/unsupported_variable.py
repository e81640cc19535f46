"""A variable is written as CAM doesn't know it, or stands where CAM replaces none."""

from collections.abc import Iterator

from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    Policy,
    Replace,
    Safety,
    Severity,
    Text,
    Trait,
    Variable,
    clip,
    join_texts,
    places_of,
    read_variables,
    rule,
)

USERS = ("username", "userid", "user_id", "sub", "loginname")
ACCOUNTS = ("principalaccount", "accountid", "domainid", "sourceaccount")
KNOWN = "CAM's variables are ${uin}, ${owner_uin} and ${app_id}"
NO_NAMES = "${uin} is the number of the user who asks; CAM has no variable for names"
ELSEWHERE = "CAM replaces variables only in the last segment of a resource and in condition values"
WRITE_OUT = {
    "action": "name the operations",
    "effect": "write allow or deny",
    "principal": "write the UINs themselves",
    "key": "write the condition key itself; a variable may stand in its value",
    "operator": "write the operator itself",
    "resource": "write the value itself",
}


@rule(
    code="CAM215",
    name="unsupported-variable",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10607",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cmqqueue:SendMessage"],
                  "resource": [
                    "qcs::cmqqueue:::queueName/uin/«${aws:username}»/*",
                    "qcs::cmqqueue:::queueName/uin/«${UIN}»/*",
                    "qcs::cmqqueue:::queueName/uin/«$uin»/*"
                  ]
                },
                {
                  "effect": "allow",
                  "action": ["vpc:*"],
                  "resource": ["*"],
                  "condition": {"string_equal": {"qcs:create_uin": "«${owner-uin}»"}}
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
                  "action": ["cmqqueue:SendMessage"],
                  "resource": [
                    "qcs::cmqqueue:::queueName/uin/${uin}/*",
                    "qcs::cmqqueue:::queueName/uin/${uin}/*",
                    "qcs::cmqqueue:::queueName/uin/${uin}/*"
                  ]
                },
                {
                  "effect": "allow",
                  "action": ["vpc:*"],
                  "resource": ["*"],
                  "condition": {"string_equal": {"qcs:create_uin": "${owner_uin}"}}
                }
              ]
            }
            """,
        ),
        Bad("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject", "cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:team-1253653367/«${uin}»/*"]
                },
                {
                  "effect": "allow",
                  "action": ["trtc:RemoveUser"],
                  "resource": ["qcs::trtc::uin/«${uin}»:sdkappid/1400123456"]
                }
              ]
            }
        """),
    ),
    good=Good("""
        {
          "version": "2.0",
          "statement": [
            {
              "effect": "allow",
              "action": ["cmqqueue:SendMessage"],
              "resource": ["qcs::cmqqueue::uin/100012345678:queueName/uin/${uin}/*"]
            },
            {
              "effect": "allow",
              "action": ["vpc:*"],
              "resource": ["*"],
              "condition": {
                "string_equal": {"qcs:create_uin": "${uin}"},
                "for_any_value:string_equal": {"qcs:resource_tag": "team&${qcs:principal_tag_value}"}
              }
            }
          ]
        }
    """),
    supersedes=(
        *("CAM101", "CAM102", "CAM103", "CAM105", "CAM201", "CAM203", "CAM204", "CAM205", "CAM206"),
        *("CAM207", "CAM208", "CAM209", "CAM210", "CAM212", "CAM219", "CAM223", "CAM224"),
        *("CAM301", "CAM302", "CAM303", "CAM305", "CAM309", "CAM323", "CAM401", "CAM403"),
        "CAM406",
    ),
    when=Trait.UNFILLED,
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    When a request comes in, CAM replaces a few variables by facts about the caller, so that one
    policy serves many users. What it doesn't know it leaves as it stands, and no resource and no
    user is called `${aws:username}` or `${UIN}`: an allow grants nothing, a deny prevents nothing.

    ## How to fix it

    | variable | what it stands for |
    | --- | --- |
    | `${uin}` | the UIN of the user who asks; of the root account, if that asks |
    | `${owner_uin}` | the UIN of the root account to which the caller belongs |
    | `${app_id}` | the APPID of that root account |
    | `${qcs:principal_tag_key}`, `${qcs:principal_tag_value}` | a tag of the caller, in the value of a tag condition |

    They are resolved in two places: in the last segment of a resource, and in the values of
    conditions. Paths in COS are excepted: there write one statement for each user, or use
    temporary keys with a policy for one path.

    In the account segment write the account's own number, or leave it empty.

    ## What camlint knows

    The first three variables and their places are documented, and so is the exception for COS. The
    last two stand in Tencent's guide on attribute-based access control. That other spellings aren't
    recognised is inferred from the list, and has medium confidence. CAM's lists of resources write
    the account as `uin/${uin}`, as a template to fill in, which is why that one is only a warning.
    """
    written = join_texts(policy)
    if "$" not in written and "{" not in written:
        return
    for text in places_of(policy):
        if text.malformed and text.element == "resource":
            # Where its segments begin and end isn't known.
            continue
        variables = read_variables(text.text)
        if not variables:
            continue
        template = "<" in text.text or any(
            not (one.meant and (one.exact or text.resolves_at(one.start))) and not one.cloud
            for one in variables
        )
        for one in variables:
            if one.cloud:
                yield _tell_foreign(text, one)
            elif not template and not (one.exact and text.resolves_at(one.start)):
                yield _tell_misplaced(text, one) if one.exact else _tell_misspelt(text, one)


def _tell_foreign(text: Text, variable: Variable) -> Finding:
    word = variable.name.rpartition(":")[2].lower()
    tag = word.startswith(("principaltag/", "principaltag"))
    meant = "${uin}" if word in USERS else "${owner_uin}" if word in ACCOUNTS else ""
    if tag:
        way_out = 'compare tags in a condition, such as "team&${qcs:principal_tag_value}"'
    elif text.in_cos_path(variable.start):
        way_out = "write the path itself, one statement for each user; CAM replaces nothing in COS"
    elif meant and text.resolves_at(variable.start):
        way_out = f"write {meant}"
    else:
        way_out = "write the value itself"
    place = text.place(variable.start, variable.end)
    fix = Fix(Safety.REPAIR, way_out, Replace(place, meant))
    return Finding(
        f"{clip(variable.text)} is a variable of {variable.cloud} that CAM doesn't replace, so "
        + _consequence(text),
        place,
        label="not a variable here",
        help=way_out,
        note=NO_NAMES if way_out == "write ${uin}" else "" if meant else KNOWN,
        fixes=(fix,) if meant and way_out == f"write {meant}" else (),
    )


def _tell_misspelt(text: Text, variable: Variable) -> Finding:
    place = text.place(variable.start, variable.end)
    fix = Fix(Safety.REPAIR, f"write {variable.meant}", Replace(place, variable.meant))
    return Finding(
        f"{clip(variable.text)} isn't how CAM writes {variable.meant}, so {_consequence(text)}",
        place,
        label="misspelt",
        help=f"write {variable.meant}",
        note="that CAM takes no other spelling is inferred from its list of variables",
        confidence=Confidence.MEDIUM,
        fixes=(fix,) if text.resolves_at(variable.start) else (),
    )


def _tell_misplaced(text: Text, variable: Variable) -> Finding:
    six = text.six
    place = text.place(variable.start, variable.end)
    if text.in_cos_path(variable.start):
        legacy = six is not None and six.resource_type.text == "prefix"
        return Finding(
            f"CAM replaces no variables in the path of a COS resource, so {variable.text} stands "
            "for itself",
            place,
            label="not replaced here",
            help="write the path itself, one statement for each user",
            note="an older sample of Tencent's has it in a path that begins with prefix/"
            if legacy
            else "",
            severity=Severity.WARNING if legacy else None,
            confidence=Confidence.MEDIUM if legacy else None,
        )
    if six is not None and six.account.start <= variable.start <= six.account.end:
        return Finding(
            f"CAM replaces no variables in the account segment, so {six.account.text} names no "
            "account",
            place,
            label="not replaced here",
            help="write the number of the account, or leave the segment empty for your own",
            note="the lists of resources in CAM's documents write it so as a template",
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
    return Finding(
        f"CAM replaces no variables here, so {_consequence(text)}",
        place,
        label="not replaced here",
        help=WRITE_OUT[text.element],
        note=ELSEWHERE,
    )


def _consequence(text: Text) -> str:
    if text.element == "principal":
        return "it names nobody"
    if text.element in ("action", "effect"):
        return "CAM refuses the policy"
    if text.element == "resource":
        return "this matches no resource"
    if text.element == "value":
        return "the condition compares with that very text"
    return f"CAM has no such {'condition key' if text.element == 'key' else 'operator'}"
