package io.patchbay.foundation.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.foundation.config.DatabaseConfig.MySql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PatchbayConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path home;

    private ConfigSource file(String yaml, Map<String, String> environment) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config").resolve("config.yaml"), yaml);
        return ConfigSource.load(home, environment);
    }

    private PatchbayConfig read(String yaml, Map<String, String> environment) throws IOException {
        return PatchbayConfig.from(home, file(yaml, environment));
    }

    private PatchbayConfig read(String yaml) throws IOException {
        return read(yaml, Map.of());
    }

    @Test
    void defaultsWithoutAnyFile() {
        PatchbayConfig config = PatchbayConfig.from(home, ConfigSource.load(home, Map.of()));
        assertThat(config.home()).isEqualTo(home);
        assertThat(config.server())
                .isEqualTo(new ServerConfig(
                        8094, "0.0.0.0", true, List.of(), 32 * 1024 * 1024, Duration.ofSeconds(30), List.of(), ""));
        assertThat(config.database()).isEqualTo(DatabaseConfig.sqlite(home.resolve("db/patchbay.db")));
        assertThat(config.redis()).isEqualTo(new RedisConfig("", 6379, 0, ""));
        assertThat(config.redis().enabled()).isFalse();
        assertThat(config.security().secret()).hasSize(64);
        assertThat(config.security().rootPassword()).isNull();
        assertThat(config.plugins())
                .isEqualTo(new PluginsConfig(
                        home.resolve("plugins"), null, Duration.ofMinutes(10), Duration.ofSeconds(10)));
        assertThat(config.relay())
                .isEqualTo(new RelayConfig(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(120),
                        Duration.ofMinutes(30),
                        Duration.ofSeconds(12),
                        1024,
                        RelayConfig.UnmappedFields.REPORT,
                        false,
                        true));
        assertThat(LogConfig.from(ConfigSource.load(home, Map.of()))).isEqualTo(new LogConfig(true, "INFO"));
    }

    @Test
    void everyKeyOfTheFile() throws IOException {
        ConfigSource source = file("""
                server:
                  port: 9000
                  host: 127.0.0.1
                  max_request_bytes: 5MB
                  drain_timeout: 90
                  trusted_proxies: [10.0.0.0/8, "::1"]
                  public_url: https://ai.example.com/api/
                serve_static: false
                allow_origins:
                  - https://Example.com/chat/
                  - example.org:8443, www.example.net
                max_timeout: 60
                mysql:
                  host: db.internal
                  port: 3307
                  user: patch
                  password: 0123
                  db: older
                  database: newer
                  tls: true
                  pool_size: 8
                  start_timeout: 2 min
                redis: {host: cache, port: 6380, db: 3, password: 1e5}
                secret: %s
                root_password: hunter2hunter2
                plugins: {folder: /srv/plugins, drain_timeout: 1h, probe_timeout: 500ms}
                patchbay: {bundled_plugins: /opt/patchbay/plugins}
                relay:
                  connect_timeout: 1s
                  first_token_timeout: 2s
                  stall_timeout: PT3S
                  heartbeat: 4s
                  max_connections_per_channel: 5
                  unmapped_fields: refuse
                  fetch_private: true
                  channel_private: false
                log: {ignore_console: true, level: debug}
                sqlite: {file: other.db}
                """.formatted(SECRET), Map.of());
        PatchbayConfig config = PatchbayConfig.from(home, source);
        assertThat(config.server())
                .isEqualTo(new ServerConfig(
                        9000,
                        "127.0.0.1",
                        false,
                        List.of("example.com", "example.org:8443", "www.example.net"),
                        5_000_000,
                        Duration.ofSeconds(90),
                        List.of("10.0.0.0/8", "::1"),
                        "https://ai.example.com"));
        assertThat(config.database())
                .isEqualTo(new DatabaseConfig(
                        new MySql("db.internal", 3307, "patch", "0123", "newer", true, 8, Duration.ofMinutes(2)),
                        home.resolve("other.db")));
        assertThat(config.redis()).isEqualTo(new RedisConfig("cache", 6380, 3, "1e5"));
        assertThat(config.security())
                .isEqualTo(new SecurityConfig(SECRET.getBytes(StandardCharsets.UTF_8), "hunter2hunter2"));
        assertThat(config.plugins())
                .isEqualTo(new PluginsConfig(
                        Path.of("/srv/plugins"),
                        Path.of("/opt/patchbay/plugins"),
                        Duration.ofHours(1),
                        Duration.ofMillis(500)));
        assertThat(config.relay())
                .isEqualTo(new RelayConfig(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(4),
                        5,
                        RelayConfig.UnmappedFields.REFUSE,
                        true,
                        false));
        assertThat(LogConfig.from(source)).isEqualTo(new LogConfig(false, "DEBUG"));
        assertThat(source.warnings())
                .containsExactly("mysql.database and mysql.db are both set and differ; mysql.database wins");
    }

    @Test
    void environmentWinsOverTheFile() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("SERVER_PORT", "1234");
        environment.put("SERVE_STATIC", "false");
        environment.put("ALLOW_ORIGINS", "a.example, b.example  c.example");
        environment.put("MYSQL_HOST", "from-env");
        environment.put("MYSQL_PASSWORD", " spaced ");
        environment.put("MYSQL_DB", "env_db");
        environment.put("REDIS_HOST", "");
        environment.put("SECRET", SECRET);
        environment.put("ROOT_PASSWORD", "env-password");
        environment.put("MAX_TIMEOUT", "0");
        environment.put("PATCHBAY_BUNDLED_PLUGINS", "/env/plugins");
        PatchbayConfig config = read("server: {port: 1}\nredis: {host: kept}\nsecret: short", environment);
        assertThat(config.server().port()).isEqualTo(1234);
        assertThat(config.server().serveStatic()).isFalse();
        assertThat(config.server().allowOrigins()).containsExactly("a.example", "b.example", "c.example");
        assertThat(config.database().mysql()).isNotNull();
        assertThat(config.database().mysql().host()).isEqualTo("from-env");
        assertThat(config.database().mysql().database()).isEqualTo("env_db");
        assertThat(config.redis().host()).isEqualTo("kept");
        assertThat(config.security().rootPassword()).isEqualTo("env-password");
        assertThat(config.relay().totalTimeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.plugins().bundled()).isEqualTo(Path.of("/env/plugins"));
    }

    @Test
    void keysMatchInAnyCase() throws IOException {
        PatchbayConfig config = read("Server:\n  PORT: 77\nMySQL:\n  Host: h\n");
        assertThat(config.server().port()).isEqualTo(77);
        assertThat(config.database().mysql()).isNotNull();
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        String yaml = """
                server:
                  port: 99999
                  trusted_proxies: [nonsense]
                serve_static: perhaps
                secret: secret
                mysql: {host: h, tls: 2, database: "a/b"}
                redis: {db: [1, 2]}
                relay: {stall_timeout: soon, unmapped_fields: ignore}
                """;
        ConfigSource source = file(yaml, Map.of("MYSQL_PORT", "abc"));
        ConfigException failure = catchThrowableOfType(ConfigException.class, () -> PatchbayConfig.from(home, source));
        String path = home.resolve("config").resolve("config.yaml").toString();
        assertThat(failure.mistakes())
                .containsExactlyInAnyOrder(
                        "server.trusted_proxies: expected addresses or networks such as 10.0.0.0/8, found \"nonsense\" ("
                                + path + ")",
                        "server.port: expected a whole number from 0 to 65535, found \"99999\" (" + path + ")",
                        "serve_static: expected true or false, found \"perhaps\" (" + path + ")",
                        "mysql.port: expected a whole number from 1 to 65535, found \"abc\" (environment variable"
                                + " MYSQL_PORT)",
                        "mysql.database: expected the name of a database, found \"a/b\" (" + path + ")",
                        "mysql.tls: expected true or false, found \"2\" (" + path + ")",
                        "redis.db: expected one value, found a list (" + path + ")",
                        "secret: expected at least 32 bytes, found 6; anybody who guesses it can sign in as anyone. Set a"
                                + " random text, or remove the key to have one made (" + path + ")",
                        "relay.stall_timeout: expected a duration from 100ms to 1d (such as 30s, 10min or a number of"
                                + " seconds), found \"soon\" (" + path + ")",
                        "relay.unmapped_fields: expected report or refuse, found \"ignore\" (" + path + ")");
        assertThat(failure).hasMessageStartingWith("The configuration has 10 mistakes:\n  - ");
    }

    @Test
    void monotonousSecretIsRefused() {
        ConfigSource source = ConfigSource.of(Map.of("secret", "a".repeat(64)));
        assertThatThrownBy(() -> PatchbayConfig.from(home, source))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("fewer than 8 different characters")
                .hasMessageNotContaining("aaaa");
    }

    @Test
    void unrelatedVariablesDoNotMatter() {
        Map<String, String> environment = Map.of(
                "DEBUG", "app:*",
                "SYSTEM", "linux",
                "CHANNEL", "stable",
                "MARKET", "x",
                "CHARGE", "y",
                "AUTH", "z",
                "LOG_LEVEL", "notice",
                "SERVER", "v",
                "AUTH_USE_DEEPTRAIN", "perhaps");
        assertThatCode(() -> PatchbayConfig.from(home, ConfigSource.load(home, environment)))
                .doesNotThrowAnyException();
    }

    @Test
    void serviceLinksOfContainerPlatformsAreIgnored() {
        ConfigSource source = ConfigSource.load(
                home, Map.of("MYSQL_PORT", "tcp://10.0.0.7:3306", "REDIS_PORT", "tcp://10.0.0.8:6379"));
        PatchbayConfig config = PatchbayConfig.from(home, source);
        assertThat(config.redis().port()).isEqualTo(6379);
        assertThat(source.warnings())
                .anyMatch(warning -> warning.contains("environment variable REDIS_PORT holds a service link"));
    }

    @Test
    void unknownKeysAreWarnedAboutAndSeedSectionsAreNot() throws IOException {
        ConfigSource source = file("""
                mysql: {hots: h}
                flavour: sweet
                debug: true
                auth: {use_deeptrain: false, salt: x}
                system: {general: {title: t}}
                channel: [{id: 1, secret: sk-1}]
                """, Map.of());
        PatchbayConfig.from(home, source);
        String path = home.resolve("config").resolve("config.yaml").toString();
        assertThat(source.warnings())
                .containsExactly(
                        "unknown key mysql.hots (did you mean mysql.host?) is ignored (" + path + ")",
                        "unknown key flavour is ignored (" + path + ")");
        assertThat(source.seedSections()).containsExactly("channel", "system");
    }

    @Test
    void brokenYamlIsToldByPlaceAndNotByContent() throws IOException {
        ConfigSource source = file("mysql:\n  password: hunter2\n  host: [unclosed\n", Map.of());
        assertThatThrownBy(source::throwIfMistaken)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not valid YAML at line ")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void sameKeyInTwoSpellingsIsAMistake() throws IOException {
        ConfigSource source = file("Secret: a\nsecret: b\n", Map.of());
        assertThatThrownBy(source::throwIfMistaken).hasMessageContaining("secret: given twice");
    }

    @Test
    void secretIsMadeOnceAndReadableByItsOwnerOnly() throws IOException {
        byte[] first =
                PatchbayConfig.from(home, ConfigSource.of(Map.of())).security().secret();
        byte[] second =
                PatchbayConfig.from(home, ConfigSource.of(Map.of())).security().secret();
        Path key = home.resolve("config").resolve("secret.key");
        assertThat(second).isEqualTo(first);
        assertThat(Files.readString(key).trim()).isEqualTo(new String(first, StandardCharsets.UTF_8));
        if (Files.getFileStore(key).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
            ConfigSource source = ConfigSource.of(Map.of());
            PatchbayConfig.from(home, source);
            assertThat(source.warnings()).anyMatch(warning -> warning.contains("can be read by others"));
        }
        try (var files = Files.list(key.getParent())) {
            assertThat(files).containsExactly(key);
        }
    }

    @Test
    void truncatedSecretFileIsAMistake() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config").resolve("secret.key"), "short");
        assertThatThrownBy(() -> PatchbayConfig.from(home, ConfigSource.of(Map.of())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("restore the file");
    }

    @Test
    void secretsAreNotPrinted() {
        PatchbayConfig config = PatchbayConfig.from(
                home,
                ConfigSource.of(Map.of(
                        "secret", SECRET,
                        "root_password", "root-pw",
                        "mysql.host", "h",
                        "mysql.password", "mysql-pw",
                        "redis.host", "r",
                        "redis.password", "redis-pw")));
        assertThat(config.toString())
                .contains("***")
                .doesNotContain(SECRET)
                .doesNotContain("root-pw")
                .doesNotContain("mysql-pw")
                .doesNotContain("redis-pw");
    }

    @Test
    void complaintsAboutSecretsDoNotQuoteThem() throws IOException {
        ConfigSource source = file("redis: {password: [pw-one, pw-two]}\nsecret: weak-one\n", Map.of());
        assertThatThrownBy(() -> PatchbayConfig.from(home, source))
                .hasMessageContaining("redis.password: expected one value, found a list")
                .hasMessageNotContaining("pw-one")
                .hasMessageNotContaining("weak-one");
    }
}
