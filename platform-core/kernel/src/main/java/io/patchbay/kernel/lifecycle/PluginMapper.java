package io.patchbay.kernel.lifecycle;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** The rows of table {@code plugin}. */
public interface PluginMapper {
    /** Returns all rows, ordered by id. */
    @Select("""
            SELECT id, version, file_name, sha256, previous_version, previous_file, previous_sha256,
                   enabled, removed, origin, canary_share, updated_at
            FROM plugin ORDER BY id
            """)
    List<DesiredPlugin> all();

    /** Changes a row; returns how many there were. */
    @Update("""
            UPDATE plugin SET version = #{version}, file_name = #{fileName}, sha256 = #{sha256},
                   previous_version = #{previousVersion}, previous_file = #{previousFile},
                   previous_sha256 = #{previousSha256}, enabled = #{enabled}, removed = #{removed},
                   origin = #{origin}, canary_share = #{canaryShare}, updated_at = #{updatedAt}
            WHERE id = #{id}
            """)
    int update(DesiredPlugin plugin);

    /** Adds a row. */
    @Insert("""
            INSERT INTO plugin (id, version, file_name, sha256, previous_version, previous_file, previous_sha256,
                   enabled, removed, origin, canary_share, updated_at)
            VALUES (#{id}, #{version}, #{fileName}, #{sha256}, #{previousVersion}, #{previousFile}, #{previousSha256},
                   #{enabled}, #{removed}, #{origin}, #{canaryShare}, #{updatedAt})
            """)
    int insert(DesiredPlugin plugin);
}
