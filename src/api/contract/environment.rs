use std::fmt::Write;

use crate::ops::config::{SETTINGS, Setting};

const HEAD: &str = "\
# The settings of PiChat. Copy this file to .env and take the # from what you set; a variable of the environment
# comes before the file. The values here are those that hold where nothing is set.
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
        writeln!(text, "# {other} is accepted as another name.").expect("a String takes every text");
    }
    writeln!(text, "#{}={}", setting.name, setting.default).expect("a String takes every text");
    text
}
