//! Access tokens: JWTs signed with HS256, by this server for its sessions or by other services that share a key.
//!
//! Both have `sub`, `iat`, `exp`, `jti` and `typ:"access"`, and may have `aud:"pichat"`; this server's tokens also have
//! `sid`, the session, which must not have ended. Clocks differ, so `iat` may be up to [`SKEW`] in the future. A token
//! expires exactly at `exp`, because the connections that it keeps open end then.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::ops::crypto;
use crate::protocol::error::{Error, Result};
use crate::protocol::{SessionId, Timestamp, UserId};

use super::{expired, wrong};

/// Tolerance in milliseconds for other services' clocks that are ahead.
pub(super) const SKEW: i64 = 60_000;
/// Maximum length of a token; none of ours is longer.
const LONGEST: usize = 4096;
const ACCESS: &str = "access";
/// The audience of tokens for this server; a token may also have no audience.
const AUDIENCE: &str = "pichat";

/// The keys that sign and verify.
pub(super) struct Keys {
    sign: EncodingKey,
    verify: Vec<DecodingKey>,
    validation: Validation,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Keys").field("verify", &self.verify.len()).finish_non_exhaustive()
    }
}

/// The content of an access token to be issued.
#[derive(Clone, Copy, Debug)]
pub struct AccessGrant<'a> {
    /// The user.
    pub user: &'a UserId,
    /// The user's session; the token is valid only as long as it.
    pub session: &'a SessionId,
    /// The token's own id.
    pub id: &'a str,
    /// The time of issue.
    pub now: Timestamp,
    /// Seconds until it expires.
    pub lifetime_seconds: i64,
}

/// A token and its expiry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuedToken {
    /// The token.
    pub text: String,
    /// Expiry.
    pub expires_at: Timestamp,
}

/// The content of a valid token.
#[derive(Debug, PartialEq)]
pub(super) struct Claims {
    pub(super) user: UserId,
    pub(super) id: String,
    pub(super) issued_at: Timestamp,
    pub(super) expires_at: Timestamp,
    pub(super) session: Option<SessionId>,
}

/// Times are seconds since 1970, possibly with a fraction if another service issued the token.
#[derive(Deserialize)]
struct AnyClaims {
    sub: String,
    iat: f64,
    exp: f64,
    #[serde(default)]
    nbf: Option<f64>,
    jti: String,
    typ: String,
    #[serde(default)]
    sid: Option<String>,
    #[serde(default)]
    aud: Option<TokenAudience>,
}

/// One audience or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum TokenAudience {
    One(String),
    Several(Vec<String>),
}

impl TokenAudience {
    fn is_this_server(&self) -> bool {
        match self {
            TokenAudience::One(audience) => audience == AUDIENCE,
            TokenAudience::Several(audiences) => audiences.iter().any(|audience| audience == AUDIENCE),
        }
    }
}

#[derive(Serialize)]
struct OwnClaims<'a> {
    sub: &'a str,
    iat: i64,
    exp: i64,
    jti: &'a str,
    typ: &'static str,
    sid: &'a str,
}

impl Keys {
    /// The first key signs, all of them verify.
    pub(super) fn new(secrets: &[SecretString]) -> Result<Self> {
        crypto::install();
        let bytes = |secret: &SecretString| secret.expose_secret().as_bytes().to_vec();
        let first = secrets.first().ok_or_else(|| Error::internal("there is no key to sign with"))?;
        let mut validation = Validation::new(Algorithm::HS256);
        // Times are checked here, so that the current time comes from the clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        Ok(Keys {
            sign: EncodingKey::from_secret(&bytes(first)),
            verify: secrets.iter().map(|secret| DecodingKey::from_secret(&bytes(secret))).collect(),
            validation,
        })
    }

    /// Signs a token for a session.
    pub(super) fn issue(&self, grant: &AccessGrant<'_>) -> Result<IssuedToken> {
        let iat = grant.now.millis().div_euclid(1000);
        let exp = iat + grant.lifetime_seconds;
        let claims = OwnClaims { sub: grant.user, iat, exp, jti: grant.id, typ: ACCESS, sid: grant.session };
        let text = encode(&Header::new(Algorithm::HS256), &claims, &self.sign).map_err(Error::internal)?;
        Ok(IssuedToken { text, expires_at: Timestamp::from_millis(exp * 1000) })
    }

    /// The claims of a token that is signed with one of the keys and valid now.
    pub(super) fn verify(&self, token: &str, now: Timestamp) -> Result<Claims> {
        if token.len() > LONGEST {
            return Err(wrong());
        }
        let read = self.verify.iter().find_map(|key| decode::<AnyClaims>(token, key, &self.validation).ok());
        let read = read.ok_or_else(wrong)?;
        // Extensions listed in `crit` must be understood (RFC 7515, 4.1.11), and this server supports none.
        let is_foreign = read.claims.aud.as_ref().is_some_and(|audience| !audience.is_this_server());
        if read.header.crit.is_some() || is_foreign {
            return Err(wrong());
        }
        let AnyClaims { sub, iat, exp, nbf, jti, typ, sid, .. } = read.claims;
        let is_named = [&sub, &jti].iter().all(|name| (1..=255).contains(&name.len()));
        let issued_at = moment(iat);
        let expires_at = moment(exp);
        let latest = now.millis() + SKEW;
        let has_begun = issued_at.millis() <= latest && nbf.is_none_or(|nbf| moment(nbf).millis() <= latest);
        if typ != ACCESS || !is_named || !has_begun {
            return Err(wrong());
        }
        if expires_at <= now {
            return Err(expired());
        }
        let session = sid.map(SessionId::from);
        Ok(Claims { user: UserId::from(sub), id: jti, issued_at, expires_at, session })
    }
}

/// The conversion saturates: a time beyond the range stays beyond every valid time.
fn moment(seconds: f64) -> Timestamp {
    const MOST: f64 = 253_402_300_799.0;
    Timestamp::from_millis((seconds.clamp(-MOST, MOST) * 1000.0) as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::protocol::error::Code;

    const NOW: i64 = 1_767_225_600;

    fn now() -> Timestamp {
        Timestamp::from_millis(NOW * 1000)
    }

    fn keys(secrets: &[&str]) -> Keys {
        let secrets: Vec<SecretString> = secrets.iter().map(|secret| SecretString::from(*secret)).collect();
        Keys::new(&secrets).expect("keys")
    }

    fn minted(secret: &str, more: Value) -> String {
        crypto::install();
        let mut claims = json!({"sub":"ann","iat":NOW,"exp":NOW + 60,"jti":"j","typ":"access"});
        claims.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        claims.as_object_mut().expect("an object").retain(|_, value| !value.is_null());
        encode(&Header::default(), &claims, &EncodingKey::from_secret(secret.as_bytes())).expect("a token")
    }

    #[test]
    fn external_tokens_require_only_the_five_claims() {
        let keys = keys(&["new", "old"]);
        for secret in ["new", "old"] {
            let claims = keys.verify(&minted(secret, json!({})), now()).expect("good");
            assert_eq!((&*claims.user, &*claims.id, claims.session), ("ann", "j", None));
            assert_eq!((claims.issued_at, claims.expires_at.millis()), (now(), (NOW + 60) * 1000));
        }
        let good = [
            json!({"iat":NOW + 59}),
            json!({"nbf":NOW + 59}),
            json!({"aud":["x", "pichat"],"iss":"y"}),
            json!({"exp":1e300}),
        ];
        for more in good {
            keys.verify(&minted("new", more.clone()), now()).unwrap_or_else(|error| panic!("{more}: {error}"));
        }
        let bad = [
            json!({"typ":"refresh"}),
            json!({"typ":null}),
            json!({"sub":null}),
            json!({"sub":""}),
            json!({"iat":null}),
            json!({"exp":null}),
            json!({"jti":null}),
            json!({"iat":NOW + 61}),
            json!({"nbf":NOW + 61}),
            json!({"aud":"x"}),
            json!({"aud":["x"]}),
            json!({"aud":[]}),
            json!({"aud":7}),
        ];
        for more in bad {
            let error = keys.verify(&minted("new", more.clone()), now()).expect_err("bad");
            assert_eq!(error.code, Code::Unauthenticated, "{more}");
        }
        for exp in [NOW, NOW - 1] {
            let error = keys.verify(&minted("new", json!({"exp":exp})), now()).expect_err("late");
            assert_eq!(error.code, Code::TokenExpired);
            let error = keys.verify(&minted("other", json!({"exp":exp})), now()).expect_err("not ours");
            assert_eq!(error.code, Code::Unauthenticated);
        }
    }

    #[test]
    fn the_first_key_signs_tokens() {
        let user = UserId::from("ann");
        let session = SessionId::from("s");
        let grant = AccessGrant { user: &user, session: &session, id: "j", now: now(), lifetime_seconds: 60 };
        let issue = |keys: &Keys| keys.issue(&grant).expect("a token");
        let IssuedToken { text: token, expires_at } = issue(&keys(&["new", "old"]));
        let claims = keys(&["new"]).verify(&token, now()).expect("good");
        assert_eq!((claims.session, claims.expires_at), (Some(session.clone()), expires_at));
        assert!(keys(&["old"]).verify(&token, now()).is_err());
        let before = issue(&keys(&["old"])).text;
        assert!(keys(&["new", "old"]).verify(&before, now()).is_ok());
    }

    #[test]
    fn a_critical_extension_is_refused() {
        let claims = json!({"sub":"ann","iat":NOW,"exp":NOW + 60,"jti":"j","typ":"access"});
        let signed = |header: &Header| encode(header, &claims, &EncodingKey::from_secret(b"new")).expect("a token");
        let verify = |header: &Header| keys(&["new"]).verify(&signed(header), now());
        assert!(verify(&Header::default()).is_ok());
        for crit in [vec!["exp".to_owned()], vec!["http://example.org/ext".to_owned()], vec![]] {
            let error = verify(&Header { crit: Some(crit), ..Header::default() }).expect_err("an unknown extension");
            assert_eq!(error.code, Code::Unauthenticated);
        }
    }

    #[test]
    fn other_algorithms_are_refused() {
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.\
            eyJzdWIiOiJhbm4iLCJpYXQiOjAsImV4cCI6OTk5OTk5OTk5OSwianRpIjoiaiIsInR5cCI6ImFjY2VzcyJ9.";
        let claims = json!({"sub":"ann","iat":NOW,"exp":NOW + 60,"jti":"j","typ":"access"});
        crypto::install();
        let other =
            encode(&Header::new(Algorithm::HS512), &claims, &EncodingKey::from_secret(b"new")).expect("a token");
        for token in [none, &other, "", "a.b.c", "..", &"x".repeat(5000)] {
            assert_eq!(keys(&["new"]).verify(token, now()).expect_err("bad").code, Code::Unauthenticated);
        }
    }
}
