//! Problems as people would read them.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use sekisho_read::{FTL_EN, FTL_JA, Problem, Problems};

pub(crate) type Bundle = FluentBundle<FluentResource>;

/// The wording in `language`, `en` or `ja`.
pub(crate) fn bundle(language: &str) -> Bundle {
    let source = if language == "ja" { FTL_JA } else { FTL_EN };
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
    let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).unwrap();
    bundle
}

/// Message and remedy of `problem`; every argument that the wording asks for must be there.
pub(crate) fn speak(bundle: &Bundle, problem: &Problem) -> (String, String) {
    let message = bundle.get_message(problem.code).unwrap_or_else(|| panic!("no message for {}", problem.code));
    let args: FluentArgs = problem.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let format = |pattern| {
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        assert!(errors.is_empty(), "{}: {errors:?}", problem.code);
        text
    };
    (format(message.value().unwrap()), format(message.get_attribute("remedy").unwrap().value()))
}

/// Every problem as `place: message` and, on a line of its own, the remedy.
pub(crate) fn render(language: &str, problems: &Problems) -> String {
    let bundle = bundle(language);
    let lines = problems.problems.iter().map(|problem| {
        let (message, remedy) = speak(&bundle, problem);
        let place = problem.place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
        format!("{place}{message}\n  = {remedy}\n")
    });
    lines.collect()
}
