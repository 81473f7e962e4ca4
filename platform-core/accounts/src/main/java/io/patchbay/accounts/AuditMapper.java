package io.patchbay.accounts;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** The SQL of the audit log; rows are added and read, never changed. */
interface AuditMapper {
    /** One row; the components are in the order of the columns. */
    record AuditRow(long id, String actor, String action, String subject, String detail, long at) {}

    @Insert("""
            INSERT INTO audit_log (actor, action, subject, detail, at)
            VALUES (#{actor}, #{action}, #{subject}, #{detail}, #{at})
            """)
    int insert(
            @Param("actor") String actor,
            @Param("action") String action,
            @Param("subject") String subject,
            @Param("detail") String detail,
            @Param("at") long at);

    @Select("""
            SELECT id, actor, action, subject, detail, at
            FROM audit_log WHERE id < #{before} ORDER BY id DESC LIMIT #{limit}
            """)
    List<AuditRow> newest(@Param("before") long before, @Param("limit") int limit);
}
