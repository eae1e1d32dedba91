#!/usr/bin/env bash
# Builds, serves, tests and checks PiChat; without a word it builds and serves.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
    cat <<'TEXT'
usage: ./run.sh [WORD]

  (none)           build and serve; the first start creates an API token and stores it in .env
  test             run all tests: Rust, then Node, then Python. A test whose server (such as PostgreSQL) is not
                   installed, all Node tests without node and npm, and all Python tests without the packages in
                   clients/python/requirements-dev.txt are skipped and counted; with CI=true a skip is a failure
  check [PART]     check formatting, lints and generated files (PART source), and that each storage alone and the
                   documentation build without a warning (PART builds); without PART, everything
  bench            run the benchmarks: scenarios against a server, then its inner parts
  update-protocol  regenerate protocol/, env.example and the generated parts of the pages
  help             print this text
TEXT
}

# setting NAME [DEFAULT]: the value that the server will use, from the environment or from .env.
setting() {
    local value="${!1:-}"
    if [[ -z $value && -f .env ]]; then
        value=$(sed -nE "s/^(export +)?$1=[\"']?([^\"' ]*).*/\2/p" .env | tail -n 1)
    fi
    printf '%s' "${value:-${2:-}}"
}

make_token() {
    [[ -n $(setting API_TOKEN) ]] && return
    local token
    token=$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
    (umask 077 && touch .env)
    chmod 600 .env
    # A last line without a newline would swallow the token.
    if [[ -n $(tail -c 1 .env) ]]; then echo >>.env; fi
    echo "API_TOKEN=$token" >>.env
    echo "Created a token for the administrator and stored it in .env."
}

greet() {
    local host port scheme=ws token
    port=$(setting PORT "$(setting SERVER_PORT 8080)")
    host=$(setting HOST 127.0.0.1)
    token=$(setting API_TOKEN)
    case $host in
        0.0.0.0) host=127.0.0.1 ;;
        ::) host='[::1]' ;;
        *:*) host="[$host]" ;;
    esac
    if [[ -n $(setting TLS_CERT) ]]; then scheme=wss; fi
    cat <<TEXT

  URL    $scheme://$host:$port/ws
  token  $token
  talk   npx wscat -c $scheme://$host:$port/ws -H "Authorization: Bearer $token"

TEXT
}

serve() {
    if [[ ! -x ${CARGO_TARGET_DIR:-target}/release/pichat ]]; then
        echo "Building PiChat. The first build takes several minutes."
    fi
    cargo build --release
    make_token
    greet
    exec "${CARGO_TARGET_DIR:-target}/release/pichat"
}

has_node() { command -v node >/dev/null && command -v npm >/dev/null; }

# in_package FOLDER COMMAND…: runs the command there after installing the dependencies.
in_package() { (cd "$1" && npm ci --no-audit --no-fund --loglevel=error && "${@:2}"); }

has_python() {
    python3 -c 'import sys, websockets.asyncio.client, pytest, pytest_asyncio; sys.exit(sys.version_info < (3, 10))' \
        2>/dev/null
}

# The most failed tests that CI repeats.
repeatable=3

# repeat FAILED NAME COMMAND…: runs what has failed once more, in CI only. What passes then is reported as unsteady: its
# cause must be found, but the change at hand is probably not to blame.
repeat() {
    local failed=$1 name=$2
    shift 2
    [[ ${CI:-} == true ]] && ((failed > 0 && failed <= repeatable)) || return 1
    # With the word in front, the totals of the second run are not counted.
    "$@" 2>&1 | sed 's/^/again: /' && echo "UNSTEADY $failed $name"
}

# only_rust_tests NAME…: runs these Rust tests; fails if one of them does not exist.
only_rust_tests() {
    cargo test -- --exact "$@" 2>&1 | tee "$scratch/again" || return 1
    (($(grep -c '^test .* \.\.\. ok$' "$scratch/again") == $#))
}

rust_tests() {
    local names=()
    if cargo test --no-fail-fast 2>&1 | tee "$scratch/rust"; then return; fi
    mapfile -t names < <(sed -nE 's/^test (.+) \.\.\. FAILED$/\1/p' "$scratch/rust" | sort -u)
    repeat "${#names[@]}" "${names[*]}" only_rust_tests "${names[@]}"
}

# node_tests FOLDER PATTERN [OPTION…]: Node's test runner in this folder with the files of this pattern. All tests below
# start target/debug/pichat, which cargo has just built.
node_tests() {
    local first failed files run=(env -C "$1" node --test --test-reporter=spec)
    first=$(mktemp --tmpdir="$scratch")
    # shellcheck disable=SC2206
    files=("$1"/$2)
    if "${run[@]}" "${@:3}" "${files[@]#"$1/"}" 2>&1 | tee "$first"; then return; fi
    mapfile -t files < <(sed -nE 's/^test at ([^:]+):[0-9]+:[0-9]+$/\1/p' "$first" | sort -u)
    failed=$(awk '$1 == "ℹ" && $2 ~ "^(fail|cancelled)$" { total += $3 } END { print total + 0 }' "$first")
    ((${#files[@]} > 0)) && repeat "$failed" "$1: ${files[*]}" "${run[@]}" "${files[@]}"
}

python_tests() {
    local failed run=(env -C clients/python python3 -m pytest --quiet)
    if "${run[@]}" 2>&1 | tee "$scratch/python"; then return; fi
    failed=$(sed -nE 's/^([0-9]+) failed, [0-9]+ passed in .*/\1/p' "$scratch/python")
    repeat "${failed:-0}" "clients/python" "${run[@]}" --last-failed --last-failed-no-failures none
}

# The page contains the sources of the JavaScript client, so both are built before their tests run side by side.
build_clients() {
    has_node || return 0
    in_package clients/js npm run --silent build && in_package web node build.mjs --check && in_package tests/node true
}

# page_tests N…: the Nth quarter of the page's tests, one after the other.
page_tests() {
    local good=true quarter
    for quarter in "$@"; do node_tests web "test/*.test.mjs" "--test-shard=$quarter/4" || good=false; done
    $good
}

client_tests() {
    local good=true
    if has_node; then
        node_tests clients/js "test/*.test.mjs" || good=false
        node_tests tests/node "*.test.mjs" || good=false
    else
        echo "skipped the Node tests: node and npm are not installed"
    fi
    if has_python; then
        python_tests || good=false
    else
        echo "skipped the Python tests: python3 and what clients/python/requirements-dev.txt lists are not installed"
    fi
    if has_node; then page_tests 4 || good=false; fi
    $good
}

# Most of these tests wait for a browser, a server or a process, so the two halves share the processors well. Those of the
# page take longer than the others, which therefore come with a quarter of them.
clients_and_page() {
    local good=true
    local page_log=$scratch/page
    if has_node; then page_tests 1 2 3 >"$page_log" 2>&1 & fi
    page=${!:-}
    trap 'kill $page 2>/dev/null || true' EXIT
    client_tests || good=false
    wait $page || good=false
    cat "$page_log"
    $good
}

# sum RUST_WORD NODE_WORDS PYTHON_WORDS: the total that the test runners printed, as "12 passed;", as "ℹ pass 12", and as
# "12 passed, 1 skipped in 3.45s".
sum() {
    local rust=$1 node=$2 python=$3
    awk -v rust="$rust" -v node="$node" -v python="$python" '
        /^test result:/ { for (i = 2; i <= NF; i++) if ($i ~ "^" rust) total += $(i - 1) }
        $1 == "ℹ" && $2 ~ "^(" node ")$" { total += $3 }
        /^[0-9]+ [a-z]+(, [0-9]+ [a-z]+)* in [0-9.]+s/ {
            for (i = 2; i <= NF; i += 2) if ($i ~ "^(" python "),?$") total += $(i - 1)
        }
        END { print total + 0 }' "$log"
}

run_tests() {
    local passed failed skipped unsteady good=true
    scratch=$(mktemp -d)
    log=$scratch/log
    trap 'rm -rf "$scratch"' EXIT
    # Most tests wait for a server or a clock half of the time, so two more than there are processors run at once.
    export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$(($(nproc) + 2))}
    # Not nextest: it runs each test in a process of its own, and the tests of a process share one PostgreSQL.
    rust_tests 2>&1 | tee "$log" || good=false
    if build_clients; then clients_and_page 2>&1 | tee -a "$log" || good=false; else good=false; fi
    # cargo counts a test that returned because its server is not installed as passed.
    local absent
    absent=$(sed -nE 's/^SKIPPED ([^ ]+): .*/\1/p' "$log" | sort -u | wc -l)
    sed -nE 's/^SKIPPED [^ ]+: (.*)/skipped because \1/p' "$log" | sort | uniq -c
    unsteady=$(awk '$1 == "UNSTEADY" { total += $2 } END { print total + 0 }' "$log")
    sed -nE 's/^UNSTEADY [0-9]+ (.*)/unsteady: \1/p' "$log"
    passed=$(($(sum passed pass passed) - absent + unsteady))
    failed=$(($(sum failed 'fail|cancelled' 'failed|errors?') - unsteady))
    skipped=$(($(sum ignored 'skipped|todo' skipped) + absent))
    if ! has_node; then skipped=$((skipped + 1)); fi
    if ! has_python; then skipped=$((skipped + 1)); fi
    # Each runner repeats a few; together these would be too many.
    if ((unsteady > repeatable)); then failed=$((failed + unsteady)) passed=$((passed - unsteady)); fi
    # A runner that did not even start has failed, too.
    if ! $good && ((failed == 0)); then failed=1; fi
    echo "$passed passed, $failed failed, $skipped skipped"
    ((failed == 0)) && [[ ${CI:-} != true || $skipped == 0 ]]
}

check_source() {
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test --test it -- docs:: golden protocol::
}

check_builds() {
    # Each storage alone, and the bus between nodes with the storage it is for.
    for features in sqlite postgres cosmos postgres,redis; do
        cargo clippy --no-default-features --features "$features" -- -D warnings
    done
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps
}

check() {
    case ${1:-all} in
        all)
            check_source
            check_builds
            ;;
        source) check_source ;;
        builds) check_builds ;;
        *) unknown "part \"$1\" of check" ;;
    esac
}

bench() {
    cargo run --profile dist -- bench
    cargo bench --profile dist
}

update_protocol() {
    cargo run -- protocol .
    UPDATE_PROTOCOL=1 cargo test --test it -- golden docs::
    if has_node; then
        in_package tests/node node types.mjs
        (cd tests/node && UPDATE_PROTOCOL=1 node --test wscat.test.mjs)
    else
        echo "left the TypeScript types and the README's session unchanged: node and npm are not installed"
    fi
    if command -v python3 >/dev/null; then
        python3 clients/python/generate.py
    else
        echo "left the Python types unchanged: python3 is not installed"
    fi
}

unknown() {
    echo "run.sh: unknown $1" >&2
    usage >&2
    exit 2
}

case ${1:-serve} in
    serve) serve ;;
    test) run_tests ;;
    check) check "${2:-all}" ;;
    bench) bench ;;
    update-protocol) update_protocol ;;
    help | -h | --help) usage ;;
    *) unknown "word \"$1\"" ;;
esac
