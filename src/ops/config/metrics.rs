use std::time::Duration;

use secrecy::SecretString;

use super::{BadSetting, SettingSource};

/// Minimum length of METRICS_TOKEN in characters.
const LEAST_CHARS: usize = 16;

/// Access to `/metrics` and to the details of `/ready`.
#[derive(Clone, Debug, Default)]
pub struct MetricsSettings {
    /// The required bearer token; none if no token is required.
    pub token: Option<SecretString>,
    /// The only port that serves them; none for the chat's port.
    pub port: Option<u16>,
}

impl SettingSource<'_> {
    pub(super) fn slow_command(&self) -> Result<Option<Duration>, BadSetting> {
        let milliseconds: u32 = self.count("SLOW_COMMAND_MILLISECONDS", 0)?;
        Ok((milliseconds > 0).then(|| Duration::from_millis(milliseconds.into())))
    }

    pub(super) fn metrics(&self) -> Result<MetricsSettings, BadSetting> {
        let token = self.given("METRICS_TOKEN");
        let is_token =
            |token: &String| token.len() >= LEAST_CHARS && token.chars().all(|character| character.is_ascii_graphic());
        if token.as_ref().is_some_and(|token| !is_token(token)) {
            let problem = format!("must have at least {LEAST_CHARS} visible ASCII characters, or be unset");
            return Err(BadSetting { name: "METRICS_TOKEN".into(), problem });
        }
        let port = match self.given("METRICS_PORT") {
            None => None,
            Some(_) => Some(self.parsed("METRICS_PORT", "a number from 0 to 65535")?),
        };
        Ok(MetricsSettings { token: token.map(SecretString::from), port })
    }
}
