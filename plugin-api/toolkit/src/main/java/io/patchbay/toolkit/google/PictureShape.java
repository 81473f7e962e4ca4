package io.patchbay.toolkit.google;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a picture as Google's models take it: one of a few ratios, and a size class.
 *
 * @param ratio such as {@code 16:9}, or {@code null} for the model's own choice
 * @param size {@code 2K} or {@code 4K}, or {@code null} for the usual one
 */
record PictureShape(@Nullable String ratio, @Nullable String size) {
    private static final Pattern PIXELS = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
    private static final int LARGE = 1_800;
    private static final int HUGE = 3_000;

    /** Returns the nearest shape to a size in pixels such as {@code 1024x1536}; none for any other word. */
    static PictureShape of(@Nullable String pixels, List<String> ratios) {
        Matcher matcher = PIXELS.matcher(pixels == null ? "" : pixels);
        if (!matcher.matches()) {
            return new PictureShape(null, null);
        }
        double width = Math.max(1, Integer.parseInt(matcher.group(1)));
        double height = Math.max(1, Integer.parseInt(matcher.group(2)));
        String nearest = ratios.getFirst();
        for (String ratio : ratios) {
            if (distance(ratio, width / height) < distance(nearest, width / height)) {
                nearest = ratio;
            }
        }
        double longest = Math.max(width, height);
        return new PictureShape(nearest, longest >= HUGE ? "4K" : longest >= LARGE ? "2K" : null);
    }

    private static double distance(String ratio, double wanted) {
        int colon = ratio.indexOf(':');
        double has = Double.parseDouble(ratio.substring(0, colon)) / Double.parseDouble(ratio.substring(colon + 1));
        return Math.abs(Math.log(wanted / has));
    }
}
