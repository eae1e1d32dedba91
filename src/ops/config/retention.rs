use super::{BadSetting, SettingSource};

/// The most days for which messages can be kept before they are removed: 100 years.
pub const MOST_RETENTION_DAYS: u32 = 36_500;

/// The time for which messages are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionSettings {
    /// Days after which messages are removed; 0: they are kept for ever.
    pub days: u32,
}

impl SettingSource<'_> {
    pub(super) fn retention(&self) -> Result<RetentionSettings, BadSetting> {
        let days: u32 = self.count("RETENTION_DAYS", 0)?;
        if days > MOST_RETENTION_DAYS {
            let problem = format!("must be at most {MOST_RETENTION_DAYS}, or 0 to keep messages for ever");
            return Err(BadSetting { name: "RETENTION_DAYS".into(), problem });
        }
        Ok(RetentionSettings { days })
    }
}
