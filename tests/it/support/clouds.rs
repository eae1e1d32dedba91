//! Servers of the protocols of S3 and of Azure Blob Storage, on free ports of this machine.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use ring::hmac;
use tempfile::TempDir;

use super::absent;
use super::client::PATIENCE;
use super::http;

/// The account of every Azurite, and its key, which protects nothing.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/// A running server with an empty bucket or container, stopped on drop.
pub struct Cloud {
    process: Child,
    address: SocketAddr,
    /// Settings of a PiChat server that stores files there.
    pub settings: Vec<(&'static str, String)>,
    _folder: TempDir,
}

impl Cloud {
    /// An S3 server; none if moto is not installed, and then the test is reported as skipped.
    pub async fn s3() -> Option<Cloud> {
        let Some(program) = found("moto_server", &[]) else {
            absent::skip("moto_server is not installed (pip install 'moto[server]')");
            return None;
        };
        let mut cloud = Cloud::start(program, |port| vec!["-H".into(), "127.0.0.1".into(), "-p".into(), port]).await;
        let made = http::exchange(cloud.address, "PUT /chat", &[], b"").await;
        assert_eq!(made.status, 200, "{made:?}");
        cloud.settings = vec![
            ("FILES_URL", "s3://chat/some/files".to_owned()),
            ("AWS_ENDPOINT_URL", format!("http://{}", cloud.address)),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
            ("AWS_REGION", "us-east-1".to_owned()),
        ];
        Some(cloud)
    }

    /// Azurite; none if it is not installed, and then the test is reported as skipped.
    pub async fn azure() -> Option<Cloud> {
        let beside = concat!(env!("CARGO_TARGET_TMPDIR"), "/azurite/node_modules/.bin");
        let Some(program) = found("azurite-blob", &[beside]) else {
            absent::skip("azurite is not installed (npm install --prefix target/tmp/azurite azurite)");
            return None;
        };
        let mut cloud = Cloud::start(program, |port| {
            let words = ["--blobHost", "127.0.0.1", "--blobPort", &port, "--silent", "--skipApiVersionCheck"];
            words.into_iter().chain(["--inMemoryPersistence", "--disableTelemetry"]).map(str::to_owned).collect()
        })
        .await;
        cloud.make_container().await;
        cloud.settings = vec![
            ("FILES_URL", format!("az://{ACCOUNT}/chat")),
            ("AZURE_STORAGE_ENDPOINT", format!("http://{}/{ACCOUNT}", cloud.address)),
            ("AZURE_STORAGE_ACCOUNT_KEY", KEY.to_owned()),
        ];
        Some(cloud)
    }

    async fn start(program: PathBuf, words: impl FnOnce(String) -> Vec<String>) -> Cloud {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
        let folder = tempfile::tempdir().expect("a folder for the server");
        let process = Command::new(program)
            .args(words(free.port().to_string()))
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let cloud = Cloud { process, address: free, settings: vec![], _folder: folder };
        let begun = Instant::now();
        while TcpStream::connect(free).is_err() {
            assert!(begun.elapsed() < PATIENCE, "the server is not listening");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        cloud
    }

    /// Creates the container, authorised by the account's key.
    async fn make_container(&self) {
        let date = "Thu, 01 Jan 2026 00:00:00 GMT";
        let headers = [("x-ms-date", date), ("x-ms-version", "2021-08-06")];
        let shown: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let text = format!("PUT{}{shown}/{ACCOUNT}/{ACCOUNT}/chat\nrestype:container", "\n".repeat(12));
        let key = hmac::Key::new(hmac::HMAC_SHA256, &BASE64.decode(KEY.as_bytes()).expect("a key"));
        let signature = BASE64.encode(hmac::sign(&key, text.as_bytes()).as_ref());
        let authorization = format!("SharedKey {ACCOUNT}:{signature}");
        let headers = [headers[0], headers[1], ("authorization", &*authorization)];
        let path = format!("PUT /{ACCOUNT}/chat?restype=container");
        let made = http::exchange(self.address, &path, &headers, b"").await;
        assert_eq!(made.status, 201, "{made:?}");
    }

    /// The settings in the form that tests use.
    pub fn settings(&self) -> Vec<(&str, &str)> {
        self.settings.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
}

impl Drop for Cloud {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program in one of these folders or in the PATH.
fn found(program: &str, folders: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = folders.iter().map(PathBuf::from).chain(std::env::split_paths(&path));
    folders.map(|folder| folder.join(program)).find(|program| program.exists())
}
