package io.patchbay.relay.record;

import io.patchbay.foundation.json.Json;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Table {@code request_record}. */
public interface RequestRecordMapper {
    String INSERT = """
            INSERT INTO request_record (request_id, user_id, key_id, model, upstream_model, channel_id, plugin_id,
                plugin_version, generation, streamed, outcome, fault, attempts, input_tokens, output_tokens,
                cached_tokens, reasoning_tokens, estimated, micro, written_off, paid_by, status, channel_name, task_id,
                started_at, first_token_ms, duration_ms, notes)
            """;

    /**
     * Stores records in one statement.
     *
     * @param rows a JSON array of rows, each an array of the columns in their order: binding 28 parameters for each
     *     record costs more than storing it
     */
    @Insert(databaseId = "sqlite", value = INSERT + """
            SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8,
                   value->>9, value->>10, value->>11, value->>12, value->>13, value->>14, value->>15, value->>16,
                   value->>17, value->>18, value->>19, value->>20, value->>21, value->>22, value->>23, value->>24,
                   value->>25, value->>26, value->>27
            FROM json_each(#{rows})""")
    @Insert(databaseId = "mysql", value = INSERT + """
            SELECT t.* FROM JSON_TABLE(#{rows}, '$[*]' COLUMNS (
                request_id VARCHAR(64) PATH '$[0]', user_id BIGINT PATH '$[1]', key_id BIGINT PATH '$[2]',
                model VARCHAR(1000) PATH '$[3]', upstream_model VARCHAR(1000) PATH '$[4]',
                channel_id BIGINT PATH '$[5]', plugin_id VARCHAR(1000) PATH '$[6]',
                plugin_version VARCHAR(1000) PATH '$[7]', generation BIGINT PATH '$[8]', streamed INT PATH '$[9]',
                outcome VARCHAR(1000) PATH '$[10]', fault VARCHAR(1000) PATH '$[11]', attempts INT PATH '$[12]',
                input_tokens BIGINT PATH '$[13]', output_tokens BIGINT PATH '$[14]', cached_tokens BIGINT PATH '$[15]',
                reasoning_tokens BIGINT PATH '$[16]', estimated INT PATH '$[17]', micro BIGINT PATH '$[18]',
                written_off BIGINT PATH '$[19]', paid_by VARCHAR(1000) PATH '$[20]', status INT PATH '$[21]',
                channel_name VARCHAR(1000) PATH '$[22]', task_id VARCHAR(64) PATH '$[23]',
                started_at BIGINT PATH '$[24]', first_token_ms BIGINT PATH '$[25]', duration_ms BIGINT PATH '$[26]',
                notes LONGTEXT PATH '$[27]')) AS t""")
    int insertRows(@Param("rows") String rows);

    /** Stores records in one statement. */
    default int insert(List<RequestRecord> records) {
        return insertRows(Json.write(records.stream().map(RequestRecord::values).toList()));
    }

    /** Returns a user's newest records. */
    @Select("SELECT * FROM request_record WHERE user_id = #{userId} ORDER BY started_at DESC LIMIT #{limit}")
    List<RequestRecord> newest(@Param("userId") long userId, @Param("limit") int limit);

    /** Returns how many records there are. */
    @Select("SELECT COUNT(*) FROM request_record")
    long count();
}
