use super::Failure;
use crate::api::contract;

/// Prints the whole contract as AsyncAPI, or the schema of one command, reply or event.
pub(super) fn main(name: Option<&str>, list: bool) -> Result<(), Failure> {
    let files = contract::files();
    let names = files.keys().filter_map(|path| name_of(path));
    if list {
        for name in names {
            outln!("{name}")?;
        }
        return Ok(());
    }
    let Some(name) = name else {
        out!("{}", files["protocol/asyncapi.json"])?;
        return Ok(());
    };
    let upper = name.to_ascii_uppercase();
    let places = ["commands", "events"].map(|folder| format!("protocol/{folder}/{upper}.json"));
    match places.iter().find_map(|place| files.get(place)) {
        Some(text) => out!("{text}")?,
        None => {
            let hint = match crate::protocol::wire::nearest(&upper, names) {
                Some(meant) => format!("did you mean {meant}?"),
                None => "pichat schema --list prints all names".into(),
            };
            return Err(format!("there is no command, reply or event {name}; {hint}").into());
        }
    }
    Ok(())
}

fn name_of(path: &str) -> Option<&str> {
    let path = path.strip_prefix("protocol/commands/").or_else(|| path.strip_prefix("protocol/events/"))?;
    path.strip_suffix(".json")
}
