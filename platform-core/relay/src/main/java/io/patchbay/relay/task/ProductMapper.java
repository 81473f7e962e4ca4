package io.patchbay.relay.task;

import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/** Table {@code task_product}. */
interface ProductMapper {
    /** Stores a new product. */
    @Insert("""
            INSERT INTO task_product (name, task_id, kind, reference, content_type, created_at, fetched_at)
            VALUES (#{name}, #{taskId}, #{kind}, #{reference}, #{contentType}, #{createdAt}, #{fetchedAt})
            """)
    int insert(ProductRow row);

    /** Returns a product by the name of its file, or {@code null}. */
    @Select("SELECT * FROM task_product WHERE name = #{name}")
    @Nullable
    ProductRow find(@Param("name") String name);

    /** Returns the products of a task. */
    @Select("SELECT * FROM task_product WHERE task_id = #{task} ORDER BY created_at, name")
    List<ProductRow> ofTask(@Param("task") String task);

    /** Returns the names of what a node has promised since that time and not fetched, the newest first. */
    @Select("""
            SELECT product.name FROM task_product product JOIN task ON task.id = product.task_id
             WHERE task.node = #{node} AND task.phase = 'SUCCEEDED' AND product.fetched_at IS NULL
               AND product.created_at > #{since}
             ORDER BY product.created_at DESC LIMIT #{most}
            """)
    List<String> open(@Param("node") String node, @Param("since") long since, @Param("most") int most);

    /** Notes that the file is there. */
    @Update("UPDATE task_product SET fetched_at = #{now} WHERE name = #{name}")
    int fetched(@Param("name") String name, @Param("now") long now);
}
