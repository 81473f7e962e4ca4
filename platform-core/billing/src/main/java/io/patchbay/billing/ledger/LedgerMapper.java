package io.patchbay.billing.ledger;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/**
 * The SQL face of the ledger.
 *
 * <p>What a transaction writes is handed over as one JSON text for each table: an array of rows, each an array of values.
 * One statement for many rows saves most of the time on both databases: the round trips on MySQL, and on SQLite the
 * handling of each parameter, which costs more than the row itself.
 */
interface LedgerMapper {
    String ACCOUNTS = """
            SELECT user_id, balance, reserved, used, version FROM credit_account WHERE user_id IN (${users})
            ORDER BY user_id
            """;

    String PLAN_USAGES = """
            SELECT user_id, item, window_start, used FROM plan_usage WHERE user_id IN (${users})
            ORDER BY user_id, item""";

    String ENTRIES = """
            SELECT id, user_id, request_id, kind, micro, written_off, balance_after, actor, reason, model,
                   price_version, usage_input, usage_output, usage_cached, usage_reasoning, usage_estimated, units, usage_parts,
                   plan_item, created_at
            FROM ledger_entry
            """;

    String INSERT_RESERVATION = """
            INSERT INTO reservation
                (request_id, user_id, micro, model, price_version, node, process, state, created_at, price_group,
                 priced_at, plan_item, plan_window)
            """;

    String INSERT_ENTRY = """
            INSERT INTO ledger_entry
                (user_id, request_id, kind, micro, written_off, balance_after, actor, reason, model, price_version,
                 usage_input, usage_output, usage_cached, usage_reasoning, usage_estimated, units, usage_parts,
                 plan_item, created_at)
            """;

    /** Returns an account, or null. */
    @Select("SELECT user_id, balance, reserved, used, version FROM credit_account WHERE user_id = #{user}")
    @Nullable
    AccountRow account(@Param("user") long user);

    /**
     * Returns the accounts that exist.
     *
     * @param users numbers with commas between them, not empty
     */
    @Select(ACCOUNTS)
    List<AccountRow> accounts(@Param("users") String users);

    /**
     * Returns the accounts that exist and keeps others from changing them until the transaction ends. SQLite has one
     * writer anyway; the order by user keeps two nodes from waiting for each other.
     *
     * @param users numbers with commas between them, not empty
     */
    @Arg(column = "user_id", javaType = long.class)
    @Arg(column = "balance", javaType = long.class)
    @Arg(column = "reserved", javaType = long.class)
    @Arg(column = "used", javaType = long.class)
    @Arg(column = "version", javaType = long.class)
    @Select(databaseId = "sqlite", value = ACCOUNTS)
    @Select(databaseId = "mysql", value = ACCOUNTS + "FOR UPDATE")
    List<AccountRow> lockAccounts(@Param("users") String users);

    @Insert("""
            INSERT INTO credit_account (user_id, balance, reserved, used, version, updated_at)
            VALUES (#{account.userId}, #{account.balance}, #{account.reserved}, #{account.used}, 1, #{now})""")
    void insertAccount(@Param("account") AccountRow account, @Param("now") long now);

    /**
     * Writes accounts back, but only those that nobody has changed since they were read.
     *
     * @param rows arrays of user_id, version as read, balance, reserved, used
     * @return how many were written
     */
    @Update(databaseId = "sqlite", value = """
            UPDATE credit_account
            SET balance = t.balance, reserved = t.reserved, used = t.used, version = t.version + 1,
                updated_at = #{now}
            FROM (SELECT value->>0 AS user_id, value->>1 AS version, value->>2 AS balance, value->>3 AS reserved,
                         value->>4 AS used
                  FROM json_each(#{rows})) AS t
            WHERE credit_account.user_id = t.user_id AND credit_account.version = t.version""")
    @Update(databaseId = "mysql", value = """
            UPDATE credit_account a
            JOIN JSON_TABLE(#{rows}, '$[*]' COLUMNS (
                user_id BIGINT PATH '$[0]', version BIGINT PATH '$[1]', balance BIGINT PATH '$[2]',
                reserved BIGINT PATH '$[3]', used BIGINT PATH '$[4]')) AS t
              ON a.user_id = t.user_id AND a.version = t.version
            SET a.balance = t.balance, a.reserved = t.reserved, a.used = t.used, a.version = t.version + 1,
                a.updated_at = #{now}""")
    int updateAccounts(@Param("rows") String rows, @Param("now") long now);

    @Select("""
            <script>
            SELECT request_id, user_id, micro, model, price_version, node, process, state, created_at, price_group,
                   priced_at, plan_item, plan_window
            FROM reservation WHERE request_id IN
            <foreach collection="requests" item="request" open="(" separator="," close=")">#{request}</foreach>
            </script>""")
    List<ReservationRow> reservations(@Param("requests") Collection<String> requests);

    /**
     * Adds open reservations of this process.
     *
     * @param rows arrays of request_id, user_id, micro, model, price_version, created_at, price_group, priced_at,
     *     plan_item, plan_window
     */
    @Insert(databaseId = "sqlite", value = INSERT_RESERVATION + """
            SELECT value->>0, value->>1, value->>2, value->>3, value->>4, #{self.node}, #{self.process}, 'OPEN',
                   value->>5, value->>6, value->>7, value->>8, value->>9
            FROM json_each(#{rows})""")
    @Insert(databaseId = "mysql", value = INSERT_RESERVATION + """
            SELECT t.request_id, t.user_id, t.micro, t.model, t.price_version, #{self.node}, #{self.process}, 'OPEN',
                   t.created_at, t.price_group, t.priced_at, t.plan_item, t.plan_window
            FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
                request_id VARCHAR(64) PATH '$[0]', user_id BIGINT PATH '$[1]', micro BIGINT PATH '$[2]',
                model VARCHAR(255) PATH '$[3]', price_version BIGINT PATH '$[4]', created_at BIGINT PATH '$[5]',
                price_group VARCHAR(255) PATH '$[6]', priced_at BIGINT PATH '$[7]',
                plan_item VARCHAR(255) PATH '$[8]', plan_window BIGINT PATH '$[9]')) AS t""")
    void insertReservations(@Param("rows") String rows, @Param("self") NodeIdentity self);

    /**
     * Writes what open reservations hold, if they still hold what is told.
     *
     * @param rows arrays of request_id, micro before, micro
     * @return how many got the amount
     */
    @Update(databaseId = "sqlite", value = """
            UPDATE reservation SET micro = t.micro
            FROM (SELECT value->>0 AS request_id, value->>1 AS held, value->>2 AS micro FROM json_each(#{rows})) AS t
            WHERE reservation.request_id = t.request_id AND reservation.micro = t.held
              AND reservation.state = 'OPEN'""")
    @Update(databaseId = "mysql", value = """
            UPDATE reservation r
            JOIN JSON_TABLE(#{rows}, '$[*]' COLUMNS (
                request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$[0]', held BIGINT PATH '$[1]',
                micro BIGINT PATH '$[2]')) AS t
              ON r.request_id = t.request_id AND r.micro = t.held
            SET r.micro = t.micro WHERE r.state = 'OPEN'""")
    int extendReservations(@Param("rows") String rows);

    /** What a user has used of an item. */
    record PlanUsageRow(long userId, String item, long windowStart, long used) {}

    /**
     * Returns the counters of users whose accounts are locked.
     *
     * @param users numbers with commas between them, not empty
     */
    @Select(databaseId = "sqlite", value = PLAN_USAGES)
    @Select(databaseId = "mysql", value = PLAN_USAGES + " FOR UPDATE")
    List<PlanUsageRow> planUsages(@Param("users") String users);

    /**
     * Writes counters.
     *
     * @param rows arrays of user_id, item, window_start, used
     */
    @Insert(databaseId = "sqlite", value = """
            INSERT INTO plan_usage (user_id, item, window_start, used, updated_at)
            SELECT value->>0, value->>1, value->>2, value->>3, #{now} FROM json_each(#{rows}) WHERE TRUE
            ON CONFLICT (user_id, item) DO UPDATE
            SET window_start = excluded.window_start, used = excluded.used, updated_at = excluded.updated_at""")
    @Insert(databaseId = "mysql", value = """
            INSERT INTO plan_usage (user_id, item, window_start, used, updated_at)
            SELECT t.user_id, t.item, t.window_start, t.used, #{now}
            FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
                user_id BIGINT PATH '$[0]', item VARCHAR(255) PATH '$[1]', window_start BIGINT PATH '$[2]',
                used BIGINT PATH '$[3]')) AS t
            ON DUPLICATE KEY UPDATE window_start = VALUES(window_start), used = VALUES(used),
                                    updated_at = VALUES(updated_at)""")
    void putPlanUsages(@Param("rows") String rows, @Param("now") long now);

    /**
     * Closes those of the reservations that are open and hold what is told.
     *
     * @param rows arrays of request_id, micro
     * @return how many were closed
     */
    @Update(databaseId = "sqlite", value = """
            UPDATE reservation SET state = #{state}, closed_at = #{now}
            FROM (SELECT value->>0 AS request_id, value->>1 AS micro FROM json_each(#{rows})) AS t
            WHERE reservation.request_id = t.request_id AND reservation.micro = t.micro
              AND reservation.state = 'OPEN'""")
    @Update(databaseId = "mysql", value = """
            UPDATE reservation r
            JOIN JSON_TABLE(#{rows}, '$[*]' COLUMNS (
                request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin PATH '$[0]', micro BIGINT PATH '$[1]')) AS t
              ON r.request_id = t.request_id AND r.micro = t.micro
            SET r.state = #{state}, r.closed_at = #{now} WHERE r.state = 'OPEN'""")
    int closeReservations(@Param("rows") String rows, @Param("state") String state, @Param("now") long now);

    /**
     * Adds lines to the ledger.
     *
     * @param rows arrays of the columns after id, without created_at
     */
    @Insert(databaseId = "sqlite", value = INSERT_ENTRY + """
            SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8,
                   value->>9, value->>10, value->>11, value->>12, value->>13, value->>14, value->>15,
                   value->>16, value->>17, #{now}
            FROM json_each(#{rows})""")
    @Insert(databaseId = "mysql", value = INSERT_ENTRY + """
            SELECT t.user_id, t.request_id, t.kind, t.micro, t.written_off, t.balance_after, t.actor, t.reason, t.model,
                   t.price_version, t.input, t.output, t.cached, t.reasoning, t.estimated, t.units, t.usage_parts,
                   t.plan_item, #{now}
            FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
                user_id BIGINT PATH '$[0]', request_id VARCHAR(64) PATH '$[1]', kind VARCHAR(64) PATH '$[2]',
                micro BIGINT PATH '$[3]', written_off BIGINT PATH '$[4]', balance_after BIGINT PATH '$[5]',
                actor VARCHAR(255) PATH '$[6]', reason VARCHAR(1000) PATH '$[7]', model VARCHAR(255) PATH '$[8]',
                price_version BIGINT PATH '$[9]', input BIGINT PATH '$[10]', output BIGINT PATH '$[11]',
                cached BIGINT PATH '$[12]', reasoning BIGINT PATH '$[13]', estimated INT PATH '$[14]',
                units BIGINT PATH '$[15]', usage_parts VARCHAR(1000) PATH '$[16]',
                plan_item VARCHAR(255) PATH '$[17]')) AS t""")
    void insertEntries(@Param("rows") String rows, @Param("now") long now);

    /** Returns the line that closed a request, or null. */
    @Select(ENTRIES + "WHERE request_id = #{request} AND kind IN ('SETTLE', 'RELEASE')")
    @Nullable
    EntryRow outcome(@Param("request") String request);

    /** Returns lines of charged requests above a number, oldest first. */
    @Select(ENTRIES + "WHERE id > #{above} AND kind = 'SETTLE' ORDER BY id LIMIT #{limit}")
    List<EntryRow> settled(@Param("above") long above, @Param("limit") int limit);

    /** Returns the line of a kind that has a key, or null. */
    @Select(ENTRIES + "WHERE request_id = #{key} AND kind = #{kind}")
    @Nullable
    EntryRow entry(@Param("key") String key, @Param("kind") String kind);

    /** Returns how many lines of a kind have a key, 0 or 1. */
    @Select("SELECT COUNT(*) FROM ledger_entry WHERE request_id = #{key} AND kind = #{kind}")
    int entryOf(@Param("key") String key, @Param("kind") String kind);

    /** Returns the newest lines of an account below a number, newest first. */
    @Select(ENTRIES + "WHERE user_id = #{user} AND id < #{below} ORDER BY id DESC LIMIT #{limit}")
    List<EntryRow> entries(@Param("user") long user, @Param("below") long below, @Param("limit") int limit);
}
