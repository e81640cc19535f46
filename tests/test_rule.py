"""What the annotation of a rule chooses, and what it may not."""

import pytest

from camlint.rule import Bundle, Confidence, Context, Policy, Rule, Severity, rule


def make(annotation: object) -> Rule:
    def check(held: object, context: Context) -> tuple[()]:
        del held, context
        return ()

    check.__annotations__["held"] = annotation
    decorate = rule(
        code="CAM999",
        name="tried",
        severity=Severity.NOTE,
        confidence=Confidence.LOW,
        references=(),
    )
    return decorate(check)


@pytest.mark.parametrize(
    ("annotation", "visits"),
    [
        (Policy, "Policy"),
        ("Policy", "Policy"),
        (Bundle, "Bundle"),
        (Policy | Bundle, "Policy | Bundle"),
        ("Policy | Bundle", "Policy | Bundle"),
    ],
)
def test_a_rule_visits_what_its_annotation_says(annotation: object, visits: str) -> None:
    assert make(annotation).visits == visits


@pytest.mark.parametrize("annotation", [int, "Polices", Policy | int, "Policy | Context", None])
def test_any_other_annotation_is_refused(annotation: object) -> None:
    with pytest.raises(TypeError, match=r"CAM999: annotate the first parameter of .*check"):
        make(annotation)
