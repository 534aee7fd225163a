//! What lets us in: a bearer token for each municipality, from a file that another program keeps fresh, or by exchanging the
//! SAML assertion of the municipality's security token service for one (RFC 8693), as a client that signs who it is
//! (`private_key_jwt`, RFC 7523). Getting the assertion is the business of the program that holds the municipality's
//! agreement.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, bail, ensure};
use app::{Clock as _, SystemClock};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::identifiers::MunicipalityCode;
use jiff::{SignedDuration, Timestamp};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Deserialize;
use serde_json::json;
use ureq::Agent;

use crate::outgoing::is_http;
use crate::settings::report::Report;

/// What we say of ourselves holds for so long, in seconds.
const CLAIMS_HOLD: i64 = 60;
/// A token is renewed so many seconds before it ends.
const MARGIN: i64 = 30;

/// How we are let in.
pub(super) enum Access {
    /// The gateway, or what stands before it, asks for nothing.
    Open,
    /// A token in a file.
    File(PathBuf),
    /// A token in exchange for an assertion.
    Exchange(Box<Exchange>),
}

/// What an exchange needs, and the tokens it gave.
pub(super) struct Exchange {
    agent: Agent,
    endpoint: String,
    client_id: String,
    audience: String,
    key: RsaKeyPair,
    assertion: PathBuf,
    held: Mutex<HashMap<String, Held>>,
}

struct Held {
    token: String,
    until: Timestamp,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    #[serde(default)]
    expires_in: i64,
}

impl Access {
    /// What the settings ask for.
    pub(super) fn new(settings: &Report, agent: Agent) -> anyhow::Result<Self> {
        let (by_file, by_exchange) = (is_set(&settings.token_file), !settings.token_endpoint.is_empty());
        if by_file && by_exchange {
            bail!("report.token_file and report.token_endpoint are two ways to the same: set one of them");
        }
        if by_file {
            return Ok(Self::File(settings.token_file.clone()));
        }
        if !by_exchange {
            return Ok(Self::Open);
        }
        ensure!(is_http(&settings.token_endpoint), "report.token_endpoint must be an https:// address");
        let named = [
            ("report.client_id", !settings.client_id.is_empty()),
            ("report.audience", !settings.audience.is_empty()),
            ("report.client_key", is_set(&settings.client_key)),
            ("report.assertion_file", is_set(&settings.assertion_file)),
        ];
        if let Some((name, _)) = named.iter().find(|(_, set)| !set) {
            bail!("{name} is not set, and report.token_endpoint needs it");
        }
        Ok(Self::Exchange(Box::new(Exchange {
            agent,
            endpoint: settings.token_endpoint.clone(),
            client_id: settings.client_id.clone(),
            audience: settings.audience.clone(),
            key: private_key(&settings.client_key)?,
            assertion: settings.assertion_file.clone(),
            held: Mutex::default(),
        })))
    }

    /// A token for a municipality.
    pub(super) fn token(&self, municipality: &MunicipalityCode) -> anyhow::Result<Option<String>> {
        match self {
            Self::Open => Ok(None),
            Self::File(file) => read(&for_municipality(file, municipality)).map(Some),
            Self::Exchange(exchange) => exchange.token(municipality, SystemClock.now()).map(Some),
        }
    }

    /// The gateway did not take the token: the next one is fetched anew.
    pub(super) fn forget(&self, municipality: &MunicipalityCode) {
        if let Self::Exchange(exchange) = self {
            exchange.held.lock().unwrap_or_else(PoisonError::into_inner).remove(municipality.as_str());
        }
    }
}

impl Exchange {
    fn token(&self, municipality: &MunicipalityCode, now: Timestamp) -> anyhow::Result<String> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = held.get(municipality.as_str()).filter(|one| one.until > now) {
            return Ok(one.token.clone());
        }
        let TokenAnswer { access_token, expires_in } = self.exchange(municipality, now)?;
        let until = now.saturating_add(SignedDuration::from_secs((expires_in - MARGIN).max(0)))?;
        held.insert(municipality.as_str().to_owned(), Held { token: access_token.clone(), until });
        Ok(access_token)
    }

    fn exchange(&self, municipality: &MunicipalityCode, now: Timestamp) -> anyhow::Result<TokenAnswer> {
        let assertion = read(&for_municipality(&self.assertion, municipality))?;
        let claims = self.claims(now)?;
        // Servers take the assertion as base64url; a file may hold the XML itself.
        let subject = if assertion.starts_with('<') { BASE64_URL_SAFE_NO_PAD.encode(&assertion) } else { assertion };
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:saml2"),
            ("subject_token", &subject),
            ("client_id", &self.client_id),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &claims),
        ];
        let mut answer =
            self.agent.post(&self.endpoint).send_form(form).context("the token endpoint gave no answer")?;
        let status = answer.status().as_u16();
        ensure!(status == 200, "the token endpoint answered {status}");
        answer.body_mut().read_json().context("the token endpoint's answer is not a token")
    }

    /// Who we are, signed: a JSON Web Token of a minute (RS256).
    fn claims(&self, now: Timestamp) -> anyhow::Result<String> {
        let random = SystemRandom::new();
        let mut id = [0; 16];
        random.fill(&mut id).map_err(|_| anyhow::anyhow!("the machine gives no random numbers"))?;
        let (issued, id) = (now.as_second(), BASE64_URL_SAFE_NO_PAD.encode(id));
        let claims = json!({ "jti": id, "iss": self.client_id, "sub": self.client_id, "aud": self.audience,
            "iat": issued, "nbf": issued, "exp": issued + CLAIMS_HOLD });
        let part = |value: serde_json::Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(json!({ "alg": "RS256", "typ": "JWT" })), part(claims));
        let mut signature = vec![0; self.key.public().modulus_len()];
        let done = self.key.sign(&RSA_PKCS1_SHA256, &random, signed.as_bytes(), &mut signature);
        done.map_err(|_| anyhow::anyhow!("report.client_key does not sign"))?;
        Ok(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn is_set(file: &Path) -> bool {
    !file.as_os_str().is_empty()
}

/// The file of one municipality.
fn for_municipality(file: &Path, municipality: &MunicipalityCode) -> PathBuf {
    PathBuf::from(file.to_string_lossy().replace("{code}", municipality.as_str()))
}

fn read(file: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let text = text.trim().to_owned();
    ensure!(!text.is_empty(), "{} is empty", file.display());
    Ok(text)
}

fn private_key(file: &Path) -> anyhow::Result<RsaKeyPair> {
    let told = || format!("report.client_key: the file {}", file.display());
    let key = PrivateKeyDer::from_pem_file(file).with_context(|| format!("{} holds no private key", told()))?;
    let read = match &key {
        PrivateKeyDer::Pkcs8(key) => RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()),
        PrivateKeyDer::Pkcs1(key) => RsaKeyPair::from_der(key.secret_pkcs1_der()),
        _ => bail!("{} is no RSA key", told()),
    };
    read.map_err(|error| anyhow::anyhow!("{} is no RSA key that can be used: {error}", told()))
}
