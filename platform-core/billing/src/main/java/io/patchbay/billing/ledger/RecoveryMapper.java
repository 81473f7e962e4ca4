package io.patchbay.billing.ledger;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** The SQL face of the recovery: works on whole sets, because a crash may leave many reservations open. */
interface RecoveryMapper {
    /** Open reservations of earlier processes of this node. They are the rows whose closed_at is null: an index. */
    String LEFT_OPEN = """
            closed_at IS NULL AND state = 'OPEN' AND node = #{self.node} AND process <> #{self.process}
            AND created_at < #{before}""";

    /** What one user has open. */
    record LeftOpen(long userId, long reservations, long micro) {}

    @Select("SELECT user_id, COUNT(*) AS reservations, SUM(micro) AS micro FROM reservation WHERE " + LEFT_OPEN
            + " GROUP BY user_id ORDER BY user_id")
    List<LeftOpen> leftOpen(@Param("self") NodeIdentity self, @Param("before") long before);

    @Update("""
            UPDATE credit_account
            SET reserved = reserved - #{micro}, version = version + 1, updated_at = #{now}
            WHERE user_id = #{user}""")
    int giveBack(@Param("user") long user, @Param("micro") long micro, @Param("now") long now);

    @Insert("""
            INSERT INTO ledger_entry
                (user_id, request_id, kind, micro, written_off, balance_after, actor, reason, model, price_version,
                 plan_item, created_at)
            SELECT r.user_id, r.request_id, 'RELEASE', 0, 0, a.balance, #{actor}, #{reason}, r.model, r.price_version,
                   r.plan_item, #{now}
            FROM reservation r JOIN credit_account a ON a.user_id = r.user_id
            WHERE\s""" + LEFT_OPEN)
    int writeOutcomes(
            @Param("self") NodeIdentity self,
            @Param("before") long before,
            @Param("actor") String actor,
            @Param("reason") String reason,
            @Param("now") long now);

    @Update("UPDATE reservation SET state = 'RELEASED', closed_at = #{now} WHERE " + LEFT_OPEN)
    int close(@Param("self") NodeIdentity self, @Param("before") long before, @Param("now") long now);

    /** Gives back the units of plans that were taken, each in the window it was taken from. */
    @Update("""
            UPDATE plan_usage SET updated_at = #{now}, used = used - (
                SELECT COUNT(*) FROM reservation r
                WHERE r.user_id = plan_usage.user_id AND r.plan_item = plan_usage.item
                  AND r.plan_window = plan_usage.window_start AND r.closed_at IS NULL AND r.state = 'OPEN'
                  AND r.node = #{self.node} AND r.process <> #{self.process} AND r.created_at < #{before})
            WHERE EXISTS (
                SELECT 1 FROM reservation r
                WHERE r.user_id = plan_usage.user_id AND r.plan_item = plan_usage.item
                  AND r.plan_window = plan_usage.window_start AND r.closed_at IS NULL AND r.state = 'OPEN'
                  AND r.node = #{self.node} AND r.process <> #{self.process} AND r.created_at < #{before})""")
    void giveBackUnits(@Param("self") NodeIdentity self, @Param("before") long before, @Param("now") long now);

    /** Returns how many reservations of this node another process made later. */
    @Select("""
            SELECT COUNT(*) FROM reservation
            WHERE closed_at IS NULL AND node = #{self.node} AND process <> #{self.process}
              AND created_at >= #{since}""")
    long madeByOthersSince(@Param("self") NodeIdentity self, @Param("since") long since);
}
