"""Every supported operation against botocore's model of it: what the model requires or bounds is refused where it is missing or out of bounds.

The operations come from the environment, as `service:Operation` separated by commas.
"""

import os

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

# The model marks these sensitive: refusals must not show them.
PLANTED = "planted-Zq9"
config = Config(parameter_validation=False, retries={"max_attempts": 1})
wrong = []


def violation(client, operation, arguments):
    """The code and message of the refusal, or none where there was no refusal."""
    try:
        client._make_api_call(operation, arguments)
    except ClientError as error:
        told = error.response["Error"]
        assert PLANTED not in told.get("Message", ""), (operation, told)
        return told["Code"], told.get("Message", "")
    return None, ""


def minimal(shape):
    """Input that fits a shape: required members only."""
    if shape.type_name == "structure":
        return {name: minimal(shape.members[name]) for name in shape.required_members}
    if shape.type_name == "list":
        return [minimal(shape.member)] * max(1, shape.metadata.get("min", 0))
    if shape.type_name == "map":
        return {}
    if shape.type_name in ("integer", "long"):
        return shape.metadata.get("min", 1)
    if shape.type_name == "boolean":
        return False
    if shape.type_name == "blob":
        return b"x" * max(1, shape.metadata.get("min", 0))
    if shape.metadata.get("sensitive"):
        return PLANTED
    return shape.enum[0] if getattr(shape, "enum", None) else "x" * max(1, shape.metadata.get("min", 0))


def beyond(shape):
    """Inputs that a shape's bounds forbid."""
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if getattr(shape, "enum", None):
        yield "not-in-the-set"
    elif shape.type_name == "string":
        if low:
            yield ""
        if high:
            yield "x" * (high + 1)
    elif shape.type_name in ("integer", "long"):
        if low is not None:
            yield low - 1
        if high is not None:
            yield high + 1
    elif shape.type_name == "list":
        if low:
            yield []
        if high and high < 1000:
            yield [minimal(shape.member)] * (high + 1)
    elif shape.type_name == "blob":
        if low:
            yield b""
        if high:
            yield b"x" * (high + 1)


for entry in os.environ["SEKISHO_OPERATIONS"].split(","):
    service, operation = entry.split(":")
    if service not in ("ssm", "kms", "secretsmanager"):
        continue
    client = boto3.client(service, config=config)
    shape = client.meta.service_model.operation_model(operation).input_shape
    base = minimal(shape)
    # The models say it in words only.
    for name in {"Decrypt": ["CiphertextBlob"], "ReEncrypt": ["CiphertextBlob"]}.get(operation, []):
        base[name] = minimal(shape.members[name])
    for name in shape.required_members:
        code, message = violation(client, operation, {other: value for other, value in base.items() if other != name})
        expected = f"at '{name[0].lower()}{name[1:]}' failed to satisfy constraint: Member must not be null"
        if code != "ValidationException" or expected not in message:
            wrong.append((entry, "without", name, code, message))
    for name, member in shape.members.items():
        for value in beyond(member):
            code, message = violation(client, operation, {**base, name: value})
            if code != "ValidationException" or f"at '{name[0].lower()}{name[1:]}'" not in message:
                wrong.append((entry, "with", name, str(value)[:30], code, message[:200]))

assert not wrong, "\n".join(map(str, wrong))
