package io.patchbay.relay.profile;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Table {@code channel_profile}. */
public interface ProfileMapper {
    /** Returns all profiles by id. */
    @Select("SELECT * FROM channel_profile ORDER BY id")
    List<ProfileRow> list();

    /** Returns one profile. */
    @Select("SELECT * FROM channel_profile WHERE id = #{id}")
    @Nullable
    ProfileRow find(@Param("id") String id);

    /** Stores a new profile. */
    @Insert("""
            INSERT INTO channel_profile (id, family, body, created_at, updated_at, revision)
            VALUES (#{id}, #{family}, #{body}, #{createdAt}, #{updatedAt}, #{revision})
            """)
    int insert(ProfileRow row);

    /** Replaces a profile that is still at the revision before; returns 0 when it is not. */
    @Update("""
            UPDATE channel_profile SET family = #{family}, body = #{body}, updated_at = #{updatedAt}, revision = #{revision}
             WHERE id = #{id} AND revision = #{revision} - 1
            """)
    int replace(ProfileRow row);

    /** Removes a profile; returns 0 when there is none. */
    @Delete("DELETE FROM channel_profile WHERE id = #{id}")
    int delete(@Param("id") String id);
}
