package io.patchbay.relay.record;

import io.patchbay.foundation.database.Database.Transaction;
import io.patchbay.foundation.database.RowStatement;
import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Table {@code request_record}. */
public interface RequestRecordMapper {
    RowStatement INSERT = RowStatement.of("""
            INSERT INTO request_record (request_id, user_id, key_id, model, upstream_model, channel_id, plugin_id,
                plugin_version, generation, streamed, outcome, fault, attempts, input_tokens, output_tokens,
                cached_tokens, reasoning_tokens, estimated, micro, written_off, paid_by, status, channel_name, task_id,
                started_at, first_token_ms, duration_ms, notes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");

    /** Stores records, all in one go, and returns how many. */
    static int insert(Transaction transaction, List<RequestRecord> records) {
        return transaction.each(
                INSERT, records.stream().map(RequestRecord::values).toList());
    }

    /** Returns a user's newest records. */
    @Select("SELECT * FROM request_record WHERE user_id = #{userId} ORDER BY started_at DESC LIMIT #{limit}")
    List<RequestRecord> newest(@Param("userId") long userId, @Param("limit") int limit);

    /** Returns how many records there are. */
    @Select("SELECT COUNT(*) FROM request_record")
    long count();
}
