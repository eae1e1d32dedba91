use serde_json::{Value, json};

use super::Failure;
use super::output::{OutputError, Table};
use super::remote::{Address, Remote};

/// Prints the counts and rates of a running server, and those of each node; as one JSON object with `as_json`.
pub(super) fn main(address: &Address, as_json: bool) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stats = runtime.block_on(async { Remote::of(address).await?.command(json!({"type":"GET_STATS"})).await })?;
    if as_json {
        return Ok(outln!("{stats}")?);
    }
    print("", &stats)?;
    outln!("")?;
    nodes(&stats["nodes"]).print()?;
    Ok(outln!("\npichat jobs list shows the jobs.")?)
}

/// Prints all fields but the lists.
fn print(prefix: &str, value: &Value) -> Result<(), OutputError> {
    for (name, value) in value.as_object().into_iter().flatten().filter(|(name, _)| *name != "type") {
        let name = if prefix.is_empty() { name.clone() } else { format!("{prefix} {name}") };
        match value {
            Value::Array(_) => {}
            Value::Object(_) => print(&name, value)?,
            Value::String(text) => outln!("{name:<32} {text}")?,
            other => outln!("{name:<32} {other}")?,
        }
    }
    Ok(())
}

fn nodes(nodes: &Value) -> Table {
    let mut table = Table::new(&["node", "connections", "commands/s", "messages/s"]);
    for node in nodes.as_array().into_iter().flatten() {
        let rates = &node["rates"];
        let name = node["name"].as_str().or_else(|| node["node"].as_str()).unwrap_or_default();
        let numbers = [&node["connections"], &rates["commandsPerSecond"], &rates["messagesPerSecond"]];
        table.add([name.to_owned()].into_iter().chain(numbers.map(Value::to_string)).collect());
    }
    table
}
