"""Write policies to measure on: small ones with the usual slips, and ones as large as is asked."""

import argparse
import json
import random
from collections.abc import Callable
from pathlib import Path

SEED = 20_100
FOLDER = 100
"""Policies a folder holds."""

STATEMENTS = 3
FLAWED = 0.95
"""The share of policies that get a slip on purpose."""

EVERYTHING = 0.4
"""The share of statements on ``"*"``; of 360 published policies, 42 % of the resources are that."""

NAMES = 30
"""Resources of each service that a team has; of those policies' resources, a third are distinct."""

REGIONS = ("ap-beijing", "ap-guangzhou", "ap-shanghai", "ap-singapore", "eu-frankfurt")
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"

ACTIONS = {
    "cdb": ("CreateBackup", "DescribeAccounts", "DescribeBackups", "RestartDBInstances"),
    "cos": ("DeleteObject", "GetObject", "HeadObject", "PutObject", "UploadPart"),
    "cvm": ("DescribeInstances", "RebootInstances", "StartInstances", "StopInstances"),
    "trtc": ("CreateCloudRecording", "DismissRoom", "RemoveUser", "StartMCUMixTranscode"),
    "vpc": ("CreateSubnet", "DeleteVpc", "DescribeVpcs", "ModifyVpcAttribute"),
}

READING = {
    "cdb": "DescribeDB*",
    "cos": "HeadBucket",
    "cvm": "Describe*",
    "trtc": "Describe*",
    "vpc": "Describe*",
}
"""What is granted on ``"*"``: hardly any published policy changes things everywhere."""

Statement = dict[str, object]
Team = dict[str, list[str]]


def main() -> None:
    """Write policies below the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    given = parser.parse_args()
    write_policies(given.folder, given.count)


def write_policies(folder: Path, count: int) -> None:
    """Write ``count`` small policies, a hundred to a folder; the same ones every time."""
    dice = random.Random(SEED)
    team = make_team(dice)
    for number in range(count):
        home = folder / f"team-{number // FOLDER:03}"
        if number % FOLDER == 0:
            home.mkdir(parents=True)
            team = make_team(dice)
        text = json.dumps(make_policy(team, dice), indent=2)
        (home / f"policy-{number:05}.json").write_text(text, "utf-8")


def write_large_policy(path: Path, statements: int, actions: int) -> None:
    """Write one policy of ``statements`` statements with ``actions`` actions each.

    The operations are numbered, not CAM's own: what is measured is size.
    """
    dice = random.Random(SEED)
    services = sorted(ACTIONS)
    team = make_team(dice)
    made: list[Statement] = []
    for number in range(statements):
        service = services[number % len(services)]
        names = [f"{service}:Describe{number}x{one}" for one in range(actions)]
        made.append({"effect": "allow", "action": names, "resource": [dice.choice(team[service])]})
    path.write_text(json.dumps({"version": "2.0", "statement": made}, indent=2), "utf-8")


def make_team(dice: random.Random) -> Team:
    """A team's account: the resources that it has of each service."""
    uin, appid = 100_000_000_000 + dice.randrange(10**9), 1_251_000_000 + dice.randrange(10**6)
    return {
        service: [make_resource(service, uin, appid, dice) for _ in range(NAMES)]
        for service in ACTIONS
    }


def make_policy(team: Team, dice: random.Random) -> dict[str, object]:
    """One policy of three statements over five services, with a slip in nearly every one."""
    statements = [make_statement(team, dice) for _ in range(STATEMENTS)]
    policy: dict[str, object] = {"version": "2.0", "statement": statements}
    if dice.random() < FLAWED:
        dice.choice(SLIPS)(dice.choice(statements))
    return policy


def make_statement(team: Team, dice: random.Random) -> Statement:
    """A statement about one service, or about two of the five."""
    services = dice.sample(sorted(ACTIONS), dice.choice((1, 1, 2)))
    actions = [
        f"{service}:{operation}"
        for service in services
        for operation in dice.sample(ACTIONS[service], dice.randint(1, 3))
    ]
    resources = [dice.choice(team[service]) for service in services]
    if dice.random() < EVERYTHING:
        actions = [f"{service}:{READING[service]}" for service in services]
        resources = ["*"]
    return {
        "effect": "deny" if dice.random() < 0.1 else "allow",
        "action": actions,
        "resource": resources,
    }


def make_resource(service: str, uin: int, appid: int, dice: random.Random) -> str:
    """A resource of the service in six segments, well formed."""
    region = dice.choice(REGIONS)
    name = "".join(dice.choices(LETTERS, k=8))
    forms = {
        "cdb": f"qcs::cdb:{region}:uin/{uin}:instanceId/cdb-{name}",
        "cos": f"qcs::cos:{region}:uid/{appid}:{name}-{appid}/reports/*",
        "cvm": f"qcs::cvm:{region}:uin/{uin}:instance/ins-{name}",
        "trtc": f"qcs::trtc::uin/{uin}:sdkappid/{1_400_000_000 + dice.randrange(10**8)}",
        "vpc": f"qcs::vpc:{region}:uin/{uin}:vpc/vpc-{name}",
    }
    return forms[service]


def _texts(statement: Statement, element: str) -> list[str]:
    value = statement[element]
    assert isinstance(value, list)
    return value


def _drop_segment(statement: Statement) -> None:
    resources = _texts(statement, "resource")
    everything = resources[0] == "*"
    resources[0] = "qcs::::*" if everything else resources[0].replace("qcs::", "qcs:", 1)


def _name_project(statement: Statement) -> None:
    resources = _texts(statement, "resource")
    everything = resources[0] == "*"
    resources[0] = "qcs:id/0::::*" if everything else resources[0].replace("qcs::", "qcs:id/0:", 1)


def _repeat_action(statement: Statement) -> None:
    actions = _texts(statement, "action")
    actions.append(actions[0])


def _widen_action(statement: Statement) -> None:
    actions = _texts(statement, "action")
    actions[0] = actions[0].partition(":")[0] + ":*"


def _leave_blank(statement: Statement) -> None:
    actions = _texts(statement, "action")
    actions[-1] += " "


def _misspell_action(statement: Statement) -> None:
    actions = _texts(statement, "action")
    actions[0] = actions[0].replace(":", "", 1)


def _capitalise_effect(statement: Statement) -> None:
    statement["effect"] = str(statement["effect"]).capitalize()


def _misspell_element(statement: Statement) -> None:
    statement["resources"] = statement.pop("resource")


def _allow_everything(statement: Statement) -> None:
    statement |= {"effect": "allow", "action": ["*"], "resource": ["*"]}


def _forget_effect(statement: Statement) -> None:
    del statement["effect"]


SLIPS: tuple[Callable[[Statement], None], ...] = (
    _allow_everything,
    _capitalise_effect,
    _drop_segment,
    _forget_effect,
    _leave_blank,
    _misspell_action,
    _misspell_element,
    _name_project,
    _repeat_action,
    _widen_action,
)

if __name__ == "__main__":
    main()
