use std::time::Duration;

use percent_encoding::percent_decode_str;
use secrecy::SecretString;

use super::{BadSetting, SettingSource};

const ENDPOINT: &str = "OTEL_EXPORTER_OTLP_ENDPOINT";
const TIMEOUT: &str = "OTEL_EXPORTER_OTLP_TIMEOUT";
const SAMPLER: &str = "OTEL_TRACES_SAMPLER";
const SAMPLER_ARGUMENT: &str = "OTEL_TRACES_SAMPLER_ARG";

/// The receiver of traces and log lines, and the options for sending them.
#[derive(Clone, Debug)]
pub struct OtlpSettings {
    /// The base address: signals are sent to `v1/traces` and `v1/logs` below it.
    pub endpoint: String,
    /// Headers of every request, which may contain a secret.
    pub headers: Vec<OtlpHeader>,
    /// The time limit for one request including its retries.
    pub timeout: Duration,
    /// The `service.name` of this server.
    pub service: String,
    /// Additional attributes of this server.
    pub attributes: Vec<OtlpAttribute>,
    /// The rule that selects the traces to record.
    pub sampler: OtlpSampler,
    /// True if traces are sent.
    pub traces: bool,
    /// True if log lines are sent.
    pub logs: bool,
}

/// A header of the requests to the receiver.
#[derive(Clone, Debug)]
pub struct OtlpHeader {
    /// The header's name.
    pub name: String,
    /// The header's value.
    pub value: SecretString,
}

/// An attribute of this server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtlpAttribute {
    /// The attribute's name.
    pub name: String,
    /// The attribute's value.
    pub value: String,
}

/// The rule that selects the traces to record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OtlpSampler {
    /// True if the choice of the caller's trace is followed, for commands with a `traceparent`.
    pub follows_parent: bool,
    /// The share of the other traces: 0 is none, 1 is all.
    pub ratio: f64,
}

impl SettingSource<'_> {
    /// The receiver, unless it is not set or is disabled.
    pub(super) fn otlp(&self) -> Result<Option<OtlpSettings>, BadSetting> {
        let is_off: bool = self.parsed("OTEL_SDK_DISABLED", "true or false")?;
        let Some(endpoint) = self.given(ENDPOINT).filter(|_| !is_off) else { return Ok(None) };
        BadSetting::require(cfg!(feature = "otlp"), ENDPOINT, "OpenTelemetry", "otlp")?;
        let endpoint = endpoint.trim().trim_end_matches('/').to_owned();
        if !["http://", "https://"].iter().any(|scheme| endpoint.starts_with(scheme)) {
            let problem = format!("{endpoint:?} is not an address such as http://127.0.0.1:4318");
            return Err(BadSetting { name: ENDPOINT.into(), problem });
        }
        let protocol = self.text("OTEL_EXPORTER_OTLP_PROTOCOL");
        if protocol != "http/protobuf" {
            let problem = format!("{protocol:?} is not supported; use http/protobuf, at port 4318 of most receivers");
            return Err(BadSetting { name: "OTEL_EXPORTER_OTLP_PROTOCOL".into(), problem });
        }
        let header = |OtlpAttribute { name, value }| OtlpHeader { name, value: SecretString::from(value) };
        Ok(Some(OtlpSettings {
            endpoint,
            headers: self.pairs("OTEL_EXPORTER_OTLP_HEADERS")?.into_iter().map(header).collect(),
            timeout: Duration::from_millis(self.count(TIMEOUT, 1)?),
            service: self.text("OTEL_SERVICE_NAME"),
            attributes: self.pairs("OTEL_RESOURCE_ATTRIBUTES")?,
            sampler: self.sampler()?,
            traces: self.is_sent("OTEL_TRACES_EXPORTER")?,
            logs: self.is_sent("OTEL_LOGS_EXPORTER")?,
        }))
    }

    fn is_sent(&self, name: &'static str) -> Result<bool, BadSetting> {
        match self.text(name).as_str() {
            "otlp" => Ok(true),
            "none" => Ok(false),
            other => Err(BadSetting { name: name.into(), problem: format!("{other:?} is neither otlp nor none") }),
        }
    }

    /// Parses a list `name=value,name=value` whose values may be percent-encoded. Errors do not show values, which may
    /// be secret.
    fn pairs(&self, name: &'static str) -> Result<Vec<OtlpAttribute>, BadSetting> {
        let text = self.text(name);
        let bad = || BadSetting { name: name.into(), problem: "must be name=value pairs, separated by commas".into() };
        let pair = |part: &str| {
            let (name, value) = part.split_once('=').filter(|(name, _)| !name.trim().is_empty()).ok_or_else(bad)?;
            let value = percent_decode_str(value.trim()).decode_utf8().map_err(|_| bad())?;
            Ok(OtlpAttribute { name: name.trim().to_owned(), value: value.into_owned() })
        };
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(pair).collect()
    }

    fn sampler(&self) -> Result<OtlpSampler, BadSetting> {
        let name = self.text(SAMPLER);
        let (follows_parent, kind) = match name.strip_prefix("parentbased_") {
            Some(kind) => (true, kind),
            None => (false, &*name),
        };
        let ratio = match kind {
            "always_on" => 1.0,
            "always_off" => 0.0,
            "traceidratio" => self.ratio()?,
            _ => {
                let problem = format!(
                    "{name:?} is not always_on, always_off or traceidratio, nor one of these after parentbased_"
                );
                return Err(BadSetting { name: SAMPLER.into(), problem });
            }
        };
        Ok(OtlpSampler { follows_parent, ratio })
    }

    fn ratio(&self) -> Result<f64, BadSetting> {
        let right = "a number from 0 to 1";
        let ratio: f64 = self.parsed(SAMPLER_ARGUMENT, right)?;
        match (0.0..=1.0).contains(&ratio) {
            true => Ok(ratio),
            false => Err(BadSetting { name: SAMPLER_ARGUMENT.into(), problem: format!("{ratio} is not {right}") }),
        }
    }
}

#[cfg(all(test, feature = "otlp"))]
mod tests {
    use secrecy::ExposeSecret;

    use super::{OtlpAttribute, OtlpSampler, OtlpSettings};
    use crate::ops::config::{BadSetting, Config};

    fn read(own: &[(&str, &str)]) -> Result<Option<OtlpSettings>, BadSetting> {
        let given = |name: &str| own.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned());
        Config::from_lookup(&given).map(|config| config.otlp)
    }

    #[test]
    fn nothing_is_exported_without_an_enabled_receiver() {
        assert!(read(&[("OTEL_SERVICE_NAME", "chat")]).expect("good").is_none());
        let off = [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"), ("OTEL_SDK_DISABLED", "true")];
        assert!(read(&off).expect("good").is_none());
        let on = read(&off[..1]).expect("good").expect("a receiver");
        assert!(on.traces && on.logs && on.service == "pichat" && on.headers.is_empty());
        assert_eq!(on.sampler, OtlpSampler { follows_parent: true, ratio: 1.0 });
        assert_eq!(on.timeout.as_secs(), 10);
    }

    #[test]
    fn headers_and_attributes_parse_as_lists_of_pairs() {
        let own = [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.example/otlp/"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20a=b, x-team = chat"),
            ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test,host.name=a%2Cb"),
            ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"),
            ("OTEL_TRACES_SAMPLER_ARG", "0.25"),
            ("OTEL_LOGS_EXPORTER", "none"),
        ];
        let settings = read(&own).expect("good").expect("a receiver");
        assert_eq!(settings.endpoint, "https://collector.example/otlp");
        let headers: Vec<_> =
            settings.headers.iter().map(|header| (&*header.name, header.value.expose_secret())).collect();
        assert_eq!(headers, [("authorization", "Bearer a=b"), ("x-team", "chat")]);
        let attribute = |name: &str, value: &str| OtlpAttribute { name: name.into(), value: value.into() };
        let expected = [attribute("deployment.environment.name", "test"), attribute("host.name", "a,b")];
        assert_eq!(settings.attributes, expected);
        assert_eq!(settings.sampler, OtlpSampler { follows_parent: true, ratio: 0.25 });
        assert!(settings.traces && !settings.logs);
    }

    #[test]
    fn an_invalid_setting_is_named_without_its_secret() {
        for (name, value) in [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "secret"),
            ("OTEL_EXPORTER_OTLP_TIMEOUT", "0"),
            ("OTEL_TRACES_SAMPLER", "sometimes"),
            ("OTEL_TRACES_EXPORTER", "jaeger"),
            ("OTEL_SDK_DISABLED", "maybe"),
        ] {
            let error = read(&[(name, value), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector")]).expect_err(name);
            assert_eq!(error.name, name);
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
