use serde_json::{Value, json};

use super::Failure;
use super::remote::{Address, Remote};
use crate::ops::config;

/// Prints the counts of a running server.
pub(super) fn main(address: &Address) -> Result<(), Failure> {
    let environment = config::environment()?;
    let look = |name: &str| environment(name).filter(|value| !value.is_empty());
    let url = address.url.clone().unwrap_or_else(|| own_url(&look));
    let token = address.token.clone().or_else(|| look("API_TOKEN"));
    let token = token.ok_or("give the token of a moderator or admin with --token, or set API_TOKEN")?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let stats = runtime
        .block_on(async { Remote::connect(&url, Some(&token)).await?.command(json!({"type":"GET_STATS"})).await })?;
    print("", &stats);
    Ok(())
}

/// Where the settings say that the server of this machine is.
fn own_url(look: &dyn Fn(&str) -> Option<String>) -> String {
    let port = look("PORT").or_else(|| look("SERVER_PORT")).unwrap_or_else(|| "8080".into());
    let host = look("HOST").filter(|host| host != "0.0.0.0" && host != "::").unwrap_or_else(|| "127.0.0.1".into());
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    let scheme = if look("TLS_CERT").is_some() { "wss" } else { "ws" };
    format!("{scheme}://{host}:{port}/ws")
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
