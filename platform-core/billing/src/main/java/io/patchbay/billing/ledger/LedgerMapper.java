package io.patchbay.billing.ledger;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** The SQL face of the ledger, but for what is written for every call: that is {@link LedgerRows}. */
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

    @Select("""
            <script>
            SELECT request_id, user_id, micro, model, price_version, node, process, state, created_at, price_group,
                   priced_at, plan_item, plan_window
            FROM reservation WHERE request_id IN
            <foreach collection="requests" item="request" open="(" separator="," close=")">#{request}</foreach>
            </script>""")
    List<ReservationRow> reservations(@Param("requests") Collection<String> requests);

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
