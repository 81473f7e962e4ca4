package io.patchbay.relay.channel;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Table {@code channel}. */
public interface ChannelMapper {
    /** Returns all channels by id. */
    @Select("SELECT * FROM channel ORDER BY id")
    List<ChannelRow> list();

    /** Returns the highest id ever stored that still exists, {@code null} when there is none. */
    @Select("SELECT MAX(id) FROM channel")
    @Nullable
    Long highestId();

    /** Stores a new channel under its id. */
    @Insert("""
            INSERT INTO channel (id, name, type, priority, weight, models, retry, secret, endpoint, mapper, active,
                                 user_groups, proxy, extra, updated_at)
            VALUES (#{id}, #{name}, #{type}, #{priority}, #{weight}, #{models}, #{retry}, #{secret}, #{endpoint},
                    #{mapper}, #{active}, #{userGroups}, #{proxy}, #{extra}, #{updatedAt})
            """)
    int insert(ChannelRow row);

    /** Replaces a channel; returns 0 when the id is unknown. */
    @Update("""
            UPDATE channel SET name = #{name}, type = #{type}, priority = #{priority}, weight = #{weight},
                   models = #{models}, retry = #{retry}, secret = #{secret}, endpoint = #{endpoint},
                   mapper = #{mapper}, active = #{active}, user_groups = #{userGroups}, proxy = #{proxy},
                   extra = #{extra}, updated_at = #{updatedAt}
             WHERE id = #{id}
            """)
    int update(ChannelRow row);

    /** Switches a channel on or off; returns 0 when the id is unknown. */
    @Update("UPDATE channel SET active = #{active}, updated_at = #{at} WHERE id = #{id}")
    int switchTo(@Param("id") long id, @Param("active") boolean active, @Param("at") long at);

    /** Removes a channel; returns 0 when the id is unknown. */
    @Delete("DELETE FROM channel WHERE id = #{id}")
    int delete(@Param("id") long id);
}
