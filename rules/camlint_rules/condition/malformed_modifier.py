"""What stands around the operator of a condition isn't what CAM lets stand there."""

from collections.abc import Iterator

from camlint.rule import (
    QUALIFIERS,
    SUFFIX,
    Bad,
    Confidence,
    Context,
    Finding,
    Fix,
    Good,
    MisspeltOperator,
    Safety,
    Severity,
    Statement,
    Trait,
    parse_bool,
    quote,
    rename_key,
    rule,
)

FORM = "the form is for_any_value: or for_all_value:, the operator, and _if_exist at the end"


@rule(
    code="CAM302",
    name="malformed-modifier",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    references=(
        "https://cloud.tencent.com/document/product/598/73088",
        "https://cloud.tencent.com/document/product/598/10608",
        "https://cloud.tencent.com/document/api/598/13884",
    ),
    bad=(
        Bad(
            """
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    «"string_not_equal_if_exists"»: {"cos:x-cos-acl": "private"},
                    «"for_any_values:string_equal"»: {"qcs:resource_tag": "env&production"},
                    «"null_equal_if_exist"»: {"qcs:request_tag/team": "true"}
                  }
                }
              ]
            }
            """,
            fixed="""
            {
              "version": "2.0",
              "statement": [
                {
                  "effect": "deny",
                  "action": ["cos:PutObject"],
                  "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
                  "condition": {
                    "string_not_equal_if_exist": {"cos:x-cos-acl": "private"},
                    "for_any_value:string_equal": {"qcs:resource_tag": "env&production"},
                    "null_equal": {"qcs:request_tag/team": "true"}
                  }
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
                  "action": ["cvm:StartInstances"],
                  "resource": ["*"],
                  "condition": {"«for_one_value»:string_equal": {"qcs:resource_tag": "env&test"}}
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
              "effect": "deny",
              "action": ["cos:PutObject"],
              "resource": ["qcs::cos:ap-guangzhou:uid/1253653367:photos-1253653367/*"],
              "condition": {
                "string_not_equal_if_exist": {"cos:x-cos-acl": "private"},
                "for_any_value:string_equal": {"qcs:resource_tag": "env&production"},
                "null_equal": {"qcs:request_tag/team": "true"}
              }
            }
          ]
        }
    """),
    when=Trait.CONDITIONAL,
)
def check(statement: Statement, context: Context) -> Iterator[Finding]:
    """## Why is this a problem?

    Around an operator CAM knows two things: `for_any_value:` or `for_all_value:` in front of it, for
    keys with several values, and `_if_exist` behind it, for a condition that also holds where the
    key is absent. Written in another way or in another order they make an operator that doesn't
    exist, and CAM's interface has the error `ConditionTypeError` for that.

    ## How to fix it

    Write them as CAM has them, without a plural: `for_all_value:string_equal_if_exist`.

    `null_equal` takes no `_if_exist`: it asks whether the key is there in the first place. `"true"`
    means that it is absent, `"false"` that it is there.

    ## What camlint knows

    The qualifiers, the suffix and the exception of `null_equal` are documented. That other case is
    refused is inferred from its not being documented, and has medium confidence.
    """
    for operator in statement.misspelt_operators:
        if operator.spelling.modifier:
            yield _tell(operator)


def _tell(operator: MisspeltOperator) -> Finding:
    text, spelling = operator.text, operator.spelling
    if spelling.base == "null_equal" and spelling.if_exist:
        return _tell_null(operator)
    if not spelling.meant:
        return _tell_qualifier(operator)
    meant = spelling.meant
    order = f"write {meant}"
    cased = text.lower() == meant
    fixes: tuple[Fix, ...] = ()
    way_out = order
    if operator.taken:
        way_out = f"gather its keys below one {meant}"
    else:
        fixes = (Fix(Safety.REPAIR, order, rename_key(operator.pointer, meant)),)
    if cased:
        message = f"CAM writes {meant} in small letters, so it is likely to refuse {quote(text)}"
    else:
        message = f"{quote(text)} is no operator of CAM, which refuses the policy for it"
    return Finding(
        message,
        operator.place(),
        label="capitals" if cased else f"did you mean {meant}?",
        help=way_out,
        note=_explain(text, operator),
        confidence=Confidence.MEDIUM if cased else None,
        fixes=fixes,
    )


def _explain(text: str, operator: MisspeltOperator) -> str:
    """What is wrong with the modifiers, as a note."""
    spelling = operator.spelling
    if spelling.if_exist and not text.endswith(SUFFIX):
        if text.lower().endswith("s"):
            return f"the suffix is {SUFFIX}, without an s at its end"
        return f"the suffix is {SUFFIX}, at the very end"
    if spelling.qualifier and not text.startswith(f"{spelling.qualifier}:"):
        return f"the qualifiers are {QUALIFIERS[0]}: and {QUALIFIERS[1]}:, before the operator"
    return FORM


def _tell_null(operator: MisspeltOperator) -> Finding:
    """``null_equal_if_exist``, which asks whether a key is there only where it is there."""
    # With "true" the suffix adds nothing; with "false" the condition would always hold.
    absent = all(parse_bool(value) is True for one in operator.conditions for value in one.values)
    qualifier = operator.spelling.qualifier
    meant = f"{qualifier}:null_equal" if qualifier else "null_equal"
    order = f"write {meant}"
    fixes: tuple[Fix, ...] = ()
    if absent and qualifier is not None and not operator.taken:
        fixes = (Fix(Safety.REPAIR, order, rename_key(operator.pointer, meant)),)
    return Finding(
        "null_equal takes no _if_exist, since it asks whether the key is there at all, so CAM "
        "refuses the policy",
        operator.place(),
        label="no suffix here",
        help=order if absent else f'{order}; "false" then holds only where the key is there',
        fixes=fixes,
    )


def _tell_qualifier(operator: MisspeltOperator) -> Finding:
    """A qualifier that may mean anything."""
    text = operator.text
    written, _, rest = text.rpartition(":")
    if operator.spelling.base not in rest:
        return Finding(
            f"{quote(text)} is no operator of CAM, which refuses the policy for it",
            operator.place(),
            label="modifiers in disorder",
            help=FORM,
        )
    named = quote(written) if written else "an empty text"
    return Finding(
        f"{named} before {rest} is no qualifier of CAM, which refuses the policy for it",
        operator.place(0, len(written)) if written else operator.place(),
        label="unknown qualifier",
        help=f"write {rest} alone for a key with one value, "
        f"{QUALIFIERS[0]}:{rest} if one value of the request is enough, or {QUALIFIERS[1]}:{rest} "
        "if all must fit",
    )
