package io.patchbay.toolkit;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.spi.Flow;
import io.patchbay.spi.ModelInfo;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.http.HttpRequest;
import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a vendor lists its models: where the list stands in an answer, and a model's id in it. Immutable.
 *
 * <pre>{@code
 * return ModelList.in("models").id("name").ownedBy("acme").of(HttpRequest.get(address));
 * }</pre>
 */
public final class ModelList {
    /** The list of OpenAI's dialect; some of its servers answer with nothing but the list. */
    public static final ModelList OPENAI = new ModelList("data", true, "id", "", ModelList::ownedBy);

    private final String list;
    private final boolean bare;
    private final String id;
    private final String prefix;
    private final Function<JsonValue, String> owner;

    private ModelList(String list, boolean bare, String id, String prefix, Function<JsonValue, String> owner) {
        this.list = list;
        this.bare = bare;
        this.id = id;
        this.prefix = prefix;
        this.owner = owner;
    }

    /** Returns a list in that member; ids and owners stand where OpenAI has them, unless said otherwise. */
    public static ModelList in(String member) {
        return new ModelList(member, false, "id", "", ModelList::ownedBy);
    }

    private static String ownedBy(JsonValue model) {
        return model.string("owned_by", "");
    }

    /** Returns this with ids in that member; models without it are passed over. */
    public ModelList id(String member) {
        return new ModelList(list, bare, member, prefix, owner);
    }

    /** Returns this with ids that have something in front which is left out. */
    public ModelList without(String text) {
        return new ModelList(list, bare, id, text, owner);
    }

    /** Returns this for a vendor that owns all of its models. */
    public ModelList ownedBy(String name) {
        return new ModelList(list, bare, id, prefix, model -> name);
    }

    /** Returns this with owners in that member. */
    public ModelList owner(String member) {
        return new ModelList(list, bare, id, prefix, model -> model.string(member, ""));
    }

    /** Returns the flow of a list that comes at once. */
    public Flow<ModelInfo> of(HttpRequest.Builder request) {
        return Flows.pages(request, answer -> page(answer, body -> null));
    }

    /**
     * Returns the flow of a list that comes in pages.
     *
     * @param request begins the request of a page; the first has the empty mark
     * @param next reads the mark of the page behind an answer, empty when it was the last
     */
    public Flow<ModelInfo> pages(Function<String, HttpRequest.Builder> request, Function<JsonValue, String> next) {
        return Flows.pages(
                request.apply(""),
                answer -> page(answer, body -> {
                    String mark = next.apply(body);
                    return mark.isEmpty() ? null : request.apply(mark);
                }));
    }

    private Flows.@Nullable Page<ModelInfo> page(
            Answer answer, Function<JsonValue, HttpRequest.@Nullable Builder> next) {
        JsonValue body = answer.json();
        JsonValue found = bare && body instanceof JsonArray ? body : body == null ? null : body.get(list);
        if (body == null || !(found instanceof JsonArray) || FaultReader.isError(body)) {
            return null;
        }
        List<ModelInfo> models = new ArrayList<>();
        for (JsonValue model : found.elements()) {
            String name = model.string(id, "");
            if (!name.isEmpty()) {
                String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
                models.add(new ModelInfo(bare, owner.apply(model), model.asObject()));
            }
        }
        return new Flows.Page<>(models, next.apply(body));
    }
}
