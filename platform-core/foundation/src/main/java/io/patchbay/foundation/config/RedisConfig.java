package io.patchbay.foundation.config;

/**
 * Where state is shared between nodes.
 *
 * @param host empty when there is no Redis
 * @param port 1 to 65535
 * @param db 0 to 1023
 * @param password empty when none is needed
 */
public record RedisConfig(String host, int port, int db, String password) {

    /** Returns whether a Redis server was named. */
    public boolean enabled() {
        return !host.isEmpty();
    }

    static RedisConfig from(ConfigSource source) {
        return new RedisConfig(
                source.text("redis.host", ""),
                source.integer("redis.port", 6379, 1, 65_535),
                source.integer("redis.db", 0, 0, 1_023),
                source.secret("redis.password").orElse(""));
    }

    @Override
    public String toString() {
        return "RedisConfig[host=" + host + ", port=" + port + ", db=" + db + ", password=***]";
    }
}
