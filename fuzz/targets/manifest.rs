//! The manifest. Laws: no bytes make it panic; a refusal names a problem; whatever is accepted has a legal name for every secret in every environment,
//! and services name secrets that exist.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sekisho_read::manifest::{manifest, required_version, satisfied};

fuzz_target!(|bytes: &[u8]| {
    let required = required_version("sekisho.toml", bytes);
    match manifest("sekisho.toml", bytes) {
        Err(problems) => assert!(!problems.problems.is_empty()),
        Ok(declaration) => {
            assert_eq!(required, declaration.required_version);
            if let Some(required) = required {
                assert!(satisfied(&required.value, "0.1.0").is_ok());
            }
            for environment in declaration.environments.values() {
                for secret in declaration.secrets.values() {
                    assert!(secret.env.is_some() != !secret.keys.is_empty());
                    assert!(declaration.stored_as(secret, environment, None).is_ok());
                }
            }
            let services = declaration.services.values();
            let named = services.flat_map(|service| service.secrets.iter().chain(service.containers.values().flatten()));
            for secret in named {
                assert!(declaration.secrets.contains_key(&secret.value));
            }
        }
    }
});
