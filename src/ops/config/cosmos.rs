use secrecy::SecretString;

use super::{BadSetting, SettingSource, unknown_sign_in};

/// An Azure Cosmos DB account and the names of its database and containers.
#[derive(Clone, Debug)]
pub struct CosmosAccount {
    /// `https://NAME.documents.azure.com:443/`.
    pub endpoint: String,
    /// The credential.
    pub credential: CosmosCredential,
    /// The database.
    pub database: String,
    /// The container for channel names and the list of channels.
    pub chats: String,
    /// The container for chats with their members and messages.
    pub messages: String,
    /// The container of users.
    pub users: String,
    /// The container of settings.
    pub settings: String,
}

/// A credential for the account.
#[derive(Clone, Debug)]
pub enum CosmosCredential {
    /// The account's key, which can also create databases and containers.
    Key(SecretString),
    /// The machine's managed identity in Azure; its client id if there are several.
    ManagedIdentity(Option<String>),
    /// The workload identity in Kubernetes.
    WorkloadIdentity,
    /// An application's client secret.
    ClientSecret {
        /// The directory.
        tenant_id: String,
        /// The application.
        client_id: String,
        /// The application's secret.
        secret: SecretString,
    },
    /// The user who is logged in to the Azure CLI on this machine.
    Developer,
}

impl SettingSource<'_> {
    pub(super) fn cosmos(&self) -> Result<CosmosAccount, BadSetting> {
        let missing = |name: &'static str| BadSetting {
            name: name.into(),
            problem: "must be set for a cosmos:// database".into(),
        };
        let endpoint = self.given("COSMOS_ENDPOINT").ok_or_else(|| missing("COSMOS_ENDPOINT"))?;
        if !endpoint.starts_with("https://") && !endpoint.starts_with("http://") {
            let problem = format!("{endpoint:?} is not an address such as https://NAME.documents.azure.com:443/");
            return Err(BadSetting { name: "COSMOS_ENDPOINT".into(), problem });
        }
        Ok(CosmosAccount {
            endpoint,
            credential: self.cosmos_credential()?,
            database: self.text("COSMOS_DATABASE"),
            chats: self.text("COSMOS_CONTAINER_CHATS"),
            messages: self.text("COSMOS_CONTAINER_MESSAGES"),
            users: self.text("COSMOS_CONTAINER_USERS"),
            settings: self.text("COSMOS_CONTAINER_SETTINGS"),
        })
    }

    fn cosmos_credential(&self) -> Result<CosmosCredential, BadSetting> {
        if let Some(key) = self.given("COSMOS_KEY") {
            return Ok(CosmosCredential::Key(key.into()));
        }
        let needed = |name: &'static str| {
            let problem = "must be set if COSMOS_AUTH is client-secret".into();
            self.given(name).ok_or(BadSetting { name: name.into(), problem })
        };
        match self.given("COSMOS_AUTH").as_deref() {
            None => Err(BadSetting {
                name: "COSMOS_KEY".into(),
                problem: "set the account's key, or COSMOS_AUTH for another way to sign in".into(),
            }),
            Some("managed-identity") => Ok(CosmosCredential::ManagedIdentity(self.given("AZURE_CLIENT_ID"))),
            Some("workload-identity") => Ok(CosmosCredential::WorkloadIdentity),
            Some("client-secret") => Ok(CosmosCredential::ClientSecret {
                tenant_id: needed("AZURE_TENANT_ID")?,
                client_id: needed("AZURE_CLIENT_ID")?,
                secret: needed("AZURE_CLIENT_SECRET")?.into(),
            }),
            Some("developer") => Ok(CosmosCredential::Developer),
            Some(other) => Err(unknown_sign_in(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ops::config::{Config, CosmosCredential, Database};

    fn database(own: &[(&str, &str)]) -> Result<Database, String> {
        let lookup = |name: &str| own.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        Config::from_lookup(&lookup).map(|config| config.database).map_err(|error| error.to_string())
    }

    const ENDPOINT: (&str, &str) = ("COSMOS_ENDPOINT", "https://name.documents.azure.com:443/");

    #[test]
    fn a_database_url_takes_precedence_over_a_cosmos_endpoint() {
        let key = ("COSMOS_KEY", "secret");
        let Ok(Database::Cosmos(account)) = database(&[ENDPOINT, key]) else { panic!("not cosmos") };
        assert_eq!((&*account.endpoint, &*account.database, &*account.users), (ENDPOINT.1, "pichat", "users"));
        assert!(!format!("{account:?}").contains("secret"));
        let other = database(&[ENDPOINT, key, ("DATABASE_URL", "sqlite://a.db")]);
        assert!(!matches!(other, Ok(Database::Cosmos(_))), "{other:?}");
    }

    #[test]
    fn missing_and_invalid_settings_are_named() {
        let url = ("DATABASE_URL", "cosmos://");
        let secret = [url, ENDPOINT, ("COSMOS_AUTH", "client-secret"), ("AZURE_TENANT_ID", "t")];
        for (settings, named) in [
            (&[url][..], "COSMOS_ENDPOINT"),
            (&[url, ("COSMOS_ENDPOINT", "name")], "COSMOS_ENDPOINT"),
            (&[url, ENDPOINT], "COSMOS_KEY"),
            (&[url, ENDPOINT, ("COSMOS_AUTH", "magic")], "COSMOS_AUTH"),
            (&secret, "AZURE_CLIENT_ID"),
        ] {
            let error = database(settings).expect_err(named);
            assert!(error.starts_with(named), "{error}");
        }
        let developer = database(&[url, ENDPOINT, ("COSMOS_AUTH", "developer")]);
        let Ok(Database::Cosmos(account)) = developer else { panic!("{developer:?}") };
        assert!(matches!(account.credential, CosmosCredential::Developer));
    }
}
