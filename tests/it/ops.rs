//! The files in `ops/` agree with the server and with the tools that read them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

#[cfg(feature = "cosmos")]
use crate::archive::stores::Store;
use crate::protocol::project;
use crate::support::absent::is_installed;
use crate::support::{Process, http};

fn read(path: &str) -> String {
    std::fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn run(program: &str, arguments: &[&str]) -> Output {
    Command::new(program).args(arguments).output().expect("the program starts")
}

/// The metric names of the server or its process in a text, without histogram suffixes.
fn metric_names(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let named = words.filter(|word| word.starts_with("pichat_") || word.starts_with("process_"));
    let base = |word: &str| {
        let suffix = ["_bucket", "_sum", "_count"].into_iter().find_map(|suffix| word.strip_suffix(suffix));
        suffix.unwrap_or(word).to_owned()
    };
    named.map(base).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dashboards_and_alerts_use_existing_metrics() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[]).await;
    let address = format!("127.0.0.1:{}", server.port());
    let address = address.parse().expect("an address");
    let user = server.user("ann").await;
    let served = http::send(address, "GET /metrics", &[], b"").await.body;
    assert!(served.contains("\npichat_users_online 1\n"), "{served}");
    drop(user);
    // An alert sees no increase in a series that begins with its first event.
    for series in [
        "pichat_commands_total{command=\"SEND_MESSAGE\",code=\"INTERNAL\"} 0",
        "pichat_commands_total{command=\"SEND_MESSAGE\",code=\"UNAVAILABLE\"} 0",
        "pichat_lagged_total 0",
        "pichat_shed_total 0",
        "pichat_scrub_problems_total 0",
        "pichat_refused_credentials_total{reason=\"wrong password\"} 0",
        "pichat_closes_total{code=\"4429\"} 0",
        "pichat_job_runs_total{job=\"retention\",outcome=\"failed\"} 0",
        "pichat_http_responses_total{path=\"/command\",status=\"200\"} 0",
        "pichat_http_responses_total{path=\"/export\",status=\"503\"} 0",
        "pichat_http_responses_total{path=\"/metrics\",status=\"200\"} 0",
    ] {
        assert!(served.lines().any(|line| line == series), "{series} is missing: {served}");
    }
    for kind in ["read", "write"] {
        let series = format!("pichat_storage_request_seconds_count{{kind=\"{kind}\"}} ");
        assert!(served.contains(&series), "{series} is missing: {served}");
    }
    // Those of Cosmos DB appear with it.
    let later = "pichat_cosmos_requests_total pichat_cosmos_request_units";
    let known = metric_names(&format!("{served} {later}"));
    let mut used = BTreeSet::new();
    for file in ["ops/prometheus/alerts.yaml", "ops/grafana/pichat.json"] {
        let names = metric_names(&read(file));
        let unknown: Vec<_> = names.difference(&known).collect();
        assert!(unknown.is_empty(), "{file} uses metrics that do not exist: {unknown:?}");
        used.extend(names);
    }
    assert!(used.len() > 15, "{used:?}");
}

#[cfg(feature = "cosmos")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counters_of_cosmos_requests_begin_at_zero() {
    let Some(store) = Store::cosmos().await else { return };
    let server = store.serve().await;
    let address = format!("127.0.0.1:{}", server.port()).parse().expect("an address");
    let served = http::send(address, "GET /metrics", &[], b"").await.body;
    for operation in ["export", "mark", "scrub"] {
        let series = format!("pichat_cosmos_requests_total{{operation=\"{operation}\",status=\"429\"}} 0");
        assert!(served.lines().any(|line| line == series), "{series} is missing: {served}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn prometheus_accepts_the_metrics_and_the_alerts() {
    if !is_installed("promtool", "--version", "prometheus") {
        return;
    }
    let rules = run("promtool", &["check", "rules", &project("ops/prometheus/alerts.yaml").to_string_lossy()]);
    assert!(rules.status.success(), "{}", String::from_utf8_lossy(&rules.stderr));
    let folder = tempfile::tempdir().expect("a folder for the test");
    let server = Process::start(folder.path(), &[]).await;
    let address = format!("127.0.0.1:{}", server.port()).parse().expect("an address");
    http::send(address, "GET /nothing", &[], b"").await;
    let served = http::send(address, "GET /metrics", &[], b"").await.body;
    let file = folder.path().join("metrics");
    std::fs::write(&file, served).expect("a file");
    let input = std::fs::File::open(&file).expect("the file");
    let checked = Command::new("promtool").args(["check", "metrics"]).stdin(input).output().expect("promtool starts");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn the_systemd_unit_is_valid_and_sandboxed() {
    if !is_installed("systemd-analyze", "--version", "systemd") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the test");
    // systemd checks that the program exists, and it is not installed here.
    let unit = read("ops/pichat.service").replace("/usr/local/bin/pichat", env!("CARGO_BIN_EXE_pichat"));
    let file = folder.path().join("pichat.service");
    std::fs::write(&file, unit).expect("a file");
    let path = file.to_string_lossy();
    let verified = run("systemd-analyze", &["verify", "--man=no", &path]);
    let complaints = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success() && complaints.is_empty(), "{complaints}");
    // The threshold is ten times the exposure: 1.6 of 10.
    let security = run("systemd-analyze", &["security", "--offline=true", "--threshold=16", &path]);
    assert!(security.status.success(), "{}", String::from_utf8_lossy(&security.stdout));
}

/// The package's metadata as cargo reads it.
fn debian() -> Value {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"])
        .arg(project("Cargo.toml"))
        .output()
        .expect("cargo starts");
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    metadata["packages"][0]["metadata"]["deb"].clone()
}

#[test]
fn the_debian_package_contains_the_unit_and_root_only_settings() {
    let package = debian();
    let assets: Vec<[&str; 3]> = package["assets"]
        .as_array()
        .expect("assets")
        .iter()
        .map(|asset| [0, 1, 2].map(|part| asset[part].as_str().expect("text")))
        .collect();
    for [source, ..] in assets.iter().filter(|[source, ..]| !source.starts_with("target/")) {
        let source = source.trim_end_matches("*.md");
        assert!(project(source).exists(), "{source}");
    }
    assert!(assets.contains(&["target/release/pichat", "usr/bin/", "755"]), "{assets:?}");
    assert!(assets.contains(&["env.example", "etc/pichat/env", "600"]), "{assets:?}");
    assert_eq!(package["conf-files"], json!(["/etc/pichat/env"]));
    let unit = &package["systemd-units"];
    let folder = unit["unit-scripts"].as_str().expect("a folder");
    let service = read(&format!("{folder}/{}.service", unit["unit-name"].as_str().expect("a name")));
    assert!(service.contains("EnvironmentFile=/etc/pichat/env\n"), "the unit reads the settings of the package");
    // The package must not start a server before its settings have been reviewed.
    assert_eq!((&unit["enable"], &unit["start"]), (&json!(false), &json!(false)));
}

#[test]
fn systemd_starts_the_packaged_program() {
    if !is_installed("systemd-analyze", "--version", "systemd") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the test");
    let program = env!("CARGO_BIN_EXE_pichat");
    let file = folder.path().join("pichat.service");
    let unit = read("ops/pichat.service");
    // systemd checks that the programs exist, and they are not installed here.
    std::fs::write(&file, unit).expect("a file");
    let part = folder.path().join("pichat.service.d");
    std::fs::create_dir(&part).expect("a folder");
    let own = read("ops/debian/program.conf");
    assert!(own.ends_with("ExecStart=\nExecStart=/usr/bin/pichat\n"), "{own}");
    std::fs::write(part.join("program.conf"), own.replace("/usr/bin/pichat", program)).expect("a file");
    let verified = run("systemd-analyze", &["verify", "--man=no", &file.to_string_lossy()]);
    let complaints = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success() && complaints.is_empty(), "{complaints}");
}

#[test]
fn the_shipped_nginx_configuration_matches_the_documented_one() {
    let page = read("docs/cluster.md");
    let documented =
        page.split("```nginx\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a configuration");
    let shipped = read("ops/nginx.conf");
    let (comment, shipped) = shipped.split_once('\n').expect("a comment");
    assert!(comment.starts_with("# "), "{comment}");
    let here = (1..=3).fold(documented.to_owned(), |text, node| {
        text.replace(&format!("10.0.0.{node}:8080"), &format!("node-{node}:8080"))
    });
    assert_eq!(shipped, here);
}

#[test]
fn settings_in_ops_are_known() {
    let known = read("env.example");
    let is_setting = |name: &str| known.contains(&format!("{name}="));
    let upper =
        |name: &str| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    let mut checked = 0;
    for file in ["ops/compose.yaml", "ops/compose.cluster.yaml", "ops/helm/pichat/values.yaml"] {
        for line in read(file).lines() {
            let name = line.trim().split(':').next().unwrap_or_default();
            // PostgreSQL's image has settings of its own.
            if upper(name) && !name.starts_with("POSTGRES_") {
                assert!(is_setting(name), "{file}: {name} is not a setting");
                checked += 1;
            }
        }
    }
    assert!(checked >= 5, "{checked} settings found");
}

#[test]
fn compose_and_workflow_files_match_their_schemas() {
    if !is_installed("check-jsonschema", "--version", "PyPI: check-jsonschema") {
        return;
    }
    for (schema, files) in [
        ("vendor.compose-spec", &["ops/compose.yaml", "ops/compose.cluster.yaml"][..]),
        ("vendor.github-workflows", &[".github/workflows/ci.yml", ".github/workflows/release.yml"]),
        ("vendor.github-issue-forms", &[".github/ISSUE_TEMPLATE/bug.yml", ".github/ISSUE_TEMPLATE/feature.yml"]),
        ("vendor.dependabot", &[".github/dependabot.yml"]),
    ] {
        let files: Vec<String> = files.iter().map(|file| project(file).to_string_lossy().into_owned()).collect();
        let mut arguments = vec!["--builtin-schema", schema];
        arguments.extend(files.iter().map(String::as_str));
        let checked = run("check-jsonschema", &arguments);
        assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    }
}

/// The objects that the Helm chart makes of these values, as YAML.
fn rendered(folder: &Path, values: &str) -> PathBuf {
    let changes = folder.join("values.yaml");
    std::fs::write(&changes, values).expect("a file");
    let rendered = Command::new("go")
        .arg("run")
        .args([project("tests/helm/render.go"), project("ops/helm/pichat"), changes])
        // The folder of Debian's packages.
        .envs([("GO111MODULE", "off"), ("GOPATH", "/usr/share/gocode"), ("GOFLAGS", "")])
        .env("GOCACHE", project("target/tmp/go"))
        .output()
        .expect("go starts");
    assert!(rendered.status.success(), "{}", String::from_utf8_lossy(&rendered.stderr));
    let objects = folder.join("objects.yaml");
    std::fs::write(&objects, rendered.stdout).expect("a file");
    objects
}

#[test]
fn the_helm_chart_makes_valid_objects() {
    if !is_installed("go", "version", "golang-go golang-github-masterminds-sprig-dev golang-gopkg-yaml.v3-dev")
        || !is_installed("kubernetes-validate", "--version", "PyPI: kubernetes-validate")
    {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder for the test");
    let ingress = "ingress: {enabled: true, className: nginx, tlsSecret: chat-tls}";
    let policy = "networkPolicy: {from: [{namespaceSelector: {matchLabels: {name: ingress}}}]}";
    let alone = "replicas: 1\nnetworkPolicy: {enabled: false}\nsettings: {MAX_CONTENT_CHARS: 8192}";
    for (values, kinds) in [
        ("", &["Deployment", "NetworkPolicy", "PodDisruptionBudget", "Service"][..]),
        (
            &format!("{ingress}\n{policy}"),
            &["Deployment", "Ingress", "NetworkPolicy", "PodDisruptionBudget", "Service"],
        ),
        (alone, &["Deployment", "Service"]),
    ] {
        let objects = rendered(folder.path(), values);
        let text = std::fs::read_to_string(&objects).expect("the objects");
        let mut found: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("kind: ")).collect();
        found.sort_unstable();
        assert_eq!(found, kinds, "{values}");
        let checked = run("kubernetes-validate", &["--strict", &objects.to_string_lossy()]);
        assert!(checked.status.success(), "{values}: {checked:?}");
    }
}
