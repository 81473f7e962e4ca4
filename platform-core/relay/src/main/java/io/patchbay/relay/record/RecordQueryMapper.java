package io.patchbay.relay.record;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Questions to table {@code request_record}, and its ageing. */
interface RecordQueryMapper {
    String WANTED = """
            FROM request_record
            WHERE started_at &gt;= #{q.from}
            <if test="q.userId() != null">AND user_id = #{q.userId}</if>
            <if test="!q.model().isEmpty()">AND model = #{q.model}</if>
            <if test="q.channel() != null">AND channel_id = #{q.channel}</if>
            <if test="!q.outcome().isEmpty()">AND outcome = #{q.outcome}</if>
            <if test="keys != null">
            AND key_id IN <foreach collection="keys" item="key" open="(" separator="," close=")">#{key}</foreach>
            </if>
            """;

    /**
     * Returns the newest records, newest first.
     *
     * @param keys only calls with these API keys, not empty; {@code null} for all
     * @param after only records behind this one, in that order
     */
    @Select("<script>SELECT * " + WANTED + """
            AND started_at &lt;= #{after.at} AND (started_at &lt; #{after.at} OR request_id &lt; #{after.id})
            ORDER BY started_at DESC, request_id DESC LIMIT #{limit} OFFSET #{offset}
            </script>""")
    List<RequestRecord> newest(
            @Param("q") RecordQuery query,
            @Param("keys") @Nullable Collection<Long> keys,
            @Param("after") RecordCursor after,
            @Param("limit") int limit,
            @Param("offset") int offset);

    /** Counts records, at most to a limit. */
    @Select("<script>SELECT COUNT(*) FROM (SELECT 1 AS line " + WANTED
            + " AND started_at &lt; #{q.until} LIMIT #{limit}) AS some</script>")
    int count(@Param("q") RecordQuery query, @Param("keys") @Nullable Collection<Long> keys, @Param("limit") int limit);

    /** Sums over a month and over the day that belongs to it; amounts are micro-credits. */
    record Sums(long monthMicro, long monthCalls, long dayMicro, long dayCalls) {}

    /** Sums up calls since the start of the month, what their tasks were charged later left out. */
    @Select("""
            <script>
            SELECT COALESCE(SUM(micro), 0) AS month_micro, COUNT(*) AS month_calls,
                   COALESCE(SUM(CASE WHEN started_at &gt;= #{day} THEN micro ELSE 0 END), 0) AS day_micro,
                   COALESCE(SUM(CASE WHEN started_at &gt;= #{day} THEN 1 ELSE 0 END), 0) AS day_calls
            FROM request_record WHERE started_at &gt;= #{month}
            <if test="user != null">AND user_id = #{user}</if>
            </script>""")
    Sums sums(@Param("user") @Nullable Long user, @Param("month") long month, @Param("day") long day);

    /**
     * Sums up what tasks were charged after the records of their calls had been written; counts are 0. The pluses leave
     * the databases no index but that over tasks, of which there are few.
     */
    @Select("""
            <script>
            SELECT COALESCE(SUM(-e.micro), 0) AS month_micro, 0 AS month_calls,
                   COALESCE(SUM(CASE WHEN r.started_at &gt;= #{day} THEN -e.micro ELSE 0 END), 0) AS day_micro,
                   0 AS day_calls
            FROM request_record r
            JOIN task t ON t.id = r.task_id
            JOIN ledger_entry e ON e.request_id = t.hold AND e.kind = 'SETTLE'
            WHERE r.task_id &gt; '' AND r.micro = 0 AND +r.started_at &gt;= #{month}
            <if test="user != null">AND +r.user_id = #{user}</if>
            </script>""")
    Sums taskSums(@Param("user") @Nullable Long user, @Param("month") long month, @Param("day") long day);

    /** What was asked of late. */
    record Rate(long calls, long tokens) {}

    /** Counts calls and their tokens since a moment. */
    @Select("""
            <script>
            SELECT COUNT(*) AS calls, COALESCE(SUM(input_tokens + output_tokens), 0) AS tokens
            FROM request_record WHERE started_at &gt;= #{since}
            <if test="user != null">AND user_id = #{user}</if>
            </script>""")
    Rate rate(@Param("user") @Nullable Long user, @Param("since") long since);

    /** Returns the ids of records that are older than a moment, oldest first. */
    @Select("SELECT request_id FROM request_record WHERE started_at < #{before} ORDER BY started_at LIMIT #{limit}")
    List<String> older(@Param("before") long before, @Param("limit") int limit);

    /** Deletes records; those that are gone already do not matter. */
    @Delete("""
            <script>
            DELETE FROM request_record WHERE request_id IN
            <foreach collection="ids" item="id" open="(" separator="," close=")">#{id}</foreach>
            </script>""")
    int delete(@Param("ids") Collection<String> ids);
}
