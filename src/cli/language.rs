//! The help in two languages: clap's definition with its texts exchanged.
//!
//! clap's own words (“Usage”, “Options”, “possible values”) are English and fixed; so headings, usage lines, help flags and lists of values are
//! ours in both languages.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::arguments::Arguments;
use super::vietnamese;
use crate::diag::{Lang, msg};

/// Returns the language with a name.
pub(super) fn read(name: &str) -> Option<Lang> {
    match name.trim() {
        "vi" | "" => Some(Lang::Vi),
        "en" => Some(Lang::En),
        _ => None,
    }
}

/// Returns the language that a command line and `KEHOACH_LANG` ask for, before the line is read: its errors have a language too.
pub(super) fn wanted(args: &[OsString], env: Option<&str>) -> Lang {
    let texts: Vec<&str> = args.iter().take_while(|arg| *arg != "--").filter_map(|arg| arg.to_str()).collect();
    let behind = texts.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    let joined = texts.iter().filter_map(|text| text.strip_prefix("--lang="));
    behind.chain(joined).find_map(read).or_else(|| env.and_then(read)).unwrap_or_default()
}

/// Returns the definition of the command line in a language.
pub(super) fn command(lang: Lang) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version).display_order(998);
    let version = version.help(msg!("In số phiên bản", "Print the version").get(lang).to_owned());
    let root = Arguments::command().arg(version).disable_version_flag(true).arg_required_else_help(true);
    localize(root, "kehoach", lang)
}

/// Exchanges the texts of a command and all below it. `path` is what a person types.
fn localize(command: Command, path: &str, lang: Lang) -> Command {
    let mut command = command.disable_help_flag(true).disable_help_subcommand(true);
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).display_order(999);
    command = command.arg(help.help(msg!("In trợ giúp này", "Print this help").get(lang).to_owned()));
    if lang == Lang::Vi
        && let Some(about) = vietnamese::about(path)
    {
        command = command.about(about);
    }
    let alias = command.get_all_aliases().next().map(str::to_owned);
    if let (Some(alias), Some(about)) = (alias, command.get_about().map(ToString::to_string)) {
        command = command.about(format!("{about} [{alias}]"));
    }
    command = command.mut_args(|arg| argument(arg, path, lang));
    let usage = usage(&command, path, lang);
    let uses = msg!("Cách dùng", "Usage");
    command = command
        .override_usage(usage)
        .subcommand_help_heading(either(lang, "Lệnh", "Commands"))
        .help_template(format!("{{about}}\n\n{}: {{usage}}\n\n{{all-args}}\n", uses.get(lang)));
    let below: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in below {
        let path = format!("{path} {name}");
        command = command.mut_subcommand(&name, |sub| localize(sub, &path, lang));
    }
    command
}

fn argument(arg: Arg, path: &str, lang: Lang) -> Arg {
    let heading = if arg.is_positional() { either(lang, "Tham số", "Arguments") } else { either(lang, "Tùy chọn", "Options") };
    let own = matches!(arg.get_id().as_str(), "help" | "version");
    let mut text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    if lang == Lang::Vi && !own {
        text = vietnamese::help(path, arg.get_id().as_str()).unwrap_or(&text).to_owned();
    }
    let takes_values = arg.get_action().takes_values();
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<String> = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if takes_values && !values.is_empty() {
        let list = values.join(", ");
        text.push_str(msg!(" (một trong: {list})", " (one of: {list})").get(lang));
    }
    if takes_values && !default.is_empty() {
        let list = default.join(", ");
        text.push_str(msg!(" [mặc định: {list}]", " [default: {list}]").get(lang));
    }
    let names: Vec<String> = arg.get_value_names().unwrap_or_default().iter().map(ToString::to_string).collect();
    let mut arg = arg.help(text).help_heading(heading);
    if takes_values {
        arg = arg.hide_possible_values(true).hide_default_value(true);
    }
    if let (true, Lang::Vi, Some(name)) = (takes_values, lang, names.first().and_then(|name| vietnamese::value(name))) {
        arg = arg.value_name(name);
    }
    arg
}

/// Returns the word in a language; clap keeps headings for good.
fn either(lang: Lang, vi: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Vi => vi,
        Lang::En => en,
    }
}

fn usage(command: &Command, path: &str, lang: Lang) -> String {
    let mut out = format!("{path} [{}]", msg!("TÙY CHỌN", "OPTIONS").get(lang));
    for arg in command.get_positionals() {
        let name = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
        let many = if matches!(arg.get_action(), ArgAction::Append) { "…" } else { "" };
        let shown = if arg.is_required_set() { format!(" <{name}>{many}") } else { format!(" [{name}]{many}") };
        out.push_str(&shown);
    }
    if command.has_subcommands() {
        out.push_str(msg!(" <LỆNH>", " <COMMAND>").get(lang));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(command: &Command, path: &str, out: &mut Vec<(String, String)>) {
        out.push((path.to_owned(), command.get_about().map(ToString::to_string).unwrap_or_default()));
        for arg in command.get_arguments() {
            out.push((format!("{path} {}", arg.get_id()), arg.get_help().map(ToString::to_string).unwrap_or_default()));
        }
        for sub in command.get_subcommands() {
            all(sub, &format!("{path} {}", sub.get_name()), out);
        }
    }

    #[test]
    fn every_command_and_option_is_described_in_both_languages_and_differently() {
        let (mut vi, mut en) = (Vec::new(), Vec::new());
        all(&command(Lang::Vi), "kehoach", &mut vi);
        all(&command(Lang::En), "kehoach", &mut en);
        assert_eq!(vi.len(), en.len());
        for ((path, vi), (_, en)) in vi.iter().zip(&en) {
            assert!(!vi.trim().is_empty() && !en.trim().is_empty(), "{path} is not described");
            assert_ne!(vi, en, "{path} has no Vietnamese text");
            assert!(!vi.is_ascii(), "{path}: “{vi}” is not Vietnamese");
        }
    }

    #[test]
    fn no_english_word_of_claps_own_is_left_in_vietnamese_help() {
        let mut root = command(Lang::Vi);
        root.build();
        let mut pages = vec![root.render_long_help().to_string()];
        pages.extend(root.get_subcommands().map(|sub| sub.clone().render_long_help().to_string()));
        for page in pages {
            for word in [
                "Usage",
                "Options",
                "Commands",
                "Arguments",
                "Print",
                "possible",
                "default",
                "aliases",
                "COMMAND",
                "OPTIONS",
                "PATH",
                "DIR",
            ] {
                assert!(!page.contains(word), "“{word}” in:\n{page}");
            }
        }
    }

    #[test]
    fn the_translations_name_nothing_that_is_gone() {
        let mut known = Vec::new();
        all(&command(Lang::En), "kehoach", &mut known);
        let known: Vec<String> = known.into_iter().map(|(path, _)| path).collect();
        for path in vietnamese::paths() {
            assert!(known.contains(&path), "{path} is translated but does not exist");
        }
    }

    #[test]
    fn clap_finds_the_definition_sound() {
        command(Lang::Vi).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn the_language_is_known_before_the_line_is_read() {
        let line = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(wanted(&line("kehoach chek --lang en"), None), Lang::En);
        assert_eq!(wanted(&line("kehoach check --lang=vi"), Some("en")), Lang::Vi);
        assert_eq!(wanted(&line("kehoach check -- --lang en"), Some("en")), Lang::En);
        assert_eq!(wanted(&line("kehoach check"), None), Lang::Vi);
    }
}
