"""A file with many documents in its strings is scanned once, not once for each of them."""

import json

from camlint.api import lint_text
from camlint.syntax import locate
from camlint.syntax.scan import scan

POLICY = (
    '{"version": "2.0", "statement": [{"effect": "alow", "action": ["*"], "resource": ["*"]}],}'
)


def test_the_file_is_scanned_once_for_all_the_documents_in_it(monkeypatch):
    scanned = []

    def count(text, places, *, repeats):
        scanned.append(text)
        return scan(text, places, repeats=repeats)

    monkeypatch.setattr(locate, "scan", count)
    text = json.dumps(
        [{"PolicyName": f"p{number}", "PolicyDocument": POLICY} for number in range(40)]
    )
    found = lint_text(text).diagnostics
    lines = {(one.code, text[one.region.span.start : one.region.span.end]) for one in found}
    assert ("CAM010", r"\"alow\"") in lines
    assert sum(one.code == "CAM001" for one in found) == 40
    assert scanned.count(text) <= 1


def test_a_policy_of_more_values_than_are_looked_at_is_told():
    block = {"ip_equal": {"qcs:ip": [f"10.0.{i // 256}.{i % 256}/32" for i in range(40_000)]}}
    statement = {"effect": "allow", "action": ["cvm:A"], "resource": ["*"], "condition": block}
    found = lint_text(json.dumps({"version": "2.0", "statement": [statement]})).diagnostics
    assert [one.code for one in found] == ["CAM901"]
