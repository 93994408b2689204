"""The steps of `cargo xtask bench stores` that need an AWS client: seeding, one signed request to repeat, reading one after the other."""

import json
import os
import sys

import boto3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def signed(operation, body):
    """A signed request as its lines and body: it stays valid for five minutes."""
    url = os.environ["AWS_ENDPOINT_URL"]
    host = url.removeprefix("http://")
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"AmazonSSM.{operation}", "Host": host}
    request = AWSRequest(method="POST", url=url + "/", data=json.dumps(body), headers=headers)
    credentials = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
    SigV4Auth(credentials, "ssm", os.environ["AWS_REGION"]).add_auth(request)
    return {"headers": dict(request.headers), "body": json.dumps(body)}


def seed(parameters, secrets):
    ssm, secretsmanager = boto3.client("ssm"), boto3.client("secretsmanager")
    names = [f"/bench/parameter-{number}" for number in range(parameters)]
    for name in names:
        ssm.put_parameter(Name=name, Value="example", Type="SecureString")
    arns = [secretsmanager.create_secret(Name=f"bench/secret-{number}", SecretString="example")["ARN"] for number in range(secrets)]
    references = [{"name": f"P{number}", "valueFrom": name} for number, name in enumerate(names)]
    references += [{"name": f"S{number}", "valueFrom": arn} for number, arn in enumerate(arns)]
    definition = {
        "family": "bench",
        "executionRoleArn": "arn:aws:iam::000000000000:role/bench",
        "containerDefinitions": [{"name": "app", "image": "app", "secrets": references}],
    }
    return {"parameters": names, "secrets": arns, "definition": definition}


def sequential(parameters, secrets):
    ssm, secretsmanager = boto3.client("ssm"), boto3.client("secretsmanager")
    for number in range(parameters):
        ssm.get_parameter(Name=f"/bench/parameter-{number}", WithDecryption=True)
    for number in range(secrets):
        secretsmanager.get_secret_value(SecretId=f"bench/secret-{number}")
    return {}


def main(step, *numbers):
    if step == "seed":
        return seed(*map(int, numbers))
    if step == "sequential":
        return sequential(*map(int, numbers))
    if step == "sign-get":
        ssm = boto3.client("ssm")
        names = [f"/load/{number}" for number in range(10)]
        for name in names:
            ssm.put_parameter(Name=name, Value="example", Type="SecureString")
        return signed("GetParameters", {"Names": names, "WithDecryption": True})
    if step == "sign-put":
        # Every request needs a body, and so a signature, of its own.
        return [signed("PutParameter", {"Name": f"/filled/{number}", "Value": "v", "Type": "String"}) for number in range(10000)]
    raise SystemExit(f"there is no step {step}")


print(json.dumps(main(*sys.argv[1:])))
