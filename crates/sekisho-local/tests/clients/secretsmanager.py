"""What boto3 and the AWS CLI ask of Secrets Manager and understand. Endpoint and credentials come from the environment."""

import json
import subprocess
import uuid
from datetime import timedelta

import boto3
from botocore.exceptions import ClientError


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return error.response["Error"]["Message"]
    raise AssertionError(f"{code} did not come")


def values(sm):
    text = json.dumps({"username": "app", "password": "関所 \u0000 ünï \"'\\"}, ensure_ascii=False)
    made = sm.create_secret(Name="shop/db", SecretString=text, Description="d", Tags=[{"Key": "k", "Value": "v"}])
    assert sm.get_secret_value(SecretId="shop/db")["SecretString"] == text
    bytes_ = bytes(range(256))
    put = sm.put_secret_value(SecretId=made["ARN"], SecretBinary=bytes_)
    got = sm.get_secret_value(SecretId=made["ARN"][:-7])
    assert got["SecretBinary"] == bytes_ and "SecretString" not in got and got["VersionId"] == put["VersionId"]
    assert sm.get_secret_value(SecretId="shop/db", VersionStage="AWSPREVIOUS")["SecretString"] == text
    described = sm.describe_secret(SecretId="shop/db")
    assert described["Tags"] == [{"Key": "k", "Value": "v"}] and described["Description"] == "d"
    assert described["CreatedDate"] <= described["LastChangedDate"] <= got["CreatedDate"] + timedelta(seconds=1)
    assert described["LastAccessedDate"] <= described["LastChangedDate"] and "KmsKeyId" not in described
    try:
        sm.get_secret_value(SecretId="none")
    except sm.exceptions.ResourceNotFoundException as error:
        assert error.response["Error"]["Message"] == "Secrets Manager can't find the specified secret."
    refused("ResourceExistsException", sm.create_secret, Name="shop/db", SecretString="x")
    batch = sm.batch_get_secret_value(SecretIdList=["shop/db", "none"])
    assert [v["Name"] for v in batch["SecretValues"]] == ["shop/db"] and len(batch["Errors"]) == 1
    password = sm.get_random_password(PasswordLength=64, ExcludeCharacters="'\"\\/@")["RandomPassword"]
    assert len(password) == 64 and not set(password) & set("'\"\\/@")
    refused("UnknownOperationException", sm.list_resource_policies, SecretId="shop/db")


def rotation_by_hand(sm):
    """What a rotation function does: create, set, test, finish."""
    first = sm.create_secret(Name="rotated", SecretString="old")["VersionId"]
    token = str(uuid.uuid4())
    sm.put_secret_value(SecretId="rotated", ClientRequestToken=token, SecretString="new", VersionStages=["AWSPENDING"])
    assert sm.get_secret_value(SecretId="rotated")["SecretString"] == "old"
    assert sm.get_secret_value(SecretId="rotated", VersionId=token, VersionStage="AWSPENDING")["SecretString"] == "new"
    finish = dict(SecretId="rotated", VersionStage="AWSCURRENT", MoveToVersionId=token)
    refused("InvalidParameterException", sm.update_secret_version_stage, **finish)
    sm.update_secret_version_stage(**finish, RemoveFromVersionId=first)
    sm.update_secret_version_stage(SecretId="rotated", VersionStage="AWSPENDING", RemoveFromVersionId=token)
    assert sm.describe_secret(SecretId="rotated")["VersionIdsToStages"] == {first: ["AWSPREVIOUS"], token: ["AWSCURRENT"]}
    refused("InvalidRequestException", sm.rotate_secret, SecretId="rotated", RotationRules={"AutomaticallyAfterDays": 30})


def pages(sm):
    for number in range(23):
        sm.create_secret(Name=f"many/{number:02}", SecretString="v")
    filters = [{"Key": "name", "Values": ["many/"]}]
    listed = sm.get_paginator("list_secrets").paginate(Filters=filters, SortOrder="desc", PaginationConfig={"PageSize": 5})
    assert [s["Name"] for page in listed for s in page["SecretList"]] == [f"many/{number:02}" for number in reversed(range(23))]
    first = sm.batch_get_secret_value(Filters=filters)
    rest = sm.batch_get_secret_value(Filters=filters, NextToken=first["NextToken"])
    assert [len(page["SecretValues"]) for page in (first, rest)] == [20, 3] and "NextToken" not in rest
    for number in range(6):
        sm.put_secret_value(SecretId="many/00", SecretString=str(number))
    sizes, more = [], {}
    while not sizes or more:
        page = sm.list_secret_version_ids(SecretId="many/00", IncludeDeprecated=True, MaxResults=3, **more)
        sizes.append(len(page["Versions"]))
        more = {"NextToken": page["NextToken"]} if "NextToken" in page else {}
    assert sizes == [3, 3, 1]


def deletion(sm):
    sm.create_secret(Name="doomed", SecretString="v")
    deleted = sm.delete_secret(SecretId="doomed", RecoveryWindowInDays=7)
    assert sm.describe_secret(SecretId="doomed")["DeletedDate"] == deleted["DeletionDate"]
    assert "marked for deletion" in refused("InvalidRequestException", sm.get_secret_value, SecretId="doomed")
    assert "already scheduled for deletion" in refused("InvalidRequestException", sm.create_secret, Name="doomed", SecretString="v")
    sm.restore_secret(SecretId="doomed")
    assert sm.get_secret_value(SecretId="doomed")["SecretString"] == "v"
    sm.delete_secret(SecretId="doomed", ForceDeleteWithoutRecovery=True)
    refused("ResourceNotFoundException", sm.describe_secret, SecretId="doomed")
    sm.create_secret(Name="doomed", SecretString="w")


def keys(sm, kms):
    key = kms.create_key()["KeyMetadata"]["Arn"]
    kms.create_alias(AliasName="alias/shop", TargetKeyId=key)
    sm.create_secret(Name="sealed", SecretString="v", KmsKeyId="alias/shop")
    assert sm.describe_secret(SecretId="sealed")["KmsKeyId"] == "alias/shop"
    kms.disable_key(KeyId=key)
    refused("DecryptionFailure", sm.get_secret_value, SecretId="sealed")
    refused("EncryptionFailure", sm.put_secret_value, SecretId="sealed", SecretString="w")
    kms.enable_key(KeyId=key)
    assert sm.get_secret_value(SecretId="sealed")["SecretString"] == "v"


def cli():
    def aws(*arguments):
        done = subprocess.run(["aws", "secretsmanager", *arguments, "--output", "json"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (arguments, done.stderr)
        return json.loads(done.stdout)

    arn = aws("create-secret", "--name", "by-cli", "--secret-string", '{"a":"b"}')["ARN"]
    assert json.loads(aws("get-secret-value", "--secret-id", arn)["SecretString"]) == {"a": "b"}
    aws("update-secret", "--secret-id", "by-cli", "--secret-string", "x", "--description", "by hand")
    assert aws("describe-secret", "--secret-id", "by-cli")["Description"] == "by hand"
    found = aws("list-secrets", "--filters", "Key=description,Values=hand")["SecretList"]
    assert [secret["Name"] for secret in found] == ["by-cli"]
    aws("delete-secret", "--secret-id", "by-cli", "--force-delete-without-recovery")


if __name__ == "__main__":
    boto = boto3.Session()
    client = boto.client("secretsmanager")
    values(client)
    rotation_by_hand(client)
    pages(client)
    deletion(client)
    keys(client, boto.client("kms"))
    cli()
