use serde_json::{Value, json};

use super::Failure;
use super::output::OutputError;
use super::remote::{Address, Remote};

/// Prints the counts of a running server.
pub(super) fn main(address: &Address) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stats = runtime.block_on(async { Remote::of(address).await?.command(json!({"type":"GET_STATS"})).await })?;
    Ok(print("", &stats)?)
}

fn print(above: &str, value: &Value) -> Result<(), OutputError> {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| *name != "type" && *name != "requestId") {
                let path = if above.is_empty() { name.clone() } else { format!("{above} {name}") };
                print(&path, value)?;
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                print(&format!("{above} {}", place + 1), item)?;
            }
        }
        Value::String(text) => outln!("{above:<36} {text}")?,
        other => outln!("{above:<36} {other}")?,
    }
    Ok(())
}
