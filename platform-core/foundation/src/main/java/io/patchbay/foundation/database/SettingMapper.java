package io.patchbay.foundation.database;

import java.util.List;
import java.util.Optional;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** The rows of table {@code setting}. */
interface SettingMapper {
    @Select("SELECT name, value, version FROM setting WHERE name = #{name}")
    Optional<SettingStore.Setting> find(String name);

    @Select("SELECT name, value, version FROM setting ORDER BY name")
    List<SettingStore.Setting> all();

    @Insert("INSERT INTO setting (name, value, version) VALUES (#{name}, #{value}, 1)")
    int insert(@Param("name") String name, @Param("value") String value);

    @Update("""
            UPDATE setting SET value = #{value}, version = version + 1
            WHERE name = #{name} AND version = #{version}
            """)
    int replace(@Param("name") String name, @Param("value") String value, @Param("version") long version);

    @Delete("DELETE FROM setting WHERE name = #{name}")
    int delete(String name);
}
