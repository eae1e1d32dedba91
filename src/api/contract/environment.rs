use std::fmt::Write;

use crate::ops::config::{SETTINGS, Setting};

const HEAD: &str = "\
# The settings of PiChat. Copy this file to .env and uncomment what you change. Environment variables override the
# file. The values shown are the defaults.
";

/// The text of `env.example`.
pub(super) fn example() -> String {
    SETTINGS.iter().fold(HEAD.to_owned(), |text, setting| text + &paragraph(setting))
}

fn paragraph(setting: &Setting) -> String {
    let mut text = String::new();
    if let Some(heading) = setting.heading {
        write!(text, "\n### {heading}\n").expect("a String takes every text");
    }
    write!(text, "\n# {}\n", setting.help).expect("a String takes every text");
    if let Some(other) = setting.other_name {
        writeln!(text, "# {other} is accepted, too.").expect("a String takes every text");
    }
    writeln!(text, "#{}={}", setting.name, setting.default).expect("a String takes every text");
    text
}
