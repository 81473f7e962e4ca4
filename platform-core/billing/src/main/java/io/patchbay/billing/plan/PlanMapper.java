package io.patchbay.billing.plan;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** The SQL face of plans. */
interface PlanMapper {
    String ROW = """
            SELECT user_id, level, expires_at, anchor_at, total_month, enterprise, paid_share FROM plan_subscription
            """;

    /** One row of the table plan_subscription; components in the order of the columns selected. */
    record Row(
            long userId,
            int level,
            long expiresAt,
            long anchorAt,
            long totalMonth,
            boolean enterprise,
            long paidShare) {}

    /** What a user has used of an item, in the window that began at a time. */
    record UsageRow(String item, long windowStart, long used) {}

    @Select(ROW + "WHERE user_id = #{user}")
    @Nullable
    Row find(@Param("user") long user);

    /**
     * Returns those of the users who ever had a plan.
     *
     * @param users numbers with commas between them, not empty
     */
    @Select(ROW + "WHERE user_id IN (${users})")
    List<Row> findAll(@Param("users") String users);

    @Delete("DELETE FROM plan_subscription WHERE user_id = #{user}")
    void delete(@Param("user") long user);

    @Insert("""
            INSERT INTO plan_subscription
                (user_id, level, expires_at, anchor_at, total_month, enterprise, paid_share, updated_at)
            VALUES (#{row.userId}, #{row.level}, #{row.expiresAt}, #{row.anchorAt}, #{row.totalMonth},
                    #{row.enterprise}, #{row.paidShare}, #{now})""")
    void insert(@Param("row") Row row, @Param("now") long now);

    @Select("SELECT item, window_start, used FROM plan_usage WHERE user_id = #{user}")
    List<UsageRow> usages(@Param("user") long user);

    @Delete("DELETE FROM plan_usage WHERE user_id = #{user}")
    void forgetUsages(@Param("user") long user);

    /** Leaves only what running requests have taken. */
    @Update("""
            UPDATE plan_usage SET updated_at = #{now}, used = (
                SELECT COUNT(*) FROM reservation r
                WHERE r.user_id = plan_usage.user_id AND r.plan_item = plan_usage.item
                  AND r.plan_window = plan_usage.window_start AND r.closed_at IS NULL)
            WHERE user_id = #{user}""")
    void releaseUsages(@Param("user") long user, @Param("now") long now);

    /** Returns how many users have a plan of each level that has not ended. */
    @Select(
            "SELECT level, COUNT(*) AS users FROM plan_subscription WHERE expires_at > #{now} AND level > 0 GROUP BY level")
    List<LevelCount> active(@Param("now") long now);

    /** So many users have a plan of a level. */
    record LevelCount(int level, long users) {}
}
