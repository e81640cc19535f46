"""The concise report: a line a finding, and nothing else on stdout."""

from camlint.finding import Severity
from camlint.findings import Summary
from camlint.report.concise import ConciseReport

TEXT = '{\n\t"effect": "Allow",\n\t"action": "数据库"\n}\n'


def written(*files, colour=False):
    parts = []
    report = ConciseReport(parts.append, colour=colour)
    report.start()
    for diagnostics in files:
        report.file(diagnostics)
    report.finish(Summary(files=2, policies=2, errors=1, warnings=1))
    return "".join(parts)


def test_a_line_a_finding(diagnose):
    one = diagnose(TEXT, '"Allow"', code="CAM009", name="bad-effect", message="Allow is unknown")
    two = diagnose(TEXT, '"数据库"', severity=Severity.WARNING, message="数据库\nis none", path="b")
    assert written([one], [], [two]) == (
        "policies/trtc.json:2:12: error[CAM009] bad-effect: Allow is unknown\n"
        "b:3:12: warning[CAM505] void-grant: 数据库\\u{a}is none\n"
    )


def test_in_colour(diagnose):
    assert written([diagnose(TEXT, '"Allow"')], colour=True) == (
        "\x1b[1mpolicies/trtc.json\x1b[0m:2:12: \x1b[1;31merror[CAM505]\x1b[0m"
        " \x1b[1mvoid-grant: the message\x1b[0m\n"
    )
