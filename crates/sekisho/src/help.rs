//! Help and usage errors in both languages.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _, FromArgMatches as _};
use sekisho_report::{Language, Wording};

use crate::cli::Cli;
use crate::stderr;

/// The wording of every room in `language`.
pub(crate) fn wording(language: Language) -> Wording {
    match language {
        Language::English => {
            let files = [
                sekisho_read::FTL_EN,
                sekisho_engine::FTL_EN,
                sekisho_engine::EXPLAIN_FTL_EN,
                sekisho_report::FTL_EN,
                include_str!("../i18n/en.ftl"),
            ];
            Wording::new(language, &files)
        }
        Language::Japanese => {
            let files = [
                sekisho_read::FTL_JA,
                sekisho_engine::FTL_JA,
                sekisho_engine::EXPLAIN_FTL_JA,
                sekisho_report::FTL_JA,
                include_str!("../i18n/ja.ftl"),
            ];
            Wording::new(language, &files)
        }
    }
}

/// The language: `--lang`, `SEKISHO_LANG`, else `LC_ALL`, `LC_MESSAGES`, `LANG`. It is needed before the arguments are parsed, because help is an answer to them.
pub(crate) fn language(arguments: &[OsString]) -> Language {
    let mut words = arguments.iter().map_while(|word| word.to_str().filter(|word| *word != "--"));
    let mut flag = None;
    while let Some(word) = words.next() {
        if word == "--lang" {
            flag = words.next().map(str::to_owned);
        } else if let Some(value) = word.strip_prefix("--lang=") {
            flag = Some(value.to_owned());
        }
    }
    #[expect(clippy::disallowed_methods, reason = "the binary reads the environment")]
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let found =
        flag.or_else(|| variable("SEKISHO_LANG")).or_else(|| ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| variable(name)));
    Language::of_locale(&found.unwrap_or_default())
}

/// The command with its help in the words of `wording`.
pub(crate) fn command(wording: &Wording) -> Command {
    localized(Cli::command(), "help", wording)
}

fn localized(command: Command, path: &str, wording: &Wording) -> Command {
    let say = |id: &str| wording.text(id, &[]);
    let template = format!("{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}", say("usage"));
    let is_root = path == "help";
    let mut order = 0;
    let mut command = command
        .about(say(path))
        .help_template(template)
        .subcommand_help_heading(say("heading-commands"))
        .subcommand_value_name("VERB")
        .mut_args(|arg| {
            let id = if arg.is_global_set() { format!("help--{}", arg.get_id()) } else { format!("{path}--{}", arg.get_id()) };
            let heading = match (arg.is_positional(), arg.is_global_set()) {
                (true, _) => "heading-arguments",
                (false, false) => "heading-options",
                (false, true) => "heading-global",
            };
            // Under headings of ours clap would sort arguments by their ids.
            order += 1;
            let help = say(&id.replace('_', "-")) + &values(&arg, wording);
            let takes_values = arg.get_action().takes_values();
            arg.help(help)
                .help_heading(say(heading))
                .display_order(order)
                .hide_env(true)
                .hide_default_value(takes_values)
                .hide_possible_values(takes_values)
        })
        .mut_subcommands(|sub| {
            let path = format!("{path}-{}", sub.get_name());
            localized(sub, &path, wording)
        });
    if is_root {
        let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).global(true).help(say("help--help"));
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).help(say("help--version"));
        command = command.arg(help.help_heading(say("heading-global"))).arg(version.help_heading(say("heading-global")));
    }
    command
}

/// The default and the possible values of `arg`, which clap itself would tell in English.
fn values(arg: &Arg, wording: &Wording) -> String {
    if !arg.get_action().takes_values() {
        return String::new();
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let possible = arg.get_possible_values();
    let possible: Vec<&str> = possible.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name()).collect();
    let mut told = String::new();
    if !defaults.is_empty() {
        told += &format!(" {}", wording.text("argument-default", &[("value", defaults.join(", "))]));
    }
    if !possible.is_empty() {
        told += &format!(" {}", wording.text("argument-values", &[("values", possible.join(", "))]));
    }
    told
}

/// The parsed command line, or the code to exit with after help or an error was shown.
pub(crate) fn parse(arguments: Vec<OsString>, wording: &Wording) -> Result<Cli, ExitCode> {
    let mut command = command(wording);
    let parsed = command.try_get_matches_from_mut(arguments).and_then(|mut matches| Cli::from_arg_matches_mut(&mut matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is no failure of help.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        _ => {
            stderr::print(usage_error(&error, &mut command, wording));
            ExitCode::from(2)
        }
    })
}

fn usage_error(error: &clap::Error, command: &mut Command, wording: &Wording) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let id = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "usage-invalid-value",
        // What is no flag may be a value that somebody typed where it does not belong: it is not repeated.
        ErrorKind::UnknownArgument if !context(ContextKind::InvalidArg).starts_with('-') => "usage-too-many",
        ErrorKind::UnknownArgument => "usage-unknown-argument",
        ErrorKind::InvalidSubcommand => "usage-unknown-verb",
        ErrorKind::MissingRequiredArgument => "usage-missing-argument",
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "usage-missing-verb",
        ErrorKind::ArgumentConflict => "usage-conflict",
        ErrorKind::InvalidUtf8 => "usage-not-utf8",
        _ => "usage-other",
    };
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue].map(context);
    let suggestion = suggested.into_iter().find(|text| !text.is_empty()).unwrap_or_else(|| "none".to_owned());
    let valid = context(ContextKind::ValidValue);
    let args = [
        ("argument", context(ContextKind::InvalidArg)),
        ("verb", context(ContextKind::InvalidSubcommand)),
        ("other", context(ContextKind::PriorArg)),
        ("valid", if valid.is_empty() { "none".to_owned() } else { valid }),
        ("suggestion", suggestion.clone()),
    ];
    let mut out = format!("{}: {}\n", wording.text("severity-error", &[]), wording.text(id, &args));
    if suggestion != "none" {
        out += &format!("  {}\n", wording.text("usage-suggestion", &args));
    }
    // The usage of the verb that was meant; clap's own word in front of it is English.
    let of_verb = context(ContextKind::Usage);
    let usage = if of_verb.is_empty() { command.render_usage().to_string() } else { of_verb };
    let usage = usage.trim_start_matches("Usage:").trim();
    let verb: Vec<&str> = usage.split_whitespace().take_while(|word| !word.starts_with(['[', '<', '-'])).collect();
    let more = wording.text("usage-more", &[("command", format!("{} --help", verb.join(" ")))]);
    out += &format!("\n{}: {usage}\n{more}\n", wording.text("usage", &[]));
    out
}
