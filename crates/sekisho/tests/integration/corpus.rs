//! Real task definitions by other people, read where they lie; what is written is written to a copy.

mod needs_corpus {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use serde_json::{Value, json};

    use crate::world::{Said, World, repository};

    const REGION: &str = "us-east-1";
    const ACCOUNT: &str = "123456789012";
    /// Registry credentials have a form of their own and are never generated.
    const CREDENTIALS: &str = r#"{"repositoryCredentials": "{\"username\":\"somebody\",\"password\":\"something\"}"}"#;

    /// The files that are plain JSON, with what they say.
    fn corpus() -> Vec<(PathBuf, Value)> {
        let directory = repository().join("../shared/corpus/taskdefs");
        let entries = std::fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
        let mut files: Vec<(PathBuf, Value)> = entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .filter_map(|path| Some((path.clone(), serde_json::from_slice(&std::fs::read(path).unwrap()).ok()?)))
            .collect();
        files.sort_by(|(a, _), (b, _)| a.cmp(b));
        assert!(files.len() >= 20, "{} files only", files.len());
        files
    }

    /// How often a member that names a secret stands anywhere in `value`.
    fn count(value: &Value) -> usize {
        match value {
            Value::Object(members) => {
                let own = |name: &String, value: &Value| {
                    usize::from(value.is_string() && (name == "valueFrom" || name == "credentialsParameter"))
                };
                members.iter().map(|(name, value)| own(name, value) + count(value)).sum()
            }
            Value::Array(items) => items.iter().map(count).sum(),
            _ => 0,
        }
    }

    fn report(said: &Said) -> Value {
        serde_json::from_str(&said.out).unwrap_or_else(|error| panic!("{error}: {said:?}"))
    }

    fn list<'a>(report: &'a Value, member: &str) -> &'a Vec<Value> {
        report[member].as_array().unwrap()
    }

    fn rules(report: &Value) -> BTreeSet<&str> {
        list(report, "findings").iter().map(|finding| finding["name"].as_str().unwrap()).collect()
    }

    fn verify(world: &World, file: &Path, more: &[&str], stdin: &str) -> Said {
        let file = file.to_str().unwrap();
        let words =
            ["verify", "--task-definition", file, "--endpoint-url", "local", "--region", REGION, "--state", "aws", "--output", "json"];
        world.run_stdin(&[&words, more].concat(), stdin)
    }

    #[test]
    fn every_reference_of_every_file_is_listed() {
        let mut references = 0;
        for (file, definition) in corpus() {
            let said = verify(&World::empty(), &file, &[], "");
            let report = report(&said);
            let verdicts = list(&report, "verdicts");
            let unreadable = list(&report, "findings").iter().filter(|finding| finding["name"] == "unreadable-leaf").count();
            // What stands where it cannot stand is no reference, and is reported by itself.
            assert!(
                verdicts.len() <= count(&definition) && verdicts.len() + unreadable >= count(&definition),
                "{}: {report:#}",
                file.display()
            );
            assert_eq!(report["counts"]["references"], verdicts.len());
            let of = |verdict: &str| verdicts.iter().filter(|other| other["verdict"] == verdict).count();
            assert_eq!(of("pass"), 0, "nothing exists yet: {report:#}");
            let errors =
                list(&report, "findings").iter().filter(|finding| finding["undecided"] == false && finding["severity"] != "note").count();
            let expected = match (of("fail") + errors, of("cannot-tell")) {
                (1.., _) => 1,
                (0, 1..) => 3,
                (0, 0) => 0,
            };
            assert_eq!(said.code, expected, "{}: {report:#}", file.display());
            // Each verdict that is no pass has a finding that says why.
            for verdict in verdicts {
                assert!(list(&report, "findings").iter().any(|finding| finding["address"] == verdict["subject"]), "{verdict:#}");
            }
            references += verdicts.len();
        }
        assert!(references >= 20, "{references} references only");
    }

    #[test]
    fn files_that_are_no_json_are_refused_with_the_place() {
        let directory = repository().join("../shared/corpus/taskdefs");
        let all = std::fs::read_dir(directory).unwrap().flatten().map(|entry| entry.path());
        let plain: Vec<PathBuf> = corpus().into_iter().map(|(file, _)| file).collect();
        let mut refused = 0;
        for file in all.filter(|file| !plain.contains(file)) {
            let said = verify(&World::empty(), &file, &[], "");
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            // What others left in a file, such as a comma too few, is read over and told; Jsonnet is another language.
            if file.extension().is_some_and(|extension| extension == "jsonnet") {
                assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
                assert!(said.err.contains(&format!("{name}:")), "{said:?}");
            } else {
                assert!(rules(&report(&said)).contains("tolerated-syntax"), "{said:?}");
                assert!(said.out.contains(&name), "{said:?}");
            }
            refused += 1;
        }
        assert!(refused >= 1);
    }

    #[test]
    fn what_can_be_looked_up_is_created_and_found_the_second_time() {
        let mut created = 0;
        for (file, _) in corpus() {
            let world = World::empty();
            let first = report(&verify(&world, &file, &["--create", "--generate", "--stdin"], CREDENTIALS));
            let second = report(&verify(&world, &file, &["--create", "--generate", "--stdin"], CREDENTIALS));
            let wanted =
                list(&report(&verify(&World::empty(), &file, &[], "")), "verdicts").iter().filter(|verdict| verdict["store"] != "").count();
            assert_eq!(list(&first, "changes").len(), wanted, "{}: {first:#}", file.display());
            assert_eq!(list(&second, "changes").len(), 0, "{second:#}");
            assert!(!rules(&second).contains("missing-parameter") && !rules(&second).contains("missing-secret"), "{second:#}");
            created += wanted;
        }
        assert!(created >= 4, "{created} created only");
    }

    /// `text` with what ecspresso, Terraform or a person would have put into its placeholders. Where a whole reference is to be filled in, it becomes the
    /// complete ARN of a secret.
    fn rendered(text: &str) -> String {
        let known = [
            ("Partition", "aws"),
            ("Region", REGION),
            ("RegionID", REGION),
            ("Account", ACCOUNT),
            ("AccountID", ACCOUNT),
            ("AWS_ACCOUNT_ID", ACCOUNT),
            ("SecretId", "app/token-Xy12Zw"),
        ];
        let arn = |name: &str| format!("arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{}-Ab1Cd2", name.to_lowercase());
        let word = regex_lite::Regex::new(r"^[^A-Za-z]*(?:must_env\s+`)?([A-Za-z_][\w-]*)").unwrap();
        let named = |placeholder: &str| word.captures(placeholder).map_or_else(|| "x".to_owned(), |found| found[1].to_owned());
        let whole = regex_lite::Regex::new(r#"("valueFrom"\s*:\s*)"(?:\$\{([^}"]+)\}|<([^>"]+)>)""#).unwrap();
        let text = whole.replace_all(text, |found: &regex_lite::Captures<'_>| {
            let name = found.get(2).or(found.get(3)).unwrap().as_str();
            format!("{}\"{}\"", &found[1], arn(&named(name)))
        });
        let part = regex_lite::Regex::new(r"\$\{([^}]+)\}|\{\{([^}]+)\}\}").unwrap();
        let text = part.replace_all(&text, |found: &regex_lite::Captures<'_>| {
            let name = named(found.get(1).or(found.get(2)).unwrap().as_str());
            known.iter().find(|(other, _)| *other == name).map_or_else(|| name.to_lowercase(), |(_, value)| (*value).to_owned())
        });
        text.replace("secretsmanager:region:aws_account_id:", &format!("secretsmanager:{REGION}:{ACCOUNT}:"))
    }

    /// The file as ECS would have it: rendered, what it lacks to be registered added.
    fn registered(file: &Path) -> Value {
        let text = std::fs::read_to_string(file).unwrap();
        let mut definition: Value = serde_json::from_str(&rendered(&text)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        // Some files are the list of containers only, or one container.
        definition = match definition {
            Value::Array(containers) => json!({ "family": "app", "containerDefinitions": containers }),
            Value::Object(ref members) if !members.contains_key("containerDefinitions") && members.contains_key("image") => {
                json!({ "family": "app", "containerDefinitions": [definition] })
            }
            other => other,
        };
        definition["executionRoleArn"] = format!("arn:aws:iam::{ACCOUNT}:role/execution").into();
        if let Some(containers) = definition["containerDefinitions"].as_array_mut() {
            for container in containers {
                let options = &mut container["logConfiguration"]["secretOptions"];
                if options.is_object() {
                    *options = json!([options.clone()]);
                }
                if container["logConfiguration"]["logDriver"].is_null() {
                    container.as_object_mut().unwrap().remove("logConfiguration");
                }
            }
        }
        definition
    }

    /// `OPTION_NUMBER` for each secret option of a container that logs through FireLens.
    fn secret_options(containers: &[&Value]) -> Vec<String> {
        let mut options = Vec::new();
        for (number, container) in containers.iter().enumerate() {
            let logging = &container["logConfiguration"];
            if logging["logDriver"] == "awsfirelens" {
                let own = logging["secretOptions"].as_array().into_iter().flatten();
                options.extend(own.map(|option| format!("{}_{number}", option["name"].as_str().unwrap())));
            }
        }
        options
    }

    /// Names and values that `env -0` printed.
    fn environment(out: &str) -> BTreeMap<&str, &str> {
        out.split('\0').filter_map(|entry| entry.split_once('=')).collect()
    }

    #[test]
    fn what_would_be_registered_is_filled_passes_and_runs() {
        let mut references = 0;
        let mut run = 0;
        for (file, _) in corpus() {
            let definition = registered(&file);
            let world = World::with_manifest(&format!(
                "[project]\nname = \"corpus\"\nregion = \"{REGION}\"\n[environments.test]\naccount = \"{ACCOUNT}\"\nstore = \"ssm\"\nendpoint = \"local\"\n\
                 [services.app]\ntask_definition = \"app.json\"\n"
            ));
            world.write("app.json", definition.to_string());
            let words = ["verify", "test", "--state", "aws", "--output", "json", "--create", "--generate", "--stdin"];
            let first = report(&world.run_stdin(&words, CREDENTIALS));
            let second = report(&world.run_stdin(&words, CREDENTIALS));
            let verdicts = list(&second, "verdicts");
            assert_eq!(verdicts.len(), count(&definition), "{}: {second:#}", file.display());
            assert!(verdicts.iter().all(|verdict| verdict["verdict"] == "pass"), "{}: {second:#}", file.display());
            assert_eq!(list(&second, "changes").len(), 0, "{second:#}");
            let distinct: BTreeSet<&str> = list(&first, "changes").iter().map(|change| change["target"].as_str().unwrap()).collect();
            assert_eq!(distinct.len(), list(&first, "changes").len(), "each is made once: {first:#}");
            references += verdicts.len();

            let containers: Vec<&Value> = definition["containerDefinitions"].as_array().into_iter().flatten().collect();
            for container in &containers {
                let Some(name) = container["name"].as_str() else { continue };
                let words = ["run", "test", "app", "--state", "aws", "--container", name, "--clean", "--", "/usr/bin/env", "-0"];
                let said = world.run(&words);
                assert_eq!(said.code, 0, "{}: {said:?}", file.display());
                let seen = environment(&said.out);
                let mut expected = BTreeSet::new();
                for secret in container["secrets"].as_array().into_iter().flatten() {
                    let name = secret["name"].as_str().unwrap();
                    assert_eq!(seen.get(name).map(|value| value.len()), Some(32), "{}: {name} {said:?}", file.display());
                    expected.insert(name);
                }
                for variable in container["environment"].as_array().into_iter().flatten() {
                    let name = variable["name"].as_str().unwrap();
                    if expected.insert(name) {
                        assert_eq!(seen.get(name).copied(), variable["value"].as_str(), "{}: {name}", file.display());
                    }
                }
                // The router gets the secret options of those that log through it, numbered by container.
                let routed = if container["firelensConfiguration"].is_null() { Vec::new() } else { secret_options(&containers) };
                for option in &routed {
                    assert_eq!(seen.get(option.as_str()).map(|value| value.len()), Some(32), "{}: {option} {said:?}", file.display());
                    expected.insert(option);
                }
                let added: Vec<&&str> = seen.keys().filter(|name| !expected.contains(**name)).collect();
                assert!(added.iter().all(|name| ["AWS_REGION", "AWS_DEFAULT_REGION"].contains(*name)), "{}: {added:?}", file.display());
                run += 1;
            }
        }
        assert!(references >= 25 && run >= 25, "{references} references, {run} containers run");
    }

    #[test]
    fn a_secret_gets_the_suffix_that_its_reference_pins() {
        let world = World::empty();
        let (file, _) = corpus().into_iter().find(|(file, _)| file.to_string_lossy().contains("ecs-task-def-daemon")).unwrap();
        world.write("app.json", registered(&file).to_string());
        let said = verify(&world, Path::new("app.json"), &["--create", "--generate"], "");
        assert_eq!(said.code, 0, "{said:?}");
        let report = report(&said);
        let suffixed = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:ecspresso-test/baz-06XQOH";
        assert!(list(&report, "changes").iter().any(|change| change["target"] == suffixed), "{report:#}");
    }
}
