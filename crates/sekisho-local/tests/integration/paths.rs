//! GetParametersByPath and DescribeParameters: paths, filters, pages.

use serde_json::{Value, json};

use crate::aws::{Aws, aws, texts};

fn shop() -> Aws {
    let aws = aws();
    let key = aws.kms_ok("CreateKey", json!({}))["KeyMetadata"]["KeyId"].as_str().unwrap().to_owned();
    aws.kms_ok("CreateAlias", json!({"AliasName": "alias/shop", "TargetKeyId": key}));
    for (name, kind) in
        [("/dev/db/password", "SecureString"), ("/dev/db/user", "String"), ("/dev/key", "SecureString"), ("plain", "StringList")]
    {
        let mut input = json!({"Name": name, "Value": "v", "Type": kind, "Tags": [{"Key": "n", "Value": name}]});
        if name == "/dev/key" {
            input["KeyId"] = json!("alias/shop");
            input["Tier"] = json!("Advanced");
        }
        aws.ssm_ok("PutParameter", input);
    }
    aws
}

#[test]
fn paths_are_walked() {
    let aws = shop();
    let names = |path: &str, recursive: bool| {
        let answer = aws.ssm_ok("GetParametersByPath", json!({"Path": path, "Recursive": recursive, "WithDecryption": true}));
        texts(&answer["Parameters"], "Name")
    };
    assert_eq!(names("/dev", false), ["/dev/key"]);
    assert_eq!(names("/dev/", true), ["/dev/db/password", "/dev/db/user", "/dev/key"]);
    assert_eq!(names("/", false), ["plain"]);
    assert_eq!(names("/de", true), [""; 0]);
    assert_eq!(aws.ssm_error("GetParametersByPath", json!({"Path": "dev"})), "ValidationException");
    assert_eq!(aws.ssm_error("GetParametersByPath", json!({"Path": "/dev", "MaxResults": 11})), "ValidationException");
    let filter = |key: &str, value: &str| json!({"Path": "/dev", "Recursive": true, "ParameterFilters": [{"Key": key, "Option": "Equals", "Values": [value]}]});
    assert_eq!(texts(&aws.ssm_ok("GetParametersByPath", filter("Type", "String"))["Parameters"], "Name"), ["/dev/db/user"]);
    assert_eq!(aws.ssm_error("GetParametersByPath", filter("Name", "x")), "InvalidFilterKey");
    aws.ssm_ok("LabelParameterVersion", json!({"Name": "/dev/db/user", "Labels": ["live"]}));
    let labelled = aws.ssm_ok("GetParametersByPath", filter("Label", "live"));
    assert_eq!(texts(&labelled["Parameters"], "Selector"), [":live"]);
}

#[test]
fn pages_join_to_the_whole() {
    let aws = aws();
    for n in 0..23 {
        aws.ssm_ok("PutParameter", json!({"Name": format!("/p/{n:02}"), "Value": "v", "Type": "String"}));
    }
    let (mut names, mut token, mut pages) = (Vec::new(), Value::Null, 0);
    loop {
        let page = aws.ssm_ok("GetParametersByPath", json!({"Path": "/p", "NextToken": token}));
        names.extend(texts(&page["Parameters"], "Name"));
        pages += 1;
        token = page["NextToken"].clone();
        if token.is_null() {
            break;
        }
    }
    assert_eq!((names.len(), pages), (23, 3));
    assert!(names.is_sorted());
    assert_eq!(aws.ssm_error("GetParametersByPath", json!({"Path": "/p", "NextToken": "forged"})), "InvalidNextToken");
    assert_eq!(aws.ssm_ok("DescribeParameters", json!({"MaxResults": 23})).get("NextToken"), None);
}

#[test]
fn filters_choose() {
    let aws = shop();
    let found = |filters: Value| texts(&aws.ssm_ok("DescribeParameters", json!({"ParameterFilters": filters}))["Parameters"], "Name");
    let one = |key: &str, option: &str, values: &[&str]| json!([{"Key": key, "Option": option, "Values": values}]);
    assert_eq!(found(one("Name", "Equals", &["/dev/key", "/none"])), ["/dev/key"]);
    assert_eq!(found(one("Name", "BeginsWith", &["dev/db"])), ["/dev/db/password", "/dev/db/user"]);
    assert_eq!(found(one("Name", "Contains", &["b/u"])), ["/dev/db/user"]);
    assert_eq!(found(one("Path", "OneLevel", &["/dev"])), ["/dev/key"]);
    assert_eq!(found(one("Path", "Recursive", &["/dev"])).len(), 3);
    assert_eq!(found(one("Type", "Equals", &["StringList"])), ["plain"]);
    assert_eq!(found(one("KeyId", "Equals", &["alias/shop"])), ["/dev/key"]);
    assert_eq!(found(one("KeyId", "Equals", &["alias/aws/ssm"])), ["/dev/db/password"]);
    assert_eq!(found(one("Tier", "Equals", &["Advanced"])), ["/dev/key"]);
    assert_eq!(found(one("DataType", "Equals", &["text"])).len(), 4);
    assert_eq!(found(one("tag:n", "Equals", &["plain"])), ["plain"]);
    assert_eq!(found(json!([{"Key": "tag:n"}])).len(), 4);
    assert_eq!(
        found(json!([{"Key": "Type", "Values": ["SecureString"]}, {"Key": "Path", "Option": "Recursive", "Values": ["/dev/db"]}])),
        ["/dev/db/password"]
    );
    let old = aws.ssm_ok("DescribeParameters", json!({"Filters": [{"Key": "Name", "Values": ["/dev/db"]}]}));
    assert_eq!(old["Parameters"].as_array().unwrap().len(), 2);
    let code = |filters: Value| aws.ssm_error("DescribeParameters", json!({"ParameterFilters": filters}));
    assert_eq!(code(one("Label", "Equals", &["x"])), "InvalidFilterKey");
    assert_eq!(code(one("Name", "OneLevel", &["x"])), "InvalidFilterOption");
    assert_eq!(code(one("Tier", "Equals", &["Gold"])), "InvalidFilterValue");
    assert_eq!(code(one("Other", "Equals", &["x"])), "ValidationException");
    assert_eq!(code(json!([{"Key": "Name"}])), "InvalidFilterValue");
    assert_eq!(code(json!([{"Key": "Name", "Values": ["a"]}, {"Key": "Name", "Values": ["b"]}])), "InvalidFilterKey");
}
