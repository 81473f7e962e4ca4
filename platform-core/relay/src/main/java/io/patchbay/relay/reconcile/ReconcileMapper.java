package io.patchbay.relay.reconcile;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/**
 * Sums over table {@code request_record}, and over what tasks were charged later. Reads only.
 *
 * <p>The table belongs to {@code relay.record}, the tasks' charges to billing. The sums are asked for here because no
 * question of those packages groups by upstream model, and fetching every record to add it up would cost far more. A
 * day is a range of moments that the caller works out, so the text holds no arithmetic of dates and runs on every
 * database.
 */
public interface ReconcileMapper {
    /**
     * What was relayed to one upstream model.
     *
     * @param model the model's name at the provider
     * @param requests how many calls
     * @param input all prompt tokens, the cached ones included
     * @param output all produced tokens
     * @param cached the part of the prompts that the provider read from its cache
     * @param micro what users were charged, in micro-credits
     * @param estimated how many of the calls have counts of the server's own because the provider told none
     */
    record Sum(String model, long requests, long input, long output, long cached, long micro, long estimated) {}

    /**
     * Sums up the calls of a time that reached the provider and got at least a part of an answer, by upstream model. A
     * call that ordered a task has the task's usage and charge once it was paid for.
     *
     * @param channel the channel that answered; {@code null} for all
     * @param from the first moment, in epoch milliseconds
     * @param until the first moment after it, in epoch milliseconds
     * @param limit how many models are returned at most, by name
     */
    @Select("""
            <script>
            SELECT r.upstream_model AS model, COUNT(*) AS requests,
                   SUM(CASE WHEN e.id IS NULL THEN r.input_tokens ELSE COALESCE(e.usage_input, 0) END) AS input,
                   SUM(CASE WHEN e.id IS NULL THEN r.output_tokens ELSE COALESCE(e.usage_output, 0) END) AS output,
                   SUM(CASE WHEN e.id IS NULL THEN r.cached_tokens ELSE COALESCE(e.usage_cached, 0) END) AS cached,
                   SUM(CASE WHEN e.id IS NULL THEN r.micro ELSE -e.micro END) AS micro,
                   SUM(CASE WHEN e.id IS NULL THEN r.estimated ELSE COALESCE(e.usage_estimated, 0) END) AS estimated
            FROM request_record r
            LEFT JOIN task t ON r.task_id &gt; '' AND t.id = r.task_id
            LEFT JOIN ledger_entry e ON e.request_id = t.hold AND e.kind = 'SETTLE'
            WHERE r.started_at &gt;= #{from} AND r.started_at &lt; #{until}
            <if test="channel != null">AND r.channel_id = #{channel}</if>
            AND r.attempts &gt; 0 AND r.outcome IN ('answered', 'broken', 'left')
            GROUP BY r.upstream_model ORDER BY r.upstream_model LIMIT #{limit}
            </script>""")
    List<Sum> sums(
            @Param("channel") @Nullable Long channel,
            @Param("from") long from,
            @Param("until") long until,
            @Param("limit") int limit);
}
