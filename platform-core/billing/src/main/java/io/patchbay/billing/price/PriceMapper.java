package io.patchbay.billing.price;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** The SQL face of the price list. */
interface PriceMapper {
    /** Returns the current rules in list order, each with the version of the list. */
    @Select("""
            SELECT id, position, type, models, input, output, anonymous,
                   (SELECT MAX(version) FROM price_version) AS version
            FROM price_rule ORDER BY position""")
    List<PriceRow> rules();

    /** Returns the current version, or null before the first one. */
    @Select("SELECT MAX(version) FROM price_version")
    @Nullable
    Long version();

    /**
     * Lets one change of the list happen at a time, on all nodes: waits for the oldest version, a row that every change
     * finds, until this transaction ends. SQLite has one writer anyway. Returns null before the first version.
     */
    @Select(databaseId = "sqlite", value = "SELECT MIN(version) FROM price_version")
    @Select(databaseId = "mysql", value = "SELECT version FROM price_version ORDER BY version LIMIT 1 FOR UPDATE")
    @Nullable
    Long takeTurn();

    /** Returns the rules of a version as JSON, or null when there is no such version. */
    @Select("SELECT rules FROM price_version WHERE version = #{version}")
    @Nullable
    String rulesOf(@Param("version") long version);

    /** Stores a version; fails when another change took the number. */
    @Insert("INSERT INTO price_version (version, rules, created_at) VALUES (#{version}, #{rules}, #{createdAt})")
    void insertVersion(
            @Param("version") long version, @Param("rules") String rules, @Param("createdAt") long createdAt);

    /** Removes all current rules. */
    @Delete("DELETE FROM price_rule")
    void deleteRules();

    /** Adds a current rule. */
    @Insert("""
            INSERT INTO price_rule (id, position, type, models, input, output, anonymous)
            VALUES (#{id}, #{position}, #{type}, #{models}, #{input}, #{output}, #{anonymous})""")
    void insertRule(PriceRow row);
}
