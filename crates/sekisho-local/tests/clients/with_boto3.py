"""What boto3 asks and understands. Endpoint and credentials come from the environment."""

import boto3
from botocore.exceptions import ClientError


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        return error.response["Error"].get("Message", "")
    raise AssertionError(f"{code} did not come")


def parameters(ssm):
    ssm.put_parameter(Name="/dev/a", Value="関所 ünï", Type="SecureString", Tags=[{"Key": "k", "Value": "v"}])
    assert ssm.get_parameter(Name="/dev/a", WithDecryption=True)["Parameter"]["Value"] == "関所 ünï"
    assert ssm.get_parameter(Name="/dev/a")["Parameter"]["Value"] != "関所 ünï"
    assert ssm.get_parameter(Name="/dev/a")["Parameter"]["LastModifiedDate"].year >= 2024
    refused("ParameterNotFound", ssm.get_parameter, Name="/dev/none")
    refused("ParameterAlreadyExists", ssm.put_parameter, Name="/dev/a", Value="x", Type="String")
    try:
        ssm.get_parameter(Name="/dev/none")
    except ssm.exceptions.ParameterNotFound:
        pass
    for number in range(25):
        ssm.put_parameter(Name=f"/many/{number:02}", Value="v", Type="String")
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path="/many")
    assert len([p for page in pages for p in page["Parameters"]]) == 25
    pages = ssm.get_paginator("describe_parameters").paginate(
        ParameterFilters=[{"Key": "Name", "Option": "BeginsWith", "Values": ["/many"]}], PaginationConfig={"PageSize": 7}
    )
    assert len([p for page in pages for p in page["Parameters"]]) == 25
    answer = ssm.get_parameters(Names=["/dev/a", "/dev/none"])
    assert answer["InvalidParameters"] == ["/dev/none"] and len(answer["Parameters"]) == 1
    assert ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId="/dev/a")["TagList"] == [{"Key": "k", "Value": "v"}]
    history = ssm.get_paginator("get_parameter_history").paginate(Name="/dev/a", WithDecryption=True)
    assert [h["Version"] for page in history for h in page["Parameters"]] == [1]
    refused("UnknownOperationException", ssm.list_commands)


def keys(kms):
    key = kms.create_key(Description="d", Tags=[{"TagKey": "k", "TagValue": "v"}])["KeyMetadata"]
    kms.create_alias(AliasName="alias/x", TargetKeyId=key["KeyId"])
    sealed = kms.encrypt(KeyId="alias/x", Plaintext=b"\x00\xff", EncryptionContext={"a": "b"})
    opened = kms.decrypt(CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext={"a": "b"})
    assert opened["Plaintext"] == b"\x00\xff" and opened["KeyId"] == key["Arn"]
    assert refused("InvalidCiphertextException", kms.decrypt, CiphertextBlob=sealed["CiphertextBlob"]) == ""
    made = kms.generate_data_key(KeyId=key["Arn"], KeySpec="AES_256")
    assert len(made["Plaintext"]) == 32
    kms.disable_key(KeyId=key["KeyId"])
    assert "is disabled" in refused("DisabledException", kms.encrypt, KeyId="alias/x", Plaintext=b"x")
    deletion = kms.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=7)
    assert deletion["DeletionDate"] > key["CreationDate"]
    refused("KMSInvalidStateException", kms.enable_key, KeyId=key["KeyId"])
    aliases = [a["AliasName"] for page in kms.get_paginator("list_aliases").paginate() for a in page["Aliases"]]
    assert aliases == ["alias/aws/ssm", "alias/x"], aliases


def sessions(sts, session):
    assert sts.get_caller_identity()["Account"] == "123456789012"
    assumed = sts.assume_role(RoleArn="arn:aws:iam::210987654321:role/deploy", RoleSessionName="me", DurationSeconds=900)
    keys = assumed["Credentials"]
    arguments = dict(
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    there = session.client("sts", **arguments)
    assert there.get_caller_identity()["Arn"] == "arn:aws:sts::210987654321:assumed-role/deploy/me"
    other_account = session.client("ssm", **arguments)
    assert other_account.describe_parameters()["Parameters"] == []
    forged = session.client("sts", **{**arguments, "aws_session_token": "forged"})
    refused("InvalidClientTokenId", forged.get_caller_identity)
    wrong = session.client("sts", aws_access_key_id="123456789012", aws_secret_access_key="wrong")
    refused("SignatureDoesNotMatch", wrong.get_caller_identity)
    wrong = session.client("ssm", aws_access_key_id="123456789012", aws_secret_access_key="wrong")
    refused("InvalidSignatureException", wrong.describe_parameters)


if __name__ == "__main__":
    boto = boto3.Session()
    parameters(boto.client("ssm"))
    keys(boto.client("kms"))
    sessions(boto.client("sts"), boto)
