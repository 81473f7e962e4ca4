package io.patchbay.relay.record;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/**
 * The ledger as the request log shows it. Reads only.
 *
 * <p>The tables are billing's. {@code Ledger.entries} is not enough here: it has one account at a time and mixes the few
 * changes in among thousands of charges, while these statements find them by an index of their own and for all users.
 */
interface LedgerLineMapper {
    /**
     * Keeps to lines that changed a balance and were no calls. The plus before {@code user_id} keeps SQLite from walking
     * through all charges of a user instead of taking the index over kind and time.
     */
    String WANTED = """
            FROM ledger_entry
            WHERE kind IN <foreach collection="kinds" item="kind" open="(" separator="," close=")">#{kind}</foreach>
            AND created_at &gt;= #{q.from}
            <if test="q.userId() != null">AND +user_id = #{q.userId}</if>
            <if test="q.type().name() == 'TOPUP'">AND micro &gt; 0</if>
            <if test="q.type().name() == 'SYSTEM'">AND micro &lt;= 0</if>
            """;

    /**
     * Returns the newest lines, newest first.
     *
     * @param kinds of what kind, see {@link LedgerLine#KINDS}
     * @param after only lines behind this one, in that order
     */
    @Select("<script>SELECT id, user_id, micro, actor, reason, created_at " + WANTED + """
            AND created_at &lt;= #{after.at} AND (created_at &lt; #{after.at} OR id &lt; #{after.number})
            ORDER BY created_at DESC, id DESC LIMIT #{limit} OFFSET #{offset}
            </script>""")
    List<LedgerLine> newest(
            @Param("q") RecordQuery query,
            @Param("kinds") List<String> kinds,
            @Param("after") RecordCursor after,
            @Param("limit") int limit,
            @Param("offset") int offset);

    /** Counts lines, at most to a limit. */
    @Select("<script>SELECT COUNT(*) FROM (SELECT 1 AS line " + WANTED
            + " AND created_at &lt; #{q.until} LIMIT #{limit}) AS some</script>")
    int count(@Param("q") RecordQuery query, @Param("kinds") List<String> kinds, @Param("limit") int limit);

    /** What a task was charged when it ended; amounts are micro-credits. */
    record TaskCharge(
            String taskId,
            long micro,
            long writtenOff,
            long inputTokens,
            long outputTokens,
            long cachedTokens,
            long reasoningTokens,
            boolean estimated) {}

    /** Returns what those of the tasks were charged that have been paid for. */
    @Select("""
            <script>
            SELECT t.id AS task_id, -e.micro AS micro, e.written_off AS written_off,
                   COALESCE(e.usage_input, 0) AS input_tokens, COALESCE(e.usage_output, 0) AS output_tokens,
                   COALESCE(e.usage_cached, 0) AS cached_tokens, COALESCE(e.usage_reasoning, 0) AS reasoning_tokens,
                   COALESCE(e.usage_estimated, 0) AS estimated
            FROM task t JOIN ledger_entry e ON e.request_id = t.hold AND e.kind = 'SETTLE'
            WHERE t.id IN
            <foreach collection="tasks" item="task" open="(" separator="," close=")">#{task}</foreach>
            </script>""")
    List<TaskCharge> charges(@Param("tasks") Collection<String> tasks);
}
