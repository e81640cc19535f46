"""Turn a CAM policy of the benchmark into the IAM policy that says the same, slips included."""

import re

ACTIONS = {
    "cdb:CreateBackup": "rds:CreateDBSnapshot",
    "cdb:DescribeAccounts": "rds:DescribeDBClusters",
    "cdb:DescribeBackups": "rds:DescribeDBSnapshots",
    "cdb:RestartDBInstances": "rds:RebootDBInstance",
    "cos:DeleteObject": "s3:DeleteObject",
    "cos:GetObject": "s3:GetObject",
    "cos:HeadObject": "s3:GetObjectTagging",
    "cos:PutObject": "s3:PutObject",
    "cos:UploadPart": "s3:AbortMultipartUpload",
    "cvm:DescribeInstances": "ec2:DescribeInstances",
    "cvm:RebootInstances": "ec2:RebootInstances",
    "cvm:StartInstances": "ec2:StartInstances",
    "cvm:StopInstances": "ec2:StopInstances",
    "trtc:CreateCloudRecording": "lambda:CreateAlias",
    "trtc:DismissRoom": "lambda:DeleteFunction",
    "trtc:RemoveUser": "lambda:RemovePermission",
    "trtc:StartMCUMixTranscode": "lambda:InvokeFunction",
    "vpc:CreateSubnet": "dynamodb:CreateTable",
    "vpc:DeleteVpc": "dynamodb:DeleteTable",
    "vpc:DescribeVpcs": "dynamodb:DescribeTable",
    "vpc:ModifyVpcAttribute": "dynamodb:UpdateTable",
    "cdb:DescribeDB*": "rds:DescribeDB*",
    "cos:HeadBucket": "s3:ListBucket",
    "cvm:Describe*": "ec2:Describe*",
    "trtc:Describe*": "lambda:Get*",
    "vpc:Describe*": "dynamodb:Describe*",
}
"""Operations of a service to as many of another one's that IAM knows.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/
"""

SERVICES = {cam.split(":")[0]: iam.split(":")[0] for cam, iam in ACTIONS.items()}
RUN_TOGETHER = {cam.replace(":", ""): iam.replace(":", "") for cam, iam in ACTIONS.items()}
ELEMENTS = {
    "effect": "Effect",
    "action": "Action",
    "resource": "Resource",
    "resources": "Resources",
}
EFFECTS = {"allow": "Allow", "deny": "Deny", "Allow": "allow", "Deny": "deny"}
"""The right spelling to the right one, the wrong to the wrong one."""

RESOURCE = re.compile(r"qcs:(?P<project>id/0:|:)?(?P<service>\w*):(?P<region>[^:]*):(?P<rest>.*)")


def translate_policy(policy: dict[str, object]) -> dict[str, object]:
    """The IAM policy with as many statements, actions and resources, and the same sort of slip."""
    statements = policy["statement"]
    assert isinstance(statements, list)
    return {"Version": "2012-10-17", "Statement": [translate_statement(one) for one in statements]}


def translate_statement(statement: dict[str, object]) -> dict[str, object]:
    """The statement with IAM's names for its elements and what they hold."""
    translated: dict[str, object] = {}
    for element, value in statement.items():
        if isinstance(value, list):
            translate = translate_action if element == "action" else translate_resource
            translated[ELEMENTS[element]] = [translate(one) for one in value]
        else:
            translated[ELEMENTS[element]] = EFFECTS[str(value)]
    return translated


def translate_action(action: str) -> str:
    """The action; one without its colon, or with a blank too many, stays without or with it."""
    name = action.rstrip()
    if name == "*":
        return action
    service, _, operation = name.partition(":")
    if operation == "*":
        return f"{SERVICES[service]}:*"
    return (ACTIONS.get(name) or RUN_TOGETHER[name]) + action[len(name) :]


def translate_resource(resource: str) -> str:
    """The resource name; one with a segment too few has that, and a wrong second one is wrong."""
    if resource == "*":
        return resource
    parts = RESOURCE.fullmatch(resource)
    if parts is None:
        return resource.replace("qcs", "arn", 1)
    partition = {":": "aws:", "id/0:": "id/0:", None: ""}[parts["project"]]
    service = SERVICES.get(parts["service"], "")
    _, _, name = parts["rest"].partition("/")
    account, _, name = name.partition(":")
    name = name.rpartition("/")[2] if service != "s3" else name
    kind = {"rds": "db:", "ec2": "instance/", "lambda": "function:", "dynamodb": "table/"}
    if service == "s3":
        return f"arn:{partition}s3:::{name}"
    return f"arn:{partition}{service}:eu-west-1:{account}:{kind.get(service, '')}{name}"
