"""A principal hasn't the form that CAM's grammar asks for."""

import re
from collections.abc import Iterator

from camlint.patterns import split_resource
from camlint.rule import (
    Bad,
    Confidence,
    Context,
    Fault,
    Finding,
    Fix,
    Good,
    Kind,
    Malformed,
    Part,
    Place,
    Policy,
    Principal,
    Replace,
    Safety,
    SetValue,
    Severity,
    Statement,
    clip,
    nearest,
    quote,
    rename_key,
    rule,
)

FAMILIES = ("qcs", "service", "federated")
PROVIDERS = ("saml", "oidc")
OTHER_CLOUDS = ("arn:", "acs:", "trn:", "iam:")
REFUSED = "so CAM refuses the policy"
NOBODY = "so it names nobody, and CAM is likely to refuse the policy"
FORM = (
    "write an account as qcs::cam::uin/100012345678:root, a user as "
    "qcs::cam::uin/100012345678:uin/100012345679"
)
PROVIDER = (
    "write it as qcs::cam::uin/100012345678:saml-provider/<name> or "
    "qcs::cam::uin/100012345678:oidc-provider/<name>"
)
WHAT = {
    "root": "an account",
    "user": "a user",
    "group": "a group",
    "role": "a role",
    "service": "a service that acts for an account",
    "everybody": "everybody",
}
EVERYBODY = ("anyone", "anonymous", "everyone", "everybody", "all", "public", "allusers")

LONGEST = 1000
"""Characters of a name that is taken apart; a real one has under two hundred."""

# Compiled on first use: most principals are well-formed.
ACCOUNT = r"uin/[0-9]+"
NO_END = r"qcs::cam::uin/[0-9]+"
NUMBER = r"(?:ui[nd]/)?(?P<digits>[0-9]+)"
IGNORED = str.maketrans({"：": ":", **dict.fromkeys(" \t\r\n\u00a0\u3000\"'“”‘’")})


@rule(
    code="CAM401",
    name="malformed-principal",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/10603",
        "https://cloud.tencent.com/document/product/598/10604",
        "https://cloud.tencent.com/document/product/598/10606",
    ),
    kinds=(Kind.TRUST, Kind.BUCKET),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": [«"qcs:cam::uin/100012345678:root"», «"uin/100012345678:uin/100012345679"»]
                  },
                  "action": ["sts:AssumeRole"]
                },
                {
                  "effect": "allow",
                  "principal": {«"AWS"»: "qcs::cam::uin/100012345678:uin/100012345680"},
                  "action": ["sts:AssumeRole"]
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
                  "principal": {
                    "qcs": ["qcs::cam::uin/100012345678:root", "qcs::cam::uin/100012345678:uin/100012345679"]
                  },
                  "action": ["sts:AssumeRole"]
                },
                {
                  "effect": "allow",
                  "principal": {"qcs": "qcs::cam::uin/100012345678:uin/100012345680"},
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": «"qcs::cam::uin/100012345678:uin/100012345679"»,
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
            """,
            kind=Kind.BUCKET,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": ["qcs::cam::uin/100012345678:uin/100012345679"]
                  },
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
            """,
        ),
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": [«"100012345678"», «"arn:aws:iam::100012345678:root"»],
                    "service": [«"qcs::cam::uin/100012345678:root"»]
                  },
                  "action": ["sts:AssumeRole"]
                }
              ]
            }
            """
        ),
    ),
    good=(
        Good("""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "allow",
                  "principal": {
                    "qcs": [
                      "qcs::cam::uin/100012345678:root",
                      "qcs::cam::uin/100012345678:uin/100012345679",
                      "qcs::cam::uin/100012345678:roleName/deploy"
                    ],
                    "service": ["scf.qcloud.com", "cvm.qcloud.com"]
                  },
                  "action": ["sts:AssumeRole"]
                },
                {
                  "effect": "allow",
                  "principal": {"federated": ["qcs::cam::uin/100012345678:saml-provider/office"]},
                  "action": ["sts:AssumeRoleWithSAML"]
                }
              ]
            }
        """),
        Good("""
            {
              "version": "2.0",
              "principal": {
                "qcs": [
                  "qcs::cam::anyone:anyone",
                  "qcs::cam::uin/100012345678:groupid/18825",
                  "qcs::cam::uin/100012345678:service/cdn"
                ]
              },
              "statement": [
                {
                  "effect": "allow",
                  "action": ["cos:GetObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"]
                }
              ]
            }
        """),
    ),
)
def check(policy: Policy, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    CAM reads a principal as `"*"`, or as an object that says of what kind the names are: `qcs` for
    accounts and their users, `service` for products of Tencent Cloud, `federated` for identity
    providers. It refuses a policy with another kind or with a name of another form
    (`PrincipalError`, `PrincipalQcsError`), and nobody gets the access that was meant for them.

    ## How to fix it

    | who | under | written as |
    | --- | --- | --- |
    | an account | `qcs` | `qcs::cam::uin/100012345678:root`, or `…:uin/100012345678` |
    | a user of it | `qcs` | `qcs::cam::uin/100012345678:uin/100012345679` |
    | a group (older documents) | `qcs` | `qcs::cam::uin/100012345678:groupid/18825` |
    | a service that acts for an account | `qcs` | `qcs::cam::uin/100012345678:service/cdn` |
    | everybody | `qcs` | `qcs::cam::anyone:anyone` |
    | a product | `service` | `scf.qcloud.com` |
    | an identity provider | `federated` | `qcs::cam::uin/100012345678:saml-provider/office` |

    ## What camlint knows

    These forms are documented or stand in Tencent's samples; CAM's grammar itself names only `"*"`
    and `qcs`. A name of six segments in an account whose last segment is of another kind, such as a
    role's, is not reported, since nothing says that it is wrong. Tencent's Terraform documentation
    puts an identity provider under `qcs`, so that is only a warning, with medium confidence. The
    form of a service's name is left to CAM406, a wildcard to CAM403.
    """
    for fault in policy.malformed:
        if fault.element == "principal" and fault.fault is Fault.UNREADABLE:
            found = _judge_malformed(fault, policy, context)
            if found is not None:
                yield found
    yield from _judge_all(policy.principals, policy, context)
    for statement in policy.statements:
        yield from _judge_all(statement.principals, statement, context)


def _judge_all(
    principals: tuple[Principal, ...], where: Policy | Statement, context: Context
) -> Iterator[Finding]:
    """The names of one principal element that are wrong; a lone one may be moved as a whole."""
    written = where.value.get(where.spelling["principal"]) if principals else None
    lone = len(principals) == 1 and isinstance(written, dict) and len(written) == 1
    for principal in principals:
        text = principal.text
        if "*" in text and not text.startswith(OTHER_CLOUDS):
            continue
        if principal.family == "service":
            found = _judge_service(principal, lone=lone)
        elif principal.family == "federated":
            found = _judge_federated(principal, lone=lone)
        else:
            found = _judge_qcs(principal, context, lone=lone)
        if found is not None:
            yield found


def _judge_service(principal: Principal, *, lone: bool) -> Finding | None:
    text = principal.text
    if text.startswith(OTHER_CLOUDS):
        return _foreign(principal)
    if not text.lower().startswith(("qcs:", "uin/", "cam:")):
        return None
    name = principal.name
    family = "federated" if name is not None and name.form in PROVIDERS else "qcs"
    return Finding(
        f"{clip(text)} stands under service, where the names of products belong, {REFUSED}",
        principal.place(),
        label="not a product",
        help=_move(family),
        fixes=_rename(principal, family) if lone and name is not None else (),
    )


def _judge_federated(principal: Principal, *, lone: bool) -> Finding | None:
    text, name = principal.text, principal.name
    if name is not None:
        if name.form in PROVIDERS or name.form == "other":
            return None
        return Finding(
            f"{clip(text)} is {WHAT[name.form]} and no identity provider, {REFUSED}",
            principal.place(),
            label="not an identity provider",
            help=_move("qcs"),
            fixes=_rename(principal, "qcs") if lone and name.form != "everybody" else (),
        )
    if text.startswith(OTHER_CLOUDS):
        return _foreign(principal)
    mended = _mend(text)
    if mended is not None and mended[1] in PROVIDERS:
        return _mended(principal, mended[0])
    return Finding(
        f"{clip(text)} isn't how CAM names an identity provider, {REFUSED}",
        principal.place(),
        label="not an identity provider",
        help=PROVIDER,
    )


def _judge_qcs(principal: Principal, context: Context, *, lone: bool) -> Finding | None:
    text, name = principal.text, principal.name
    if name is not None:
        if name.form == "other" and name.id.lower() == "root":
            return _mended(principal, f"qcs::cam::uin/{name.account}:root")
        if name.form not in PROVIDERS:
            return None
        return Finding(
            f"{clip(text)} is an identity provider and stands under qcs, where CAM looks for "
            "accounts and users",
            principal.place(),
            label="an identity provider",
            help=f"{_move('federated')}, with sts:AssumeRoleWith"
            f"{'SAML' if name.form == 'saml' else 'WebIdentity'} as the action",
            note="a sample for Terraform has it so; CAM's own documents have federated",
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
    if text.startswith(OTHER_CLOUDS):
        return _foreign(principal)
    mended = _mend(text)
    if mended is not None:
        return _mended(principal, mended[0], offer=mended[1] != "everybody")
    if len(text) <= LONGEST and context.catalog.service_principals.well_formed(text):
        return Finding(
            f"{clip(text)} is the name of a product and stands under qcs, where CAM looks for "
            f"accounts and users, {REFUSED}",
            principal.place(),
            label="a product",
            help=_move("service"),
            fixes=_rename(principal, "service") if lone else (),
        )
    return _diagnose(principal)


def _diagnose(principal: Principal) -> Finding | None:
    """What is the matter with a name under qcs that no small change makes right."""
    text = principal.text
    found = re.fullmatch(NUMBER, text)
    if found is not None:
        digits = clip(found["digits"], 20)
        return Finding(
            f"{clip(text)} is only a number and not a name of six segments, {REFUSED}",
            principal.place(),
            label="only a number",
            help=f"write qcs::cam::uin/{digits}:root if it is an account; if it is a user, write "
            f"qcs::cam::uin/<its account>:uin/{digits}",
        )
    if text.lower() in EVERYBODY:
        return Finding(
            f"{clip(text)} isn't how CAM writes everybody, {REFUSED}",
            principal.place(),
            label="not a known form",
            help=f"{FORM}; everybody, without any signature, would be qcs::cam::anyone:anyone",
        )
    six = split_resource(text)
    if re.fullmatch(NO_END, text):
        return Finding(
            f"{clip(text)} ends with the account and doesn't say who in it is meant, {REFUSED}",
            principal.place(),
            label="no last segment",
            help=f"write {clip(text)}:root for the account, or {clip(text)}:uin/ and the digits of "
            "a user",
        )
    if six is None:
        return Finding(
            f"{clip(text)} isn't a name of six segments, {REFUSED}",
            principal.place(),
            label="malformed",
            help=FORM,
        )
    account = six.account
    if six.service.text != "cam":
        if six.service.text == "sts":
            return None
        return Finding(
            f"{clip(text)} names something of {quote(six.service.text)}, and principals belong to "
            f"cam, {REFUSED}",
            principal.place(six.service.start, six.service.end)
            if six.service.text
            else principal.place(),
            label="not cam",
            help=FORM,
        )
    if account.text.startswith("uid/"):
        return Finding(
            f"{clip(account.text)} is an APPID, and CAM knows accounts and users by their UIN, "
            f"{NOBODY}",
            principal.place(account.start, account.end),
            label="not a UIN",
            help="write uin/ and the UIN of the account, which the console shows beside the APPID",
            confidence=Confidence.MEDIUM,
        )
    if not account.text or six.region.text or six.project.text:
        return Finding(
            f"{clip(text)} "
            + (
                "says nothing of the account"
                if not account.text
                else "fills in a segment that is empty in every documented principal"
            )
            + ", and no document says whom CAM then takes it for",
            principal.place(),
            label="not a documented form",
            help=FORM,
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        )
    if re.fullmatch(ACCOUNT, account.text) is None:
        return Finding(
            f"{clip(account.text)} isn't uin/ and the digits of an account, {REFUSED}",
            principal.place(account.start, account.end),
            label="not a UIN",
            help="write uin/ and the UIN of the account, such as uin/100012345678",
        )
    if six.tail.text.endswith(":root"):
        return None
    return Finding(
        f"{clip(six.tail.text) or 'the empty end of ' + clip(text)} doesn't say who in "
        f"{account.text} is meant, {REFUSED}",
        principal.place(six.tail.start, six.tail.end) if six.tail.text else principal.place(),
        label="malformed",
        help="write root for the account, or uin/ and the digits of a user",
    )


def _foreign(principal: Principal) -> Finding:
    return Finding(
        f"{clip(principal.text)} is a name from another cloud, {REFUSED}",
        principal.place(),
        label="from another cloud",
        help=PROVIDER if principal.family == "federated" else FORM,
    )


def _mend(text: str) -> tuple[str, str] | None:
    """The one name that is plainly meant, and its form; None without one.

    Blanks, quotes and full-width colons go, missing or misplaced empty segments come right.
    """
    if len(text) > LONGEST:
        return None
    compact = text.translate(IGNORED)
    name = Principal("qcs", compact, ()).name
    if name is not None:
        return compact, name.form
    parts = [part for part in compact.split(":") if part]
    if parts and parts[0].lower() == "qcs":
        del parts[0]
    if parts and parts[0].startswith("id/"):
        del parts[0]
    if parts and parts[0].lower() == "cam":
        del parts[0]
    if len(parts) != 2 or re.fullmatch(ACCOUNT, parts[0]) is None:
        return None
    account, tail = parts
    whole = f"qcs::cam::{account}:{'root' if tail.lower() == 'root' else tail}"
    name = Principal("qcs", whole, ()).name
    return None if name is None or name.form == "other" or whole == text else (whole, name.form)


def _mended(principal: Principal, whole: str, *, offer: bool = True) -> Finding:
    description = f"write {clip(whole, 120)}"
    place = principal.place()
    fix = Fix(Safety.REPAIR, description, Replace(place, whole))
    return Finding(
        f"{clip(principal.text)} isn't a name of six segments as CAM reads them, {REFUSED}",
        place,
        label="malformed",
        help=description,
        fixes=(fix,) if offer else (),
    )


def _move(family: str) -> str:
    return f'move it under "{family}"'


def _rename(principal: Principal, family: str) -> tuple[Fix, ...]:
    """The fix that puts the only name of an element under another kind."""
    pointer = principal.pointer
    key = pointer[:-1] if isinstance(pointer[-1], int) else pointer
    return (Fix(Safety.REPAIR, _move(family), rename_key(key, family)),)


def _judge_malformed(fault: Malformed, policy: Policy, context: Context) -> Finding | None:
    """A text where the object belongs, or a kind of principal that CAM hasn't got."""
    inside = fault.pointer[len(fault.statement or ()) + 1 :]
    value = fault.value
    if not inside:
        return _judge_text(fault, value, context) if isinstance(value, str) else None
    key = str(inside[0])
    family = _family_of(value, context) or nearest(key.lower(), FAMILIES)
    description = f'write "{family}" in its place' if family else ""
    renamed = Fix(Safety.REPAIR, description, rename_key(fault.pointer, family or ""))
    return Finding(
        f"{quote(key)} is no kind of principal in CAM, {REFUSED}",
        Place(fault.pointer, part=Part.KEY),
        label="not a kind of principal",
        help=description
        or 'write "qcs" for accounts and users, "service" for products, "federated" for identity '
        "providers",
        fixes=(renamed,) if family and _is_free(family, fault, policy) else (),
    )


def _is_free(family: str, fault: Malformed, policy: Policy) -> bool:
    """Whether the key would be the only one of its name: all others are known, and none is it."""
    element: object = policy.value
    for step in fault.pointer[:-1]:
        element = element[step] if isinstance(element, (dict, list)) else None  # type: ignore[index]
    if not isinstance(element, dict):
        return False
    others = [key.lower() for key in element if key != fault.pointer[-1]]
    return family not in others and all(key in FAMILIES for key in others)


def _judge_text(fault: Malformed, text: str, context: Context) -> Finding:
    family = _family_of(text, context)
    shown = f'{{"{family or "qcs"}": [{quote(text, 120)}]}}'
    description = f"write {shown}"
    fix = Fix(Safety.REPAIR, description, SetValue(fault.pointer, {family or "qcs": [text]}))
    way_out = description
    if family is None:
        way_out = f'write "*" for everybody, or an object such as {{"qcs": ["…"]}}; {FORM}'
    return Finding(
        f'the principal is the text {quote(text)}, and "*" is the only text that may stand there, '
        f"{REFUSED}",
        fault.place(),
        label='neither "*" nor an object',
        help=way_out,
        fixes=(fix,) if family else (),
    )


def _family_of(value: object, context: Context) -> str | None:
    """Under which key names belong by their form, where all agree; None for everybody too."""
    texts = value if isinstance(value, list) else [value]
    families = {_family_of_text(text, context) for text in texts}
    return families.pop() if len(families) == 1 else None


def _family_of_text(text: object, context: Context) -> str | None:
    if not isinstance(text, str) or len(text) > LONGEST:
        return None
    name = Principal("qcs", text, ()).name
    if name is not None:
        if name.form == "everybody":
            return None
        return "federated" if name.form in PROVIDERS else "qcs"
    return "service" if context.catalog.service_principals.well_formed(text) else None
