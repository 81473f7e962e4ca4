package io.patchbay.accounts;

import java.util.Collection;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The SQL of users. */
interface UserMapper {
    String COLUMNS = "id, username, email, password_hash, admin, banned, session_version, must_change_password,"
            + " created_at, updated_at";

    @Select("SELECT " + COLUMNS + " FROM users WHERE id = #{id}")
    @Nullable
    UserRow byId(@Param("id") long id);

    @Select("SELECT " + COLUMNS + " FROM users WHERE username = #{username}")
    @Nullable
    UserRow byUsername(@Param("username") String username);

    @Select("SELECT " + COLUMNS + " FROM users WHERE email = #{email}")
    @Nullable
    UserRow byEmail(@Param("email") String email);

    /** Rows by id ascending; the pattern is in lower case, with {@code !} as escape character. */
    @Select("""
            SELECT id, username, email, password_hash, admin, banned, session_version, must_change_password,
                created_at, updated_at
            FROM users WHERE LOWER(username) LIKE #{pattern} ESCAPE '!'
            ORDER BY id LIMIT #{limit} OFFSET #{offset}
            """)
    List<UserRow> page(@Param("pattern") String pattern, @Param("limit") int limit, @Param("offset") long offset);

    @Select("SELECT COUNT(*) FROM users WHERE LOWER(username) LIKE #{pattern} ESCAPE '!'")
    long count(@Param("pattern") String pattern);

    /** A user's number and name. */
    record Named(long id, String username) {}

    @Select("""
            <script>
            SELECT id, username FROM users WHERE id IN
            <foreach collection="ids" item="id" open="(" separator="," close=")">#{id}</foreach>
            </script>
            """)
    List<Named> names(@Param("ids") Collection<Long> ids);

    @Insert("""
            INSERT INTO users (username, email, password_hash, admin, banned, session_version, must_change_password,
                created_at, updated_at)
            VALUES (#{username}, #{email,jdbcType=VARCHAR}, #{passwordHash}, #{admin}, #{banned}, 1,
                #{mustChangePassword}, #{now}, #{now})
            """)
    int insert(
            @Param("username") String username,
            @Param("email") @Nullable String email,
            @Param("passwordHash") String passwordHash,
            @Param("admin") boolean admin,
            @Param("banned") boolean banned,
            @Param("mustChangePassword") boolean mustChangePassword,
            @Param("now") long now);

    /** Stores a new password and ends all sessions. */
    @Update("""
            UPDATE users SET password_hash = #{passwordHash}, must_change_password = #{mustChangePassword},
                session_version = session_version + 1, updated_at = #{now}
            WHERE id = #{id}
            """)
    int setPassword(
            @Param("id") long id,
            @Param("passwordHash") String passwordHash,
            @Param("mustChangePassword") boolean mustChangePassword,
            @Param("now") long now);

    /** Replaces the stored form of an unchanged password, unless somebody changed it meanwhile. */
    @Update("""
            UPDATE users SET password_hash = #{passwordHash}, updated_at = #{now}
            WHERE id = #{id} AND password_hash = #{replaced}
            """)
    int upgradePassword(
            @Param("id") long id,
            @Param("replaced") String replaced,
            @Param("passwordHash") String passwordHash,
            @Param("now") long now);

    @Update("UPDATE users SET email = #{email,jdbcType=VARCHAR}, updated_at = #{now} WHERE id = #{id}")
    int setEmail(@Param("id") long id, @Param("email") @Nullable String email, @Param("now") long now);

    @Update("UPDATE users SET admin = #{admin}, updated_at = #{now} WHERE id = #{id}")
    int setAdmin(@Param("id") long id, @Param("admin") boolean admin, @Param("now") long now);

    /** Bans or unbans; either way the sessions issued so far end. */
    @Update("""
            UPDATE users SET banned = #{banned}, session_version = session_version + 1, updated_at = #{now}
            WHERE id = #{id}
            """)
    int setBanned(@Param("id") long id, @Param("banned") boolean banned, @Param("now") long now);

    /** Takes the row lock of a user for the rest of the transaction. */
    @Update("UPDATE users SET updated_at = updated_at WHERE id = #{id}")
    int lock(@Param("id") long id);
}
