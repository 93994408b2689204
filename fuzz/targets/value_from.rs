//! The grammar of references. Laws: no text makes it panic; what it prints is what it read; what it understood as an ARN means the same when it is
//! printed from its parts; the flaws lie within the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_model::ValueFrom;
use sekisho_model::value_from::{Form, Surroundings};

fuzz_target!(|text: &str| {
    let parsed = ValueFrom::parse(text);
    assert_eq!(parsed.to_string(), text);
    match &parsed.form {
        Form::Secret(reference) => {
            let again = ValueFrom::parse(&reference.to_string());
            assert_eq!(again.form, parsed.form, "printed as {reference}");
        }
        Form::ParameterArn { arn, .. } => assert_eq!(ValueFrom::parse(&arn.to_string()).form, parsed.form, "printed as {arn}"),
        _ => {}
    }
    let surroundings = Surroundings { region: "ap-northeast-1".parse().ok(), account: "123456789012".parse().ok() };
    let registry = ValueFrom::parse_registry_credentials(text);
    let flaws = parsed.flaws.iter().cloned().chain(registry.flaws).chain(parsed.flaws_in(&surroundings));
    for flaw in flaws {
        assert!(flaw.span.start <= flaw.span.end && text.get(flaw.span.start..flaw.span.end).is_some(), "{flaw:?}");
    }
});
