package io.patchbay.relay.record;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Table {@code request_record}. */
public interface RequestRecordMapper {
    /** Stores records in one statement. */
    @Insert("""
            <script>
            INSERT INTO request_record (request_id, user_id, key_id, model, upstream_model, channel_id, plugin_id,
                plugin_version, generation, streamed, outcome, fault, attempts, input_tokens, output_tokens,
                cached_tokens, reasoning_tokens, estimated, micro, written_off, paid_by, status, channel_name, task_id,
                started_at, first_token_ms, duration_ms, notes) VALUES
            <foreach collection="records" item="r" separator=",">
                (#{r.requestId}, #{r.userId}, #{r.keyId}, #{r.model}, #{r.upstreamModel}, #{r.channelId},
                 #{r.pluginId}, #{r.pluginVersion}, #{r.generation}, #{r.streamed}, #{r.outcome}, #{r.fault},
                 #{r.attempts}, #{r.inputTokens}, #{r.outputTokens}, #{r.cachedTokens}, #{r.reasoningTokens},
                 #{r.estimated}, #{r.micro}, #{r.writtenOff}, #{r.paidBy}, #{r.status}, #{r.channelName}, #{r.taskId},
                 #{r.startedAt}, #{r.firstTokenMs}, #{r.durationMs}, #{r.notes})
            </foreach>
            </script>
            """)
    int insert(@Param("records") List<RequestRecord> records);

    /** Returns a user's newest records. */
    @Select("SELECT * FROM request_record WHERE user_id = #{userId} ORDER BY started_at DESC LIMIT #{limit}")
    List<RequestRecord> newest(@Param("userId") long userId, @Param("limit") int limit);

    /** Returns how many records there are. */
    @Select("SELECT COUNT(*) FROM request_record")
    long count();
}
