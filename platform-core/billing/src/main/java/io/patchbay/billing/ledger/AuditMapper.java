package io.patchbay.billing.ledger;

import java.util.List;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The SQL face of the audit: each query returns the subjects that break one rule. */
interface AuditMapper {
    /** A subject with what its row says and what the other tables say. */
    record Difference(String subject, long recorded, long computed) {}

    @Select("""
            SELECT r.request_id AS subject, COUNT(e.id) AS recorded, 1 AS computed
            FROM reservation r
            LEFT JOIN ledger_entry e ON e.request_id = r.request_id AND e.kind IN ('SETTLE', 'RELEASE')
            WHERE r.state <> 'OPEN'
            GROUP BY r.request_id HAVING COUNT(e.id) <> 1
            LIMIT #{limit}""")
    List<Difference> closedWithoutOneOutcome(@Param("limit") int limit);

    @Select("""
            SELECT r.request_id AS subject, 1 AS recorded, 0 AS computed
            FROM reservation r
            JOIN ledger_entry e ON e.request_id = r.request_id AND e.kind IN ('SETTLE', 'RELEASE')
            WHERE r.state = 'OPEN'
               OR (r.state = 'SETTLED' AND e.kind <> 'SETTLE')
               OR (r.state = 'RELEASED' AND e.kind <> 'RELEASE')
               OR r.state NOT IN ('OPEN', 'SETTLED', 'RELEASED')
               OR r.user_id <> e.user_id
            LIMIT #{limit}""")
    List<Difference> stateAgainstOutcome(@Param("limit") int limit);

    @Select("""
            SELECT e.request_id AS subject, 1 AS recorded, 0 AS computed
            FROM ledger_entry e LEFT JOIN reservation r ON r.request_id = e.request_id
            WHERE e.kind IN ('SETTLE', 'RELEASE') AND r.request_id IS NULL
            LIMIT #{limit}""")
    List<Difference> outcomeWithoutReservation(@Param("limit") int limit);

    @Select("""
            SELECT e.request_id AS subject, e.micro AS recorded, e.written_off AS computed
            FROM ledger_entry e
            WHERE (e.kind = 'SETTLE' AND (e.micro > 0 OR e.written_off < 0))
               OR (e.kind = 'PLAN' AND e.micro > 0)
               OR (e.kind IN ('GIFT', 'REDEEM', 'REFUND') AND e.micro < 0)
               OR (e.kind = 'RELEASE' AND (e.micro <> 0 OR e.written_off <> 0))
            LIMIT #{limit}""")
    List<Difference> impossibleAmounts(@Param("limit") int limit);

    @Select("""
            SELECT a.user_id AS subject, a.balance AS recorded, COALESCE(s.total, 0) AS computed
            FROM credit_account a
            LEFT JOIN (SELECT user_id, SUM(micro) AS total FROM ledger_entry GROUP BY user_id) s
                   ON s.user_id = a.user_id
            WHERE a.balance <> COALESCE(s.total, 0)
            LIMIT #{limit}""")
    List<Difference> balances(@Param("limit") int limit);

    @Select("""
            SELECT a.user_id AS subject, a.used AS recorded, COALESCE(s.total, 0) AS computed
            FROM credit_account a
            LEFT JOIN (SELECT user_id, -SUM(micro) AS total FROM ledger_entry
                       WHERE kind IN ('SETTLE', 'PLAN', 'REFUND') GROUP BY user_id) s
                   ON s.user_id = a.user_id
            WHERE a.used <> COALESCE(s.total, 0)
            LIMIT #{limit}""")
    List<Difference> used(@Param("limit") int limit);

    @Select("""
            SELECT a.user_id AS subject, a.reserved AS recorded, COALESCE(s.total, 0) AS computed
            FROM credit_account a
            LEFT JOIN (SELECT user_id, SUM(micro) AS total FROM reservation WHERE closed_at IS NULL GROUP BY user_id) s
                   ON s.user_id = a.user_id
            WHERE a.reserved <> COALESCE(s.total, 0) OR a.reserved < 0
            LIMIT #{limit}""")
    List<Difference> reserved(@Param("limit") int limit);

    @Select("""
            SELECT r.request_id AS subject, 0 AS recorded, 1 AS computed
            FROM reservation r
            WHERE (r.closed_at IS NULL AND r.state <> 'OPEN') OR (r.closed_at IS NOT NULL AND r.state = 'OPEN')
            LIMIT #{limit}""")
    List<Difference> stateAgainstClosingTime(@Param("limit") int limit);

    @Select("""
            SELECT DISTINCT e.user_id AS subject, 0 AS recorded, 1 AS computed
            FROM ledger_entry e LEFT JOIN credit_account a ON a.user_id = e.user_id
            WHERE a.user_id IS NULL
            LIMIT #{limit}""")
    List<Difference> entriesWithoutAccount(@Param("limit") int limit);

    /** Accounts below minus their largest reservation, unless an administrator took credits away. */
    @Select("""
            SELECT a.user_id AS subject, a.balance AS recorded, -COALESCE(s.largest, 0) AS computed
            FROM credit_account a
            LEFT JOIN (SELECT user_id, MAX(micro) AS largest FROM reservation GROUP BY user_id) s
                   ON s.user_id = a.user_id
            WHERE a.balance < -COALESCE(s.largest, 0)
              AND NOT EXISTS (SELECT 1 FROM ledger_entry e
                              WHERE e.user_id = a.user_id AND e.kind IN ('CREDIT', 'SET') AND e.micro < 0)
            LIMIT #{limit}""")
    List<Difference> overdrawn(@Param("limit") int limit);

    /** Counters of plans below zero, or with fewer units than open reservations hold in their window. */
    @Select("""
            SELECT u.user_id AS subject, u.used AS recorded, COALESCE(s.held, 0) AS computed
            FROM plan_usage u
            LEFT JOIN (SELECT user_id, plan_item, plan_window, COUNT(*) AS held FROM reservation
                       WHERE closed_at IS NULL GROUP BY user_id, plan_item, plan_window) s
                   ON s.user_id = u.user_id AND s.plan_item = u.item AND s.plan_window = u.window_start
            WHERE u.used < 0 OR u.used < COALESCE(s.held, 0)
            LIMIT #{limit}""")
    List<Difference> planUnits(@Param("limit") int limit);

    /** Refunds of what was not charged, or of more or less. */
    @Select("""
            SELECT r.request_id AS subject, r.micro AS recorded, COALESCE(-s.micro, 0) AS computed
            FROM ledger_entry r LEFT JOIN ledger_entry s ON s.request_id = r.request_id AND s.kind = 'SETTLE'
            WHERE r.kind = 'REFUND' AND r.micro <> COALESCE(-s.micro, 0)
            LIMIT #{limit}""")
    List<Difference> refunds(@Param("limit") int limit);

    /** Codes that were used another number of times than is recorded, or more often than allowed. */
    @Select("""
            SELECT c.code AS subject, c.uses AS recorded, COALESCE(s.used, 0) AS computed
            FROM credit_code c
            LEFT JOIN (SELECT code, COUNT(*) AS used FROM credit_code_use GROUP BY code) s ON s.code = c.code
            WHERE c.uses <> COALESCE(s.used, 0) OR c.uses > c.max_uses
            LIMIT #{limit}""")
    List<Difference> codes(@Param("limit") int limit);

    /** Users whose codes gave other credits than their ledger says. */
    @Select("""
            SELECT u.user_id AS subject, SUM(u.micro) AS recorded, (
                       SELECT COALESCE(SUM(e.micro), 0) FROM ledger_entry e
                       WHERE e.user_id = u.user_id AND e.kind IN ('GIFT', 'REDEEM')) AS computed
            FROM credit_code_use u GROUP BY u.user_id
            HAVING SUM(u.micro) <> (
                       SELECT COALESCE(SUM(e.micro), 0) FROM ledger_entry e
                       WHERE e.user_id = u.user_id AND e.kind IN ('GIFT', 'REDEEM'))
            LIMIT #{limit}""")
    List<Difference> codeCredits(@Param("limit") int limit);
}
