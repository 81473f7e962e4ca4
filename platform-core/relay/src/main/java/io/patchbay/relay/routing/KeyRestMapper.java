package io.patchbay.relay.routing;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Table {@code channel_key_rest}: the keys that rest, and must after a restart and on other nodes too. */
interface KeyRestMapper {
    @Select("SELECT * FROM channel_key_rest")
    List<KeyRestRow> all();

    @Delete("DELETE FROM channel_key_rest WHERE channel_id = #{channel} AND key_mark = #{mark}")
    int delete(@Param("channel") long channel, @Param("mark") String mark);

    @Insert("""
            INSERT INTO channel_key_rest (channel_id, key_mark, kind, reason, strikes, since, until_at)
            VALUES (#{channelId}, #{keyMark}, #{kind}, #{reason}, #{strikes}, #{since}, #{untilAt})""")
    int insert(KeyRestRow row);
}
