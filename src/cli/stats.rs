use serde_json::{Value, json};

use super::Failure;
use super::remote::{Address, Remote};

/// Prints the counts of a running server.
pub(super) fn main(address: &Address) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stats = runtime.block_on(async { Remote::of(address).await?.command(json!({"type":"GET_STATS"})).await })?;
    print("", &stats);
    Ok(())
}

fn print(above: &str, value: &Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| *name != "type" && *name != "requestId") {
                let path = if above.is_empty() { name.clone() } else { format!("{above} {name}") };
                print(&path, value);
            }
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(place, item)| print(&format!("{above} {}", place + 1), item))
        }
        Value::String(text) => outln!("{above:<36} {text}"),
        other => outln!("{above:<36} {other}"),
    }
}
