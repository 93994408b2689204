"""What the AWS CLI asks and understands. Endpoint and credentials come from the environment."""

import json
import subprocess


def aws(*arguments, code=0):
    done = subprocess.run(["aws", *arguments, "--output", "json"], capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (code == 0), (arguments, done.stdout, done.stderr)
    if code:
        assert code in done.stderr, done.stderr
        return done.stderr
    return json.loads(done.stdout) if done.stdout.strip() else None


aws("ssm", "put-parameter", "--name", "/dev/db/password", "--type", "SecureString", "--value", "s3cret")
got = aws("ssm", "get-parameters", "--names", "/dev/db/password", "--with-decryption")
assert got["Parameters"][0]["Value"] == "s3cret", got
told = aws("ssm", "get-parameter", "--name", "/none", code="ParameterNotFound")
assert "An error occurred (ParameterNotFound) when calling the GetParameter operation:" in told
assert [p["Name"] for p in aws("ssm", "get-parameters-by-path", "--path", "/dev", "--recursive")["Parameters"]] == ["/dev/db/password"]
key = aws("kms", "create-key")["KeyMetadata"]["KeyId"]
aws("kms", "create-alias", "--alias-name", "alias/shop", "--target-key-id", key)
assert aws("kms", "describe-key", "--key-id", "alias/shop")["KeyMetadata"]["KeyId"] == key
assert aws("sts", "get-caller-identity")["Arn"] == "arn:aws:iam::123456789012:root"
role = aws("sts", "assume-role", "--role-arn", "arn:aws:iam::123456789012:role/r", "--role-session-name", "me")
assert role["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/r/me"
