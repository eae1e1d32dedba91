/// One setting: `env.example` and the README are made of these.
#[derive(Debug)]
pub struct Setting {
    /// What this setting and those after it are about, where it begins a group.
    pub heading: Option<&'static str>,
    /// The environment variable.
    pub name: &'static str,
    /// Another name it may be given by.
    pub other_name: Option<&'static str>,
    /// What holds where it is not set; empty: nothing.
    pub default: &'static str,
    /// What it does.
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

/// Every setting there is.
pub const SETTINGS: &[Setting] = &[
    headed("Where to listen", setting("HOST", "127.0.0.1", "The address to listen on; 0.0.0.0 for all.")),
    also(setting("PORT", "8080", "The port to listen on; 0 for any free one."), "SERVER_PORT"),
    setting("TLS_CERT", "", "Certificate chain (PEM file); with TLS_KEY: serve wss:// and https://."),
    setting("TLS_KEY", "", "Private key (PEM file)."),
    also(
        setting(
            "ALLOWED_ORIGINS",
            "",
            "Origins that browsers may connect from, by commas; * for any; absent: the server's own.",
        ),
        "CORS_ORIGINS",
    ),
    setting(
        "TRUSTED_PROXIES",
        "",
        "Proxies in front, addresses or networks (10.0.0.0/8) by commas; their X-Forwarded-For tells the client's address.",
    ),
    headed(
        "Where the data is",
        setting(
            "DATABASE_URL",
            "sqlite://pichat.db",
            "Where the data is kept: sqlite://PATH, postgres://USER:PASSWORD@HOST/DATABASE, or cosmos://.",
        ),
    ),
    setting("POSTGRES_CONNECTIONS", "16", "Connections to PostgreSQL at most; a fifth of them write."),
    setting("COSMOS_ENDPOINT", "", "The account, https://NAME.documents.azure.com:443/; alone it means cosmos://."),
    setting("COSMOS_KEY", "", "The account's key; with it, database and containers are made where they are missing."),
    setting(
        "COSMOS_AUTH",
        "",
        "Without a key: managed-identity, workload-identity, client-secret or developer (Entra ID).",
    ),
    setting("COSMOS_DATABASE", "pichat", "The database in the account."),
    setting("COSMOS_CONTAINER_CHATS", "chats", "The container of channel names and of the list of channels."),
    setting("COSMOS_CONTAINER_MESSAGES", "messages", "The container of chats with their members and messages."),
    setting("COSMOS_CONTAINER_USERS", "users", "The container of users, their chats and their tokens."),
    setting("COSMOS_CONTAINER_SETTINGS", "settings", "The container of settings."),
    setting("AZURE_CLIENT_ID", "", "For managed-identity (where there are several) and client-secret."),
    setting("AZURE_TENANT_ID", "", "For client-secret."),
    setting("AZURE_CLIENT_SECRET", "", "For client-secret."),
    headed(
        "Several nodes",
        setting("REDIS_URL", "", "Redis, by which nodes hear each other: redis:// or rediss://; absent: one node."),
    ),
    headed(
        "Who may do what",
        setting(
            "API_TOKEN",
            "",
            "Token of the built-in administrator, at least 32 random bytes (openssl rand -hex 32); absent: there is none.",
        ),
    ),
    setting(
        "SECRET_KEY",
        "",
        "Signs access tokens (JWTs, HS256), at least 32 random bytes; several by commas: the first signs, all verify; absent: made once and kept.",
    ),
    setting("ACCESS_TOKEN_EXPIRE_MINUTES", "30", "How long an access token is good."),
    setting("REFRESH_TOKEN_EXPIRE_DAYS", "30", "How long a log-in goes on that is not used."),
    setting(
        "REFRESH_GRACE_SECONDS",
        "0",
        "How long a refresh token is good again, if its successor is not used: for answers that were lost; 0: not at all.",
    ),
    setting("ALLOW_SIGN_UP", "true", "Whether people may make accounts for themselves."),
    setting(
        "EMAIL_LOOKUP",
        "true",
        "Whether users are found and reached by their whole e-mail address; addresses are not verified.",
    ),
    headed(
        "Logs and other programs",
        setting("LOG_LEVEL", "info", "error, warn, info, debug or trace; also per module: info,pichat::net=debug."),
    ),
    setting("LOG_FORMAT", "text", "text or json."),
    setting(
        "IGNORED_SETTINGS",
        "",
        "Names in .env or the environment that are not misspelt settings but belong to other programs, by commas.",
    ),
    headed(
        "How much one client may do; 0 switches a rate or a count off",
        setting("MAX_FRAME_BYTES", "262144", "Bytes of one frame."),
    ),
    setting("MAX_CONTENT_CHARS", "4096", "Characters of a message."),
    setting("MAX_NAME_CHARS", "80", "Characters of a name."),
    setting("MAX_DESCRIPTION_CHARS", "500", "Characters of a description."),
    setting("MAX_BATCH", "50", "Commands in one frame."),
    setting("COMMANDS_PER_SECOND", "20", "Commands a second per connection."),
    setting("COMMAND_BURST", "60", "Commands at once per connection."),
    setting("LOGIN_ATTEMPTS_PER_MINUTE", "5", "Failed log-ins per account and address."),
    setting("SIGN_UPS_PER_HOUR", "20", "New accounts per address."),
    setting("MAX_CONNECTIONS_PER_USER", "20", "Connections of one user."),
    setting(
        "MAX_ANONYMOUS_CONNECTIONS_PER_ADDRESS",
        "2000",
        "Connections of one address that are not authenticated yet.",
    ),
    setting("OUTBOX_BYTES", "1048576", "Bytes that may wait for one slow client."),
    setting("HEARTBEAT_SECONDS", "30", "How often a silent client is pinged."),
    setting("HEARTBEAT_TIMEOUT_SECONDS", "60", "How long a client may be silent."),
    setting("AUTHENTICATE_WITHIN_SECONDS", "10", "How long a connection may stay anonymous."),
];
