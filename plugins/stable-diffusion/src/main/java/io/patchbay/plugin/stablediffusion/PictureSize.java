package io.patchbay.plugin.stablediffusion;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A size as clients of the images API write it, {@code 1024x768}.
 *
 * @param width in pixels, a multiple of 8 from 64 to 2048
 * @param height likewise
 */
record PictureSize(int width, int height) {
    private static final Pattern FORM = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

    /** Stability's aspect ratios as width by height (stability-ai page, read 2026-11). */
    private static final Map<String, Double> RATIOS = Map.of(
            "1:1", 1.0, "16:9", 16 / 9.0, "21:9", 21 / 9.0, "2:3", 2 / 3.0, "3:2", 1.5, "4:5", 0.8, "5:4", 1.25, "9:16",
            9 / 16.0, "9:21", 9 / 21.0);

    /** Reads a size; {@code null} for {@code auto}, none or nonsense. */
    static @Nullable PictureSize of(@Nullable String text) {
        Matcher form = FORM.matcher(text == null ? "" : text);
        return form.matches() ? new PictureSize(side(form.group(1)), side(form.group(2))) : null;
    }

    private static int side(String digits) {
        return Math.clamp(Integer.parseInt(digits) / 8 * 8, 64, 2_048);
    }

    /** Returns the nearest aspect ratio Stability knows. */
    String aspectRatio() {
        double wanted = Math.log((double) width / height);
        return RATIOS.entrySet().stream()
                .min((one, other) -> Double.compare(
                        Math.abs(Math.log(one.getValue()) - wanted), Math.abs(Math.log(other.getValue()) - wanted)))
                .orElseThrow()
                .getKey();
    }
}
