/// One setting; `env.example` and the table in `docs/operations.md` are generated from these.
#[derive(Debug)]
pub struct Setting {
    /// The heading of the group that starts with this setting, if any.
    pub heading: Option<&'static str>,
    /// The environment variable.
    pub name: &'static str,
    /// An alternative name that is also accepted.
    pub other_name: Option<&'static str>,
    /// The value if it is not set; empty for none.
    pub default: &'static str,
    /// The sentence that describes the setting.
    pub help: &'static str,
}

const fn setting(name: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { heading: None, name, other_name: None, default, help }
}

const fn also(setting: Setting, other_name: &'static str) -> Setting {
    Setting { other_name: Some(other_name), ..setting }
}

const fn headed(heading: &'static str, setting: Setting) -> Setting {
    Setting { heading: Some(heading), ..setting }
}

/// Every setting, in the order of `env.example`.
pub const SETTINGS: &[Setting] = &[
    headed("Network", setting("HOST", "127.0.0.1", "The address to listen on; 0.0.0.0 for all interfaces.")),
    also(setting("PORT", "8080", "The port to listen on; 0 for any free port."), "SERVER_PORT"),
    setting("TLS_CERT", "", "Certificate chain (PEM file); together with TLS_KEY it turns on wss:// and https://."),
    setting("TLS_KEY", "", "Private key (PEM file)."),
    also(
        setting(
            "ALLOWED_ORIGINS",
            "",
            "Origins that browsers may connect from, separated by commas; * for any. Default: the server's own.",
        ),
        "CORS_ORIGINS",
    ),
    setting(
        "TRUSTED_PROXIES",
        "",
        "Proxies whose X-Forwarded-For is trusted: addresses or networks (10.0.0.0/8), separated by commas.",
    ),
    headed(
        "Storage",
        setting(
            "DATABASE_URL",
            "sqlite://pichat.db",
            "The database: sqlite://PATH, postgres://USER:PASSWORD@HOST/DATABASE or cosmos://.",
        ),
    ),
    setting("POSTGRES_CONNECTIONS", "16", "Maximum PostgreSQL connections; one fifth are reserved for writes."),
    setting(
        "COSMOS_ENDPOINT",
        "",
        "The Cosmos DB account, https://NAME.documents.azure.com:443/; implies DATABASE_URL=cosmos://.",
    ),
    setting(
        "COSMOS_KEY",
        "",
        "The account's key; with it, the server creates a missing database and missing containers.",
    ),
    setting(
        "COSMOS_AUTH",
        "",
        "Entra ID sign-in instead of a key: managed-identity, workload-identity, client-secret or developer.",
    ),
    setting("COSMOS_DATABASE", "pichat", "The name of the database in the account."),
    setting("COSMOS_CONTAINER_CHATS", "chats", "The container for channel names and the list of channels."),
    setting("COSMOS_CONTAINER_MESSAGES", "messages", "The container for chats with their members and messages."),
    setting("COSMOS_CONTAINER_USERS", "users", "The container for users with their chats and tokens."),
    setting("COSMOS_CONTAINER_SETTINGS", "settings", "The container for users' settings and the generated SECRET_KEY."),
    setting(
        "AZURE_CLIENT_ID",
        "",
        "The client id for client-secret, and for managed-identity if there are several identities.",
    ),
    setting("AZURE_TENANT_ID", "", "The tenant id for client-secret."),
    setting("AZURE_CLIENT_SECRET", "", "The secret for client-secret."),
    headed(
        "Files",
        setting(
            "FILES_URL",
            "file://files",
            "Where uploaded files are kept: file://FOLDER (relative to the folder of the SQLite database), \
             az://ACCOUNT/CONTAINER or s3://BUCKET/PREFIX. Several nodes need one of the latter; without it, nothing can be uploaded.",
        ),
    ),
    setting(
        "AZURE_STORAGE_ACCOUNT_KEY",
        "",
        "The storage account's key for az://. Default: Entra ID, as set by AZURE_CLIENT_ID or by the machine.",
    ),
    setting(
        "AZURE_STORAGE_ENDPOINT",
        "",
        "The blob endpoint for az://. Default: https://ACCOUNT.blob.core.windows.net.",
    ),
    setting("AWS_ACCESS_KEY_ID", "", "The access key for s3://. Default: the role of the machine."),
    setting("AWS_SECRET_ACCESS_KEY", "", "The secret of the access key."),
    setting("AWS_SESSION_TOKEN", "", "The session token of temporary credentials."),
    setting("AWS_REGION", "", "The region of the bucket. Default: us-east-1."),
    setting("AWS_ENDPOINT_URL", "", "The address of another server that speaks the S3 protocol."),
    setting("MAX_FILE_BYTES", "26214400", "Maximum bytes of a file."),
    setting("FILE_QUOTA_BYTES_PER_USER", "1073741824", "Maximum bytes of all files of a user; 0 turns it off."),
    headed(
        "Several nodes",
        setting(
            "REDIS_URL",
            "",
            "The Redis server that connects several nodes: redis:// or rediss://. Default: one node.",
        ),
    ),
    headed(
        "Accounts and tokens",
        setting(
            "API_TOKEN",
            "",
            "The token of the built-in administrator, at least 32 random bytes (openssl rand -hex 32). Default: none.",
        ),
    ),
    setting(
        "ADMIN_SOCKET",
        "",
        "Unix socket by which pichat user, token, stats and jobs administer this server, for its own user and root; off for none. \
         Default: beside the SQLite database (pichat.db.sock); none on other databases.",
    ),
    setting(
        "SECRET_KEY",
        "",
        "Signs access tokens (JWT, HS256), at least 32 random bytes. Of several, separated by commas, the first signs and all verify. Default: generated once and stored.",
    ),
    setting("ACCESS_TOKEN_EXPIRE_MINUTES", "30", "Minutes until an access token expires."),
    setting("REFRESH_TOKEN_EXPIRE_DAYS", "30", "Days until an unused session expires."),
    setting(
        "REFRESH_GRACE_SECONDS",
        "0",
        "Seconds the previous refresh token stays valid if its replacement is unused; 0 disables this.",
    ),
    setting("ALLOW_SIGN_UP", "true", "Let people create their own accounts."),
    setting(
        "EMAIL_LOOKUP",
        "true",
        "Let users be found and reached by their complete email address; addresses are not verified.",
    ),
    headed(
        "Retention",
        setting(
            "RETENTION_DAYS",
            "0",
            "Days after which messages are removed permanently; 0 keeps them for ever. Owners can set fewer days for their chat.",
        ),
    ),
    setting(
        "AUDIT_RETENTION_DAYS",
        "0",
        "Days after which entries of the audit log are removed permanently; 0 keeps them for ever.",
    ),
    headed(
        "Logs and other programs",
        setting("LOG_LEVEL", "info", "error, warn, info, debug or trace; also per module: warn,pichat=debug."),
    ),
    setting("LOG_FORMAT", "text", "The format of log lines: text or json."),
    setting(
        "SLOW_COMMAND_MILLISECONDS",
        "1000",
        "Milliseconds from which a command is logged as slow, without its contents; 0 logs none.",
    ),
    setting("METRICS_TOKEN", "", "Bearer token for /metrics and the details of /ready; unset: they are public."),
    setting(
        "METRICS_PORT",
        "",
        "Separate port for /metrics and the details of /ready; unset: the chat port serves them.",
    ),
    setting(
        "IGNORED_SETTINGS",
        "",
        "Names in .env or the environment that belong to other programs and are not misspelt settings, separated by commas.",
    ),
    headed(
        "OpenTelemetry",
        setting(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "",
            "Address to which traces and log lines are sent over OTLP/HTTP, for example http://127.0.0.1:4318. Default: nowhere.",
        ),
    ),
    setting("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "The only protocol that is supported."),
    setting("OTEL_EXPORTER_OTLP_HEADERS", "", "Headers of each request: name=value, separated by commas."),
    setting("OTEL_EXPORTER_OTLP_TIMEOUT", "10000", "Milliseconds that a request may take, including retries."),
    setting("OTEL_SERVICE_NAME", "pichat", "The service.name of this server."),
    setting("OTEL_RESOURCE_ATTRIBUTES", "", "Additional attributes of this server: name=value, separated by commas."),
    setting(
        "OTEL_TRACES_SAMPLER",
        "parentbased_always_on",
        "Traces that are recorded: always_on, always_off or traceidratio; after parentbased_, for commands without a traceparent only.",
    ),
    setting("OTEL_TRACES_SAMPLER_ARG", "1", "The share of traces for traceidratio, from 0 to 1."),
    setting("OTEL_TRACES_EXPORTER", "otlp", "Send traces (otlp) or not (none)."),
    setting("OTEL_LOGS_EXPORTER", "otlp", "Send log lines (otlp) or not (none)."),
    setting("OTEL_SDK_DISABLED", "false", "Send nothing, whatever the other OTEL settings say."),
    headed(
        "Limits per client; 0 turns a rate or count limit off",
        setting("MAX_FRAME_BYTES", "262144", "Maximum bytes of a frame."),
    ),
    setting("MAX_CONTENT_CHARS", "4096", "Maximum characters of a message."),
    setting("MAX_NAME_CHARS", "80", "Maximum characters of a name."),
    setting("MAX_DESCRIPTION_CHARS", "500", "Maximum characters of a description."),
    setting("MAX_BATCH", "50", "Maximum commands in one frame."),
    setting("COMMANDS_PER_SECOND", "20", "Commands per second and connection, on average."),
    setting("COMMAND_BURST", "60", "Commands that a connection may send at once."),
    setting("LOGIN_ATTEMPTS_PER_MINUTE", "5", "Failed log-ins per minute, per account and address."),
    setting("SIGN_UPS_PER_HOUR", "20", "Sign-ups per hour and address, including ones with a taken username."),
    setting("MAX_CONNECTIONS_PER_USER", "20", "Maximum connections of a user."),
    setting("MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS", "2000", "Maximum unauthenticated connections from one address."),
    setting(
        "COMMANDS_PER_SECOND_PER_USER",
        "60",
        "Commands per second of one user across all connections; expensive commands count several times. \
         Off by default if COMMANDS_PER_SECOND is 0.",
    ),
    setting("MAX_BOTS_PER_USER", "20", "Maximum bots of a user."),
    setting("MAX_TOKENS_PER_USER", "100", "Maximum API tokens of a user."),
    setting(
        "MAX_OPERATIONS_PER_USER",
        "100000",
        "Maximum commands with an opId within 25 hours of a user, whose outcomes are kept.",
    ),
    setting("OPERATION_BYTES_PER_USER", "67108864", "Maximum bytes of the outcomes that are kept for a user."),
    setting("MAX_SESSIONS_PER_USER", "100", "Maximum sessions of a user; a new one ends the one unused for longest."),
    setting("MAX_CHATS_PER_USER", "5000", "Maximum chats that a user can create or join."),
    setting("NEW_CHATS_PER_HOUR", "100", "Chats that a user can create per hour."),
    setting(
        "NEW_CONTACTS_PER_HOUR",
        "1000",
        "Users sharing no chat with them that a user, with their bots, can add to groups and channels per hour.",
    ),
    setting(
        "SEARCH_MILLISECONDS",
        "1000",
        "Milliseconds after which a search replies with the results so far; 0 is no limit.",
    ),
    setting("MAX_PINS_PER_CHAT", "100", "Maximum pinned messages of a chat."),
    setting("MAX_REACTIONS_PER_MESSAGE", "50", "Maximum different emoji on a message."),
    setting(
        "LARGE_CHAT_MEMBERS",
        "200",
        "Members above which a chat is large: presence and others' marks are then fetched, not sent; 0 disables this.",
    ),
    setting("OUTBOX_BYTES", "1048576", "Maximum bytes queued for a slow client."),
    setting("HEARTBEAT_SECONDS", "30", "Seconds of silence after which a client is pinged."),
    setting("HEARTBEAT_TIMEOUT_SECONDS", "60", "Seconds of silence after which a client is disconnected."),
    setting("AUTHENTICATE_WITHIN_SECONDS", "10", "Seconds a connection may stay unauthenticated."),
];
