package io.patchbay.billing.code;

import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The SQL face of codes. */
interface CodeMapper {
    String LOOK = "SELECT type, micro, max_uses, uses, expires_at, batch FROM credit_code WHERE code = #{code}";

    String ROWS = """
            SELECT c.code, c.type, c.micro, c.max_uses, c.uses, c.expires_at, c.batch, c.created_at,
                   (SELECT MAX(u.used_at) FROM credit_code_use u WHERE u.code = c.code) AS used_at,
                   (SELECT u.user_id FROM credit_code_use u WHERE u.code = c.code
                    ORDER BY u.used_at DESC, u.user_id DESC LIMIT 1) AS used_by
            FROM credit_code c
            """;

    /** Without a search the rows are read in their order and the first of them suffice. */
    String FILTER = """
            WHERE (c.type IS NULL) = #{filter.redeem}
            <if test="!filter.search.isEmpty()">
              AND (c.code >= #{filter.search} AND c.code &lt; #{filter.until}
                   OR c.batch >= #{filter.search} AND c.batch &lt; #{filter.until})
            </if>
            <if test="filter.used != null">AND (c.uses >= c.max_uses) = #{filter.used}</if>
            """;

    String INSERT = """
            INSERT INTO credit_code (code, type, micro, max_uses, uses, expires_at, batch, created_by, created_at)
            """;

    /** What decides whether a code can be used. */
    record Worth(
            @Nullable String type,
            long micro,
            long maxUses,
            long uses,
            @Nullable Instant expiresAt,
            String batch) {}

    /**
     * Returns a code, or null, and keeps others from using it until the transaction ends. Reads the newest row,
     * whatever the transaction has seen before. SQLite has one writer anyway.
     */
    @Select(databaseId = "sqlite", value = LOOK)
    @Select(databaseId = "mysql", value = LOOK + " FOR UPDATE")
    @Nullable
    Worth lock(@Param("code") String code);

    /** Returns how many codes of a type a user has used, 0 or 1. */
    @Select("SELECT COUNT(*) FROM credit_code_use WHERE user_id = #{user} AND type = #{type}")
    int usesOfType(@Param("user") long user, @Param("type") String type);

    /** Returns how often a user has used a code, 0 or 1. */
    @Select("SELECT COUNT(*) FROM credit_code_use WHERE code = #{code} AND user_id = #{user}")
    int usesBy(@Param("code") String code, @Param("user") long user);

    /** Counts a use; returns 0 when no use is left. */
    @Update("""
            UPDATE credit_code SET uses = uses + 1
            WHERE code = #{code} AND uses < max_uses AND (expires_at IS NULL OR expires_at > #{now})""")
    int take(@Param("code") String code, @Param("now") long now);

    /** Records a use; fails when the user has used this code, or one of its type. */
    @Insert("""
            INSERT INTO credit_code_use (code, user_id, type, micro, used_at)
            VALUES (#{code}, #{user}, #{worth.type,jdbcType=VARCHAR}, #{worth.micro}, #{now})""")
    void record(
            @Param("code") String code, @Param("user") long user, @Param("worth") Worth worth, @Param("now") long now);

    /**
     * Adds codes.
     *
     * @param codes a JSON array of texts
     */
    @Insert(databaseId = "sqlite", value = INSERT + """
            SELECT value, #{order.type,jdbcType=VARCHAR}, #{order.micro}, #{order.maxUses}, 0,
                   #{order.expiresAt,jdbcType=BIGINT}, #{batch}, #{admin}, #{now}
            FROM json_each(#{codes})""")
    @Insert(databaseId = "mysql", value = INSERT + """
            SELECT t.code, #{order.type,jdbcType=VARCHAR}, #{order.micro}, #{order.maxUses}, 0,
                   #{order.expiresAt,jdbcType=BIGINT}, #{batch}, #{admin}, #{now}
            FROM JSON_TABLE(#{codes}, '$[*]' COLUMNS (code VARCHAR(64) PATH '$')) AS t""")
    void insert(
            @Param("codes") String codes,
            @Param("order") CodeOrder order,
            @Param("batch") String batch,
            @Param("admin") String admin,
            @Param("now") long now);

    /** Removes a code that nobody has used; returns how many were removed. */
    @Delete("DELETE FROM credit_code WHERE code = #{code} AND uses = 0")
    int deleteUnused(@Param("code") String code);

    /** Lets a code expire that can still be used; returns how many that were. */
    @Update("""
            UPDATE credit_code SET expires_at = #{now}
            WHERE code = #{code} AND uses < max_uses AND (expires_at IS NULL OR expires_at > #{now})""")
    int expire(@Param("code") String code, @Param("now") long now);

    /** Returns codes, newest first. */
    @Select("<script>" + ROWS + FILTER + """
            ORDER BY c.created_at DESC, c.code DESC LIMIT #{limit} OFFSET #{offset}
            </script>""")
    List<CodeRow> page(@Param("filter") CodeFilter filter, @Param("limit") int limit, @Param("offset") long offset);

    /** Returns how many codes {@link #page} has in all. */
    @Select("<script>SELECT COUNT(*) FROM credit_code c " + FILTER + "</script>")
    long count(@Param("filter") CodeFilter filter);

    /** Returns codes of a batch after a code, in the order of their texts. */
    @Select(ROWS + """
            WHERE c.batch = #{batch} AND (c.type IS NULL) = #{redeem} AND c.code > #{after}
            ORDER BY c.code LIMIT #{limit}""")
    List<CodeRow> ofBatch(
            @Param("batch") String batch,
            @Param("redeem") boolean redeem,
            @Param("after") String after,
            @Param("limit") int limit);

    /** Returns codes that are not used up after a code, in the order of their texts. */
    @Select(ROWS + """
            WHERE c.uses < c.max_uses AND (c.type IS NULL) = #{redeem} AND c.code > #{after}
            ORDER BY c.code LIMIT #{limit}""")
    List<CodeRow> open(@Param("redeem") boolean redeem, @Param("after") String after, @Param("limit") int limit);
}
