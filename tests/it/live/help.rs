use pichat::api::handlers::TABLE;
use serde_json::{Value, json};

use crate::contract::backends::Place;
use crate::support::{self, Client};

pub async fn help_describes_every_field_of_every_command(place: Place) {
    fn look(command: &str, fields: &Value) {
        for field in fields.as_array().into_iter().flatten() {
            let name = &field["name"];
            let kind = field["type"].as_str().unwrap_or_default();
            assert!(!kind.is_empty() && kind != "anything", "{command}: what is {name}?");
            assert!(!kind.contains("null"), "{command}: {name} is {kind}");
            assert!(!kind.contains(['[', '^', '\\']) && kind != "/", "{command}: {name} is {kind}");
            assert_ne!(field["description"], "", "{command}: the description of {name} is empty");
            let paragraphs = field["description"].as_str().unwrap_or_default().replace("\n\n", "");
            assert!(!paragraphs.contains('\n'), "{command}: the description of {name} has line breaks of the source");
            look(command, &field["fields"]);
        }
    }
    let server = support::start(place).await;
    let mut client = Client::connect(&server.url()).await;
    for row in TABLE {
        let help = client.reply(json!({"type":"HELP","command":row.name.to_lowercase()})).await;
        assert_eq!(help["command"], row.name);
        assert_eq!(help["example"], row.example());
        assert!(help["fields"].is_array(), "{help}");
        look(row.name, &help["fields"]);
    }
}

pub async fn help_lists_fields_in_order_with_nested_fields(place: Place) {
    let server = support::start(place).await;
    let mut client = Client::connect(&server.url()).await;
    let help = client.reply(json!({"type":"HELP","command":"SEND_MESSAGE"})).await;
    let names = |fields: &Value| -> Vec<String> {
        let fields = fields.as_array().expect("fields").iter();
        fields.map(|field| field["name"].as_str().expect("a name").to_owned()).collect()
    };
    let written = ["id", "content", "role", "attachments", "replyTo", "metadata"];
    assert_eq!(names(&help["fields"])[..2], ["chatId", "message"]);
    assert_eq!(names(&help["fields"])[2..], [&written[..], &["opId"]].concat());
    let message = &help["fields"][1];
    assert_eq!((&message["type"], &message["required"]), (&json!("object"), &json!(false)));
    assert_eq!(names(&message["fields"]), written);
    assert_eq!(message["fields"][2]["type"], "user | assistant | system");
    assert_eq!(message["fields"][3]["type"], "list of object");
    assert_eq!(names(&message["fields"][3]["fields"]), ["id", "url", "name", "size", "mimeType", "width", "height"]);
    let help = client.reply(json!({"type":"HELP","command":"GET_CHAT_HISTORY"})).await;
    assert_eq!(help["fields"][0]["required"], true);
    assert_eq!(help["fields"][1]["type"], "whole number, 1 to 200");
}
