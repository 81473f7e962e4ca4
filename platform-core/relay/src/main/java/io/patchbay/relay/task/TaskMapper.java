package io.patchbay.relay.task;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Table {@code task}. */
interface TaskMapper {
    /** Stores a new task. */
    @Insert("""
            INSERT INTO task (id, request_id, user_id, channel_id, channel_type, key_mark, action, model, public_model,
                hook_hash, node, upstream_id, phase, progress, artifacts, buttons, words, used, fault, memo, details, hold,
                held, price_version, input_estimate, closed, next_check_at, checks, version, created_at, updated_at,
                finished_at)
            VALUES (#{id}, #{requestId}, #{userId}, #{channelId}, #{channelType}, #{keyMark}, #{action}, #{model},
                #{publicModel}, #{hookHash}, #{node}, #{upstreamId}, #{phase}, #{progress}, #{artifacts}, #{buttons},
                #{words}, #{used}, #{fault}, #{memo}, #{details}, #{hold}, #{held}, #{priceVersion}, #{inputEstimate}, #{closed},
                #{nextCheckAt}, #{checks}, #{version}, #{createdAt}, #{updatedAt}, #{finishedAt})
            """)
    int insert(TaskRow row);

    /** Returns a task, or {@code null}. */
    @Select("SELECT * FROM task WHERE id = #{id}")
    @Nullable
    TaskRow find(@Param("id") String id);

    /** Returns the task whose hook address has that hash, or {@code null}. */
    @Select("SELECT * FROM task WHERE hook_hash = #{hash}")
    @Nullable
    TaskRow byHook(@Param("hash") String hash);

    /** Returns a user's newest task of a channel type under the upstream's id, or {@code null}. */
    @Select("""
            SELECT * FROM task
            WHERE user_id = #{user} AND upstream_id = #{upstreamId} AND channel_type = #{type}
            ORDER BY created_at DESC, id DESC LIMIT 1""")
    @Nullable
    TaskRow ofUser(@Param("user") long user, @Param("type") String type, @Param("upstreamId") String upstreamId);

    /** Returns what a node has not finished: its tasks that go on, and those that are not paid for. */
    @Select("SELECT * FROM task WHERE node = #{node} AND closed = 0 ORDER BY created_at, id")
    List<TaskRow> unfinished(@Param("node") String node);

    /** Writes the state back unless it has changed since it was read; returns 0 then. */
    @Update("""
            UPDATE task SET upstream_id = #{upstreamId}, phase = #{phase}, progress = #{progress},
                   artifacts = #{artifacts}, buttons = #{buttons}, words = #{words}, used = #{used}, fault = #{fault},
                   memo = #{memo}, details = #{details}, closed = #{closed}, version = #{version} + 1, updated_at = #{updatedAt},
                   finished_at = #{finishedAt}
             WHERE id = #{id} AND version = #{version}
            """)
    int update(TaskRow row);

    /** Notes a check and when the next one is due. */
    @Update("UPDATE task SET checks = checks + 1, next_check_at = #{next} WHERE id = #{id}")
    int checked(@Param("id") String id, @Param("next") long next);

    /** Replaces the reservation it is paid from. */
    @Update("UPDATE task SET hold = #{hold} WHERE id = #{id}")
    int hold(@Param("id") String id, @Param("hold") @Nullable String hold);

    /** Notes that it is paid for. */
    @Update("UPDATE task SET closed = 1 WHERE id = #{id}")
    int close(@Param("id") String id);
}
