package io.patchbay.relay.profile;

import io.patchbay.foundation.problem.Problem;
import io.patchbay.kernel.ChannelFamilies;
import io.patchbay.kernel.FamilyDescriptor;
import io.patchbay.kernel.Guarded;
import io.patchbay.kernel.Lease;
import io.patchbay.kernel.Offered;
import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.ChannelFamily;
import io.patchbay.spi.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a family whether it can make a channel type of some data. */
final class ProfileCheck {
    /** Far more than any vendor needs, and little enough to be made anew for every call. */
    private static final int LARGEST = 64 * 1024;

    /** Families begin what they say of a mistake with its place. */
    private static final Pattern PLACED = Pattern.compile("(?s)(/[^\\s:]*): .*");

    private final ChannelFamilies families;

    ProfileCheck(ChannelFamilies families) {
        this.families = families;
    }

    /**
     * Returns the family that is meant.
     *
     * @param name {@code null} for the only one that is running
     * @throws Problem when it is not clear which
     */
    String family(@Nullable String name) {
        List<String> running =
                families.all().stream().map(Offered<FamilyDescriptor>::id).toList();
        if (name == null && running.size() != 1) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE,
                    "Say which family of channel types the profile is for; running are: " + running + ".");
        }
        return name == null ? running.getFirst() : name;
    }

    /**
     * Returns what the channel type would say of itself.
     *
     * @throws Problem of kind {@code UNPROCESSABLE} with the place of the mistake in the field {@code member}, or of
     *     kind
     *     {@code CONFLICT} when the family is not running
     */
    ChannelDescriptor descriptor(String id, String family, JsonObject body) {
        if (body.toJson().length() > LARGEST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE, "A profile has at most " + LARGEST + " characters as compact JSON.");
        }
        if (!id.equals(body.string("id"))) {
            throw mistake("/id", "/id: expected \"" + id + "\" as in the address, found " + body.get("id"));
        }
        Lease<ChannelFamily> lease = families.lease(family)
                .orElseThrow(() -> Problem.conflict("No running plugin offers the family of channel types '" + family
                        + "', so the profile cannot be checked. Install or enable the plugin first."));
        try (lease) {
            ChannelDescriptor descriptor = lease.service().member(body).descriptor();
            if (!descriptor.id().equals(id)) {
                throw mistake("/id", "/id: the family made the channel type '" + descriptor.id() + "' of it");
            }
            return descriptor;
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            Matcher placed = PLACED.matcher(message);
            throw mistake(placed.matches() ? placed.group(1) : "/", message);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            if (e instanceof Problem problem) {
                throw problem;
            }
            throw mistake("/", "The plugin failed over the profile: " + Guarded.describe(e));
        }
    }

    private static Problem mistake(String member, String sentence) {
        return new Problem(Problem.Kind.UNPROCESSABLE, sentence, Map.of("member", member));
    }
}
