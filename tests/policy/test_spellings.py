"""What a misspelt operator of a condition was meant to be."""

import pytest

from camlint.kinds import Kind
from camlint.place import Part
from camlint.policy.operators import OPERATORS, QUALIFIERS, SUFFIX
from camlint.policy.read import read_policy
from camlint.policy.spellings import AWS, read_operator
from camlint.policy.statement import Statement


def read_statement(condition: object) -> Statement:
    statement = {"effect": "allow", "action": ["*"], "resource": ["*"], "condition": condition}
    policy = read_policy({"version": "2.0", "statement": [statement]}, Kind.IDENTITY)
    return policy.statements[0]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("StringEquals", "string_equal"),
        ("stringEquals", "string_equal"),
        ("StringEqualsIfExists", "string_equal_if_exist"),
        ("ForAllValues:StringEquals", "for_all_value:string_equal"),
        ("ForAnyValue:StringLikeIfExists", "for_any_value:string_like_if_exist"),
        ("NumericLessThanEquals", "numeric_less_than_equal"),
        ("NotIpAddress", "ip_not_equal"),
        ("Bool", "bool_equal"),
        ("Null", "null_equal"),
    ],
)
def test_operators_of_aws(written: str, meant: str) -> None:
    spelling = read_operator(written)
    assert (spelling.meant, spelling.sure, spelling.modifier) == (meant, True, False)
    assert spelling.amazon in AWS


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("string_equals", "string_equal"),
        ("string_eqaul", "string_equal"),
        ("String_Equal", "string_equal"),
        ("string-equal", "string_equal"),
        ("string_equal_ignorecase", "string_equal_ignore_case"),
        ("numeric_greater_then_equal", "numeric_greater_than_equal"),
        ("numeric_lte", "numeric_less_than_equal"),
        ("number_equal", "numeric_equal"),
        ("not_ip_address", "ip_not_equal"),
        ("null", "null_equal"),
        ("boolean_equal", "bool_equal"),
        ("string_equals_if_exists", "string_equal_if_exist"),
        ("for_any_values:string_equals", "for_any_value:string_equal"),
        ("for_any_value:string_not_equals", "for_any_value:string_not_equal"),
    ],
)
def test_slips_in_the_base(written: str, meant: str) -> None:
    spelling = read_operator(written)
    assert (spelling.meant, spelling.sure) == (meant, True)
    assert (spelling.modifier, spelling.amazon) == (False, "")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("string_equal_if_exists", "string_equal_if_exist"),
        ("string_equal_if_exsit", "string_equal_if_exist"),
        ("string_equal_ifexist", "string_equal_if_exist"),
        ("string_equalif_exist", "string_equal_if_exist"),
        ("string_equal_If_Exist", "string_equal_if_exist"),
        ("string_equal_if_exist_if_exist", "string_equal_if_exist"),
        ("if_exist_string_equal", "string_equal_if_exist"),
        ("if_exists:string_equal", "string_equal_if_exist"),
        ("string_equal:for_any_value", "for_any_value:string_equal"),
        ("string_equal_if_exist:for_all_value", "for_all_value:string_equal_if_exist"),
        ("for_any_value_string_equal", "for_any_value:string_equal"),
        ("for_any_value.string_equal", "for_any_value:string_equal"),
        ("for_any_value\uff1astring_equal", "for_any_value:string_equal"),
        ("for_any_vaule:string_equal", "for_any_value:string_equal"),
        ("ForAnyValue:string_equal", "for_any_value:string_equal"),
        ("for_all:string_equal_ignore_case", "for_all_value:string_equal_ignore_case"),
    ],
)
def test_slips_in_the_modifiers(written: str, meant: str) -> None:
    spelling = read_operator(written)
    assert (spelling.meant, spelling.modifier, spelling.sure) == (meant, True, True)


@pytest.mark.parametrize(
    "written",
    [
        *("", ":", "x", "if", "_if_exist", "for_any_value", "for_any_value:", "within", "ip_in"),
        *("<Operator>", "bool_not_equal", "date_before", "a" * 5000, "等于"),
        *("ArnLike", "ArnNotEqualsIfExists"),
        *("null_equal_if_exist", "NullIfExists"),
        *("for_some_value:string_equal", "for_one_value:string_equal", ":string_equal"),
        "for_any_value:for_all_value:string_equal",
    ],
)
def test_what_cannot_be_told(written: str) -> None:
    assert read_operator(written).meant == ""


@pytest.mark.parametrize("written", ["stringnequal", "string_no_equal"])
def test_one_letter_from_the_opposite_is_not_sure(written: str) -> None:
    assert not read_operator(written).sure


def test_every_operator_in_capitals_and_camel_case_is_found() -> None:
    for base in OPERATORS:
        for qualifier in ("", *QUALIFIERS):
            for suffix in ("", SUFFIX) if base != "null_equal" else ("",):
                whole = f"{qualifier}:{base}{suffix}".lstrip(":")
                camel = "".join(word.capitalize() for word in whole.split("_"))
                for written in (whole.upper(), camel, whole.replace("_", "-")):
                    assert read_operator(written).meant == whole, written


def test_each_misspelt_operator_of_a_statement_once() -> None:
    statement = read_statement(
        {
            "StringEquals": {"a:b": "1", "a:c": "2"},
            "string_equals": {"a:d": "3"},
            "IpAddress": {"qcs:ip": "203.0.113.7"},
            "ip_equal": {"qcs:ip": "203.0.113.7"},
            "DateLessThan": {"qcs:current_time": "2030-01-01T00:00:00Z"},
        }
    )
    found = statement.misspelt_operators
    assert [(one.text, len(one.conditions), one.taken) for one in found] == [
        ("StringEquals", 2, False),
        ("string_equals", 1, True),
        ("IpAddress", 1, True),
        ("DateLessThan", 1, False),
    ]
    place = found[0].place()
    assert place.pointer == ("statement", 0, "condition", "StringEquals")
    assert place.part is Part.KEY


def test_a_statement_without_misspelt_operators() -> None:
    assert read_statement({"string_equal": {"a:b": "1"}}).misspelt_operators == ()
    assert read_statement([]).misspelt_operators == ()
    assert read_statement([]).written_operators == {}


def test_what_stands_beside_a_condition() -> None:
    statement = read_statement({"string_equal": {"a:b": "1", "a:c": {}}})
    assert set(statement.written_beside(statement.conditions[0])) == {"a:b", "a:c"}
