package io.patchbay.accounts;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The SQL of API keys. */
interface ApiKeyMapper {
    String COLUMNS = "id, user_id, name, hash, sealed, prefix, scopes, disabled, created_at, last_used_at";

    @Select("SELECT " + COLUMNS + " FROM api_keys WHERE hash = #{hash}")
    @Nullable
    ApiKeyRow byHash(@Param("hash") String hash);

    @Select("SELECT " + COLUMNS + " FROM api_keys WHERE user_id = #{userId} AND name = #{name}")
    @Nullable
    ApiKeyRow byName(@Param("userId") long userId, @Param("name") String name);

    @Select("SELECT " + COLUMNS + " FROM api_keys WHERE user_id = #{userId} ORDER BY id")
    List<ApiKeyRow> ofUser(@Param("userId") long userId);

    /** A key's number and name. */
    record Named(long id, String name) {}

    @Select("""
            <script>
            SELECT id, name FROM api_keys WHERE id IN
            <foreach collection="ids" item="id" open="(" separator="," close=")">#{id}</foreach>
            </script>
            """)
    List<Named> names(@Param("ids") Collection<Long> ids);

    @Select("SELECT id FROM api_keys WHERE name = #{name} LIMIT #{limit}")
    List<Long> named(@Param("name") String name, @Param("limit") int limit);

    @Insert("""
            INSERT INTO api_keys (user_id, name, hash, sealed, prefix, scopes, disabled, created_at)
            VALUES (#{userId}, #{name}, #{hash}, #{sealed}, #{prefix}, #{scopes}, #{disabled}, #{createdAt})
            """)
    int insert(
            @Param("userId") long userId,
            @Param("name") String name,
            @Param("hash") String hash,
            @Param("sealed") String sealed,
            @Param("prefix") String prefix,
            @Param("scopes") String scopes,
            @Param("disabled") boolean disabled,
            @Param("createdAt") long createdAt);

    @Update("UPDATE api_keys SET disabled = #{disabled} WHERE id = #{id} AND user_id = #{userId}")
    int setDisabled(@Param("id") long id, @Param("userId") long userId, @Param("disabled") boolean disabled);

    /** Notes a use, unless a later one is already noted. */
    @Update("""
            UPDATE api_keys SET last_used_at = #{at}
            WHERE id = #{id} AND (last_used_at IS NULL OR last_used_at < #{at})
            """)
    int used(@Param("id") long id, @Param("at") long at);

    @Delete("DELETE FROM api_keys WHERE id = #{id} AND user_id = #{userId}")
    int delete(@Param("id") long id, @Param("userId") long userId);

    @Delete("DELETE FROM api_keys WHERE user_id = #{userId} AND name = #{name}")
    int deleteNamed(@Param("userId") long userId, @Param("name") String name);
}
