use std::fmt::Write;

use serde_json::Value;

use crate::api::command::Field;

use super::schemas::{CommandSchema, Contract, EventSchema, access};

/// The reference: one page generated from the table of commands and the schemas. Its script and style are next to those
/// of the chat page.
pub(super) fn page(contract: &Contract) -> String {
    let commands: String = contract.commands.iter().map(command).collect();
    let events: String = contract.events.iter().map(|(name, event)| frame(name, event)).collect();
    let objects: String = contract.definitions.iter().map(|(name, schema)| object(name, schema)).collect();
    let names = contract.commands.iter().map(|command| command.row.name);
    let menu = menu("Commands", names)
        + &self::menu("Replies and events", contract.events.keys().map(String::as_str))
        + &self::menu("Objects", contract.definitions.keys().map(String::as_str));
    include_str!("reference.html")
        .replace("{menu}", &menu)
        .replace("{commands}", &commands)
        .replace("{events}", &events)
        .replace("{objects}", &objects)
}

fn menu<'a>(title: &str, names: impl Iterator<Item = &'a str>) -> String {
    names.fold(format!("<h2>{title}</h2>\n"), |menu, name| menu + &format!("<a href=\"#{name}\">{name}</a>\n"))
}

fn command(command: &CommandSchema) -> String {
    let row = command.row;
    let reply = (row.reply_type)();
    let mut fields = String::new();
    row.fields_in_words().iter().for_each(|field| field_row(&mut fields, field, ""));
    let example = serde_json::to_string_pretty(&row.example()).unwrap_or_default();
    let others: Vec<&str> = row.aliases.iter().map(|alias| alias.name).collect();
    let others = if others.is_empty() { String::new() } else { format!(" Also called {}.", others.join(", ")) };
    let socket = if row.needs_connection { chip("WebSocket only") } else { String::new() };
    format!(
        "<section class=\"entry\" id=\"{name}\" data-command data-area=\"{area}\">\n<h3>{name}{access}{socket}</h3>\n<p>{summary}{others}</p>\n{fields}\
         <pre>{example}</pre>\n<p>Reply: {reply}</p>\n</section>\n",
        name = row.name,
        area = row.area.name(),
        access = chip(access(row.access)),
        summary = escaped(row.summary),
        fields = table(&fields),
        example = escaped(&example),
        reply = link(&reply),
    )
}

fn field_row(rows: &mut String, field: &Field, above: &str) {
    let within = if above.is_empty() { "" } else { " class=\"within\"" };
    let needed = if field.required { " <span class=\"needed\" title=\"needed\">*</span>" } else { "" };
    let name = escaped(&field.name);
    let kind = escaped(&field.kind);
    let text = escaped(&field.description);
    let _ =
        writeln!(rows, "<tr><td{within}><code>{above}{name}</code>{needed}</td><td>{kind}</td><td>{text}</td></tr>");
    let path = format!("{above}{}.", field.name);
    field.fields.iter().for_each(|inner| field_row(rows, inner, &path));
}

fn frame(name: &str, event: &EventSchema) -> String {
    let unasked = event.class.map(|class| chip(&format!("event: {}", class.name()))).unwrap_or_default();
    let rows = properties(&Value::Object(event.schema.clone()));
    let summary = escaped(&event.summary);
    let fields = table(&rows);
    format!("<section class=\"entry\" id=\"{name}\">\n<h3>{name}{unasked}</h3>\n<p>{summary}</p>\n{fields}</section>\n")
}

/// An object with its fields, or a choice with its alternatives.
fn object(name: &str, schema: &Value) -> String {
    let summary = escaped(schema["description"].as_str().unwrap_or_default());
    let inside = match schema["properties"].is_object() {
        true => table(&properties(schema)),
        false => format!("<p>{}</p>\n", kind(schema)),
    };
    format!("<section class=\"entry\" id=\"{name}\">\n<h3>{name}</h3>\n<p>{summary}</p>\n{inside}</section>\n")
}

/// The fields of a frame or object, one row each, without those that every command has.
fn properties(schema: &Value) -> String {
    let required = |name: &str| schema["required"].as_array().is_some_and(|names| names.iter().any(|one| one == name));
    let mut rows = String::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        if ["type", "requestId", "opId", "traceparent"].contains(&name.as_str()) {
            continue;
        }
        let always = if required(name) { "" } else { "?" };
        let text = escaped(field["description"].as_str().unwrap_or_default());
        let _ = writeln!(rows, "<tr><td><code>{name}{always}</code></td><td>{}</td><td>{text}</td></tr>", kind(field));
    }
    rows
}

fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next()) {
        return link(name);
    }
    if let Some(choices) = ["anyOf", "oneOf", "enum"].into_iter().find_map(|name| schema[name].as_array()) {
        return choices.iter().map(kind).collect::<Vec<_>>().join(" | ");
    }
    match (schema["const"].as_str().or(schema.as_str()), schema["type"].as_str()) {
        (Some(word), _) => format!("<code>{}</code>", escaped(word)),
        (_, Some("array")) => format!("list of {}", kind(&schema["items"])),
        (_, Some("string")) if schema["format"] == "date-time" => "time".into(),
        (_, Some("integer")) => "whole number".into(),
        (_, Some("boolean")) => "true | false".into(),
        (_, Some(other)) => escaped(other),
        _ => "anything".into(),
    }
}

fn table(rows: &str) -> String {
    if rows.is_empty() {
        return "<p>No fields.</p>\n".into();
    }
    format!("<table>\n<tr><th>field</th><th>value</th><th>meaning</th></tr>\n{rows}</table>\n")
}

fn chip(text: &str) -> String {
    format!(" <span class=\"chip\">{}</span>", escaped(text))
}

fn link(name: &str) -> String {
    format!("<a href=\"#{name}\"><code>{name}</code></a>")
}

/// Escapes text for a page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::error::Code;

    #[test]
    fn text_is_html_escaped() {
        assert_eq!(escaped("<b a=\"c\">&</b>"), "&lt;b a=&quot;c&quot;&gt;&amp;&lt;/b&gt;");
    }

    #[test]
    fn every_code_has_a_meaning() {
        let page = page(&Contract::new());
        for code in Code::ALL {
            let row = format!("<td><code>{}</code></td><td>{}</td><td>", code.name(), code.http_status());
            assert!(page.contains(&row), "{} has no explanation", code.name());
        }
    }

    #[test]
    fn every_internal_link_has_a_target() {
        let page = page(&Contract::new());
        for (place, _) in page.match_indices("href=\"#") {
            let name = page[place + 7..].split('"').next().unwrap_or_default();
            assert!(page.contains(&format!("id=\"{name}\"")), "no target named {name}");
        }
    }
}
