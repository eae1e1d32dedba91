use std::time::Duration;

use secrecy::SecretString;

use super::{BadSetting, SettingSource, secret};

/// Maximum lifetime of an access token: one day.
const MOST_MINUTES: u64 = 24 * 60;
/// Maximum time that a session may stay unused: ten years.
const MOST_DAYS: u64 = 3660;

/// Maximum grace period of a refresh token: five minutes.
const MOST_GRACE: u64 = 300;

/// Sign-up, tokens and their lifetimes.
#[derive(Clone, Debug)]
pub struct AccountSettings {
    /// Keys of access tokens: the first signs, all verify; if empty, the key in the storage is used.
    pub secret_keys: Vec<SecretString>,
    /// The lifetime of an access token.
    pub access_token_lifetime: Duration,
    /// The time after which an unused session expires.
    pub refresh_token_lifetime: Duration,
    /// The time for which the previous refresh token stays valid while its replacement is unused.
    pub refresh_grace: Duration,
    /// True if people may create their own accounts.
    pub allow_sign_up: bool,
    /// True if users can be found and reached by their complete email address.
    pub email_lookup: bool,
}

impl SettingSource<'_> {
    pub(super) fn accounts(&self) -> Result<AccountSettings, BadSetting> {
        let minutes = self.bounded("ACCESS_TOKEN_EXPIRE_MINUTES", 1, MOST_MINUTES)?;
        let days = self.bounded("REFRESH_TOKEN_EXPIRE_DAYS", 1, MOST_DAYS)?;
        let grace = self.bounded("REFRESH_GRACE_SECONDS", 0, MOST_GRACE)?;
        Ok(AccountSettings {
            secret_keys: self.secret_keys()?,
            access_token_lifetime: Duration::from_secs(minutes * 60),
            refresh_token_lifetime: Duration::from_secs(days * 86_400),
            refresh_grace: Duration::from_secs(grace),
            allow_sign_up: self.parsed("ALLOW_SIGN_UP", "true or false")?,
            email_lookup: self.parsed("EMAIL_LOOKUP", "true or false")?,
        })
    }

    fn secret_keys(&self) -> Result<Vec<SecretString>, BadSetting> {
        let Some(text) = self.given("SECRET_KEY") else { return Ok(vec![]) };
        let keys: Vec<&str> = text.split(',').map(str::trim).collect();
        if keys.iter().any(|key| key.is_empty()) {
            let problem = "must be one key, or several separated by commas, none of them empty, or be unset".into();
            return Err(BadSetting { name: "SECRET_KEY".into(), problem });
        }
        keys.iter().try_for_each(|key| secret::require_strong("SECRET_KEY", key))?;
        let bad = |problem: &str| Err(BadSetting { name: "SECRET_KEY".into(), problem: problem.to_owned() });
        if keys.iter().enumerate().any(|(place, key)| keys[..place].contains(key)) {
            return bad("names one key twice");
        }
        if self.given("API_TOKEN").is_some_and(|token| keys.contains(&&*token)) {
            return bad("must differ from API_TOKEN: anyone who has that token could sign access tokens");
        }
        Ok(keys.into_iter().map(SecretString::from).collect())
    }

    fn bounded(&self, name: &'static str, least: u64, max: u64) -> Result<u64, BadSetting> {
        let number = self.count::<u64>(name, least)?;
        if number > max {
            return Err(BadSetting { name: name.into(), problem: format!("must be at most {max}") });
        }
        Ok(number)
    }
}
