use sekisho_read::{Dialect, Reading, document};

use crate::describe::{document_of, read, read_with, told, values};

const EVERYTHING: &str = include_str!("../fixtures/cloudformation/everything_beside_a_task_definition.yaml");

#[test]
fn a_template_is_read_with_everything_beside_the_task_definition() {
    let template = read("stack.yaml", EVERYTHING);
    let described = document_of(&template);
    assert!(!described.contains("hunter2"));
    assert!(!format!("{template:?}").contains("hunter2"));
    insta::assert_snapshot!(described, @r#"
    CloudFormation
    Task (Task) at stack.yaml:71:3
    family unrendered ${AWS::StackName} (stack.yaml:74:15)
    arn -
    execution role unrendered ${ExecutionRole.Arn} (stack.yaml:75:25)
    task role -
    compatibility "FARGATE" (stack.yaml:77:33)
    volume credentials unrendered ${Database} (stack.yaml:112:58)
    container "web" (stack.yaml:80:17) at stack.yaml:80:11
      image "nginx:1.27" (stack.yaml:81:18), essential true (stack.yaml:82:22)
      environment "PORT" (stack.yaml:84:23) = Secret(…) (stack.yaml:84:36)
      environment "DEBUG" (stack.yaml:85:23) = Secret(…) (stack.yaml:85:37)
      environment "DATABASE_URL" (stack.yaml:86:21) = Secret(…) (stack.yaml:87:22)
      environment "STAGE" (stack.yaml:88:23) = unrendered ${Environment} (stack.yaml:88:37)
      environment "EXTRA" (stack.yaml:89:63) = Secret(…) (stack.yaml:89:77)
      secret "DB_PASSWORD" (stack.yaml:91:21) = unrendered ${Database} (stack.yaml:92:26) at stack.yaml:91:15
      secret "WHOLE" (stack.yaml:93:21) = unrendered ${Database} (stack.yaml:94:26) at stack.yaml:93:15
      secret "FLAG" (stack.yaml:95:21) = unrendered ${AWS::Partition} (stack.yaml:96:26) at stack.yaml:95:15
      secret "PLAIN" (stack.yaml:97:21) = "/shop/plain" (stack.yaml:98:26) at stack.yaml:97:15
      secret "DYNAMIC" (stack.yaml:99:21) = unrendered {{resolve:ssm:/shop/name}} (stack.yaml:100:26) at stack.yaml:99:15
      secret "EITHER" (stack.yaml:101:21) = unrendered !If IsProduction (stack.yaml:102:26) at stack.yaml:101:15
      secret "ONLY_ELSEWHERE" (stack.yaml:103:63) = "/else" (stack.yaml:103:90) at stack.yaml:103:55
      log driver "splunk" (stack.yaml:105:24)
      option "splunk-token" (stack.yaml:108:25) = unrendered !ImportValue splunk-token-arn (stack.yaml:108:50)
      router - -
      registry -
    Express (Express) at stack.yaml:128:3
    family "front" (stack.yaml:131:20)
    arn -
    execution role unrendered ${ExecutionRole.Arn} (stack.yaml:132:25)
    task role -
    container "primaryContainer" (stack.yaml:134:9) at stack.yaml:134:9
      image "nginx" (stack.yaml:134:16), essential -
      secret "KEY" (stack.yaml:136:27) = "/front/key" (stack.yaml:136:43) at stack.yaml:136:19
      log driver -
      router - -
      registry "registry" (stack.yaml:135:56)
    Daemon (Daemon) at stack.yaml:137:3
    family "agent" (stack.yaml:140:15)
    arn -
    execution role "arn:aws:iam::123456789012:role/daemon" (stack.yaml:141:25)
    task role -
    container "agent" (stack.yaml:143:19) at stack.yaml:143:11
      image "agent" (stack.yaml:143:33), essential -
      secret "KEY" (stack.yaml:143:58) = "/agent/key" (stack.yaml:143:74) at stack.yaml:143:50
      log driver -
      router - -
      registry -
    Service at stack.yaml:113:3
    service - at stack.yaml:116:7
      cluster "shop" (stack.yaml:116:16)
      task definition unrendered ${Task} (stack.yaml:117:23)
      launch type "FARGATE" (stack.yaml:118:19), platform "1.3.0" (stack.yaml:119:24)
      subnet "subnet-1" (stack.yaml:121:42)
      subnet unrendered ${Subnet} (stack.yaml:121:52)
      public address "ENABLED" (stack.yaml:121:111)
      service connect logs to "splunk" (stack.yaml:125:22) at stack.yaml:125:11
        option "splunk-token" (stack.yaml:127:23) = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:splunk-AbCdEf:token::" (stack.yaml:127:48)
      unreadable: unrendered !Ref Groups (stack.yaml:121:82)
    role ExecutionRole named "shop-execution" (stack.yaml:35:17), boundary -
      managed policy unrendered ${AWS::Partition} (stack.yaml:37:11)
    policy ExecutionRole (trust) of []
      Allow ["sts:AssumeRole"] on None at stack.yaml:41:13
    policy ExecutionRole/read (identity) of ["ExecutionRole"]
      Allow ["secretsmanager:GetSecretValue"] on Some(["${Database}", "arn:aws:secretsmanager:*:*:secret:development/*"]) at stack.yaml:49:17
      Allow ["ssm:GetParameters"] on Some(["arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter/shop/*"]) at stack.yaml:54:17
    policy MorePolicy (identity) of ["ExecutionRole"]
      Allow ["kms:Decrypt"] on Some(["*"]) at stack.yaml:63:20
    Secret Database named unrendered ${Environment} (stack.yaml:21:13), type -, key "alias/secrets" (stack.yaml:22:17), generated key "password" (stack.yaml:24:28)
    Parameter Flag named "/shop/flag" (stack.yaml:29:13), type "String" (stack.yaml:30:13), key -, generated key -
    parameter Environment of type "String" (stack.yaml:5:11), default Secret(…) (stack.yaml:6:14), hidden false
    parameter ApiKey of type "String" (stack.yaml:8:11), default Secret(…) (stack.yaml:10:14), hidden true
    stack.yaml:21:13: "" Environment "/database"
    stack.yaml:37:11: "arn:" AWS::Partition ":iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
    stack.yaml:74:15: "" AWS::StackName "-web"
    stack.yaml:75:25: "" ExecutionRole.Arn ""
    stack.yaml:87:22: "" Database ""
    stack.yaml:88:37: "" Environment ""
    stack.yaml:92:26: "" Database ":password::"
    stack.yaml:94:26: "" Database ""
    stack.yaml:96:26: "arn:" AWS::Partition ":ssm:"
    stack.yaml:96:26: ":ssm:" AWS::Region ":"
    stack.yaml:96:26: ":" AWS::AccountId ":parameter/shop/flag"
    stack.yaml:112:58: "" Database ""
    stack.yaml:117:23: "" Task ""
    stack.yaml:121:52: "" Subnet ""
    stack.yaml:121:82: "" Groups ""
    stack.yaml:132:25: "" ExecutionRole.Arn ""
    stack.yaml:70:30: policy-effect
    unreadable: unrendered !Transform (stack.yaml:147:7)
    "#);
}

#[test]
fn values_of_a_template_keep_what_surrounds_a_placeholder() {
    let template = read("stack.yaml", EVERYTHING);
    insta::assert_snapshot!(values(&template.definitions[0]), @r#"
    log option splunk-url (stack.yaml:106:24) = "https://splunk.example.com:8088" (stack.yaml:106:36)
    environment "PORT" (stack.yaml:84:23) = "8080" (stack.yaml:84:36)
    environment "DEBUG" (stack.yaml:85:23) = "false" (stack.yaml:85:37)
    environment "DATABASE_URL" (stack.yaml:86:21) = "postgres://app:hunter2@${Database}/app" (stack.yaml:87:22)
    environment "STAGE" (stack.yaml:88:23) = unrendered ${Environment} (stack.yaml:88:37)
    environment "EXTRA" (stack.yaml:89:63) = "1" (stack.yaml:89:77)
    "#);
}

#[test]
fn region_and_account_are_filled_in_where_they_are_known() {
    let reading =
        Reading { region: Some("cn-north-1".parse().unwrap()), account: Some("123456789012".parse().unwrap()), ..Reading::default() };
    let template = read_with("stack.yaml", EVERYTHING, &reading);
    let flag = template.definitions[0].containers[0].secrets[2].value_from.value().unwrap();
    assert_eq!(flag, "arn:aws-cn:ssm:cn-north-1:123456789012:parameter/shop/flag");
}

#[test]
fn json_and_yaml_say_the_same() {
    let json = r#"{"Resources": {"Task": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": [{"Name": "web", "Image": {"Fn::Sub": "x:${Tag}"},
        "Secrets": [{"Name": "A", "ValueFrom": {"Fn::Join": ["", [{"Ref": "Db"}, ":password::"]]}}, {"Name": "B", "ValueFrom": {"Fn::GetAtt": ["Db", "Id"]}}]}]}}}}"#;
    let yaml = "Resources:\n  Task:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n      ContainerDefinitions:\n        - Name: web\n          Image: !Sub x:${Tag}\n          \
        Secrets:\n            - {Name: A, ValueFrom: !Join ['', [!Ref Db, ':password::']]}\n            - {Name: B, ValueFrom: !GetAtt Db.Id}\n";
    let told = |file: &str, text: &str| {
        let read = read(file, text);
        let symbols: Vec<_> =
            read.symbols.iter().map(|symbol| (symbol.logical_id.clone(), symbol.attribute.clone(), symbol.behind.clone())).collect();
        let because: Vec<_> = read.definitions[0].containers[0].secrets.iter().map(|entry| entry.value_from.because().cloned()).collect();
        (read.dialect, symbols, because)
    };
    assert_eq!(told("a.json", json), told("a.yaml", yaml));
    assert_eq!(told("a.json", json).1[1], ("Db".to_owned(), None, ":password::".to_owned()));
}

#[test]
fn capitals_are_read_outside_a_template_too() {
    let container = r#"{"Name": "api", "Image": "x", "Secrets": [{"Name": "A", "ValueFrom": "/a"}]}"#;
    for text in [
        format!(r#"{{"ContainerDefinitions": [{container}]}}"#),
        format!(r#"{{"TaskDefinition": {{"ContainerDefinitions": [{container}]}}}}"#),
        format!("[{container}]"),
        container.to_owned(),
    ] {
        let read = read("api.json", &text);
        assert_eq!(read.dialect, Dialect::Capitals, "{text}");
        assert_eq!(told(&read.definitions[0].containers[0].secrets[0].value_from).split(' ').next(), Some("\"/a\""), "{text}");
        assert_eq!(read.definitions[0].unreadable, [], "{text}");
    }
}

#[test]
fn functions_within_functions_cost_no_more_than_they_may() {
    let mut sub = "\"x\"".to_owned();
    for _ in 0..40 {
        sub = format!("{{\"Fn::Sub\": [\"${{a}}${{a}}\", {{\"a\": {sub}}}]}}");
    }
    let text = format!(
        r#"{{"Mappings": {{"A": {{"b": {{"c": {{"Fn::FindInMap": ["A", "b", "c"]}}}}}}}}, "Resources": {{"T": {{"Type": "AWS::ECS::TaskDefinition", "Properties": {{"Family": {sub}, "ContainerDefinitions": [{{"Name": {{"Fn::FindInMap": ["A", "b", "c"]}}, "Image": "x"}}]}}}}}}}}"#
    );
    let read = read("stack.json", &text);
    assert!(read.definitions[0].family.as_ref().unwrap().value().is_none());
    assert!(read.definitions[0].containers[0].name.value().is_none());
}

#[test]
fn a_template_without_anything_of_ours_is_a_template() {
    let text = "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Bucket:\n    Type: AWS::S3::Bucket\n";
    let read = document("bucket.yaml", text.as_bytes(), &Reading::default()).unwrap();
    assert_eq!(read.dialect, Dialect::CloudFormation);
    assert!(read.definitions.is_empty() && read.unreadable.is_empty());
}

#[test]
fn a_policy_may_stand_as_a_text() {
    let text = |effect: &str| {
        format!(
            "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      AssumeRolePolicyDocument: |\n        {{\"Statement\": [{{\"Effect\": \"{effect}\",              \"Principal\": {{\"Service\": \"ecs-tasks.amazonaws.com\"}}, \"Action\": \"sts:AssumeRole\"}}]}}\n"
        )
    };
    let role = read("role.yaml", &text("Allow"));
    assert_eq!(role.policies[0].document.statements.len(), 1);
    let problem = &read("role.yaml", &text("Perhaps")).problems[0];
    assert_eq!((problem.code, problem.place.as_ref().unwrap().line), ("policy-effect", 6));
}
