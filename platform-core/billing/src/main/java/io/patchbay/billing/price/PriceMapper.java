package io.patchbay.billing.price;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** The SQL face of the price list. */
interface PriceMapper {
    /** A version as it is stored. */
    record Stored(long version, String rules) {}

    /** A version as it is stored, and when that was, in epoch milliseconds. */
    record Dated(long version, String rules, long createdAt) {}

    /** Returns the current version with its rules, or null before the first one. */
    @Select("SELECT version, rules FROM price_version ORDER BY version DESC LIMIT 1")
    @Nullable
    Stored newest();

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

    /** Returns versions with their rules, newest first. */
    @Select("SELECT version, rules, created_at FROM price_version ORDER BY version DESC LIMIT #{limit} OFFSET #{skip}")
    List<Dated> page(@Param("skip") long skip, @Param("limit") int limit);

    /** Returns a version with its rules, or null when there is no such version. */
    @Select("SELECT version, rules, created_at FROM price_version WHERE version = #{version}")
    @Nullable
    Dated dated(@Param("version") long version);

    /** Returns how many versions there are. */
    @Select("SELECT COUNT(*) FROM price_version")
    long count();

    /** Stores a version; fails when another change took the number. */
    @Insert("INSERT INTO price_version (version, rules, created_at) VALUES (#{version}, #{rules}, #{createdAt})")
    void insertVersion(
            @Param("version") long version, @Param("rules") String rules, @Param("createdAt") long createdAt);
}
