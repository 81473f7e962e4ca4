package io.patchbay.plugin.compatible;

import java.util.Locale;

/** A plain mark for a vendor, made of its colour and its id: not the vendor's own artwork. */
final class Logo {
    private static final String[] SHAPES = {
        "<circle cx=\"12\" cy=\"12\" r=\"5\"/>",
        "<path d=\"M12 6l6 10H6z\"/>",
        "<path d=\"M7 7h10v10H7z\"/>",
        "<path d=\"M12 5l7 7-7 7-7-7z\"/>",
        "<path d=\"M12 5.5l6 3.5v6l-6 3.5L6 15V9z\"/>",
        "<path d=\"M7 8h10M7 12h10M7 16h10\"/>",
        "<path d=\"M8 6v12M12 9v6M16 6v12\"/>",
        "<path d=\"M6 14a6 6 0 0 1 12 0\"/>",
    };

    private Logo() {}

    /** Returns the mark as SVG. */
    static String of(String id, String color) {
        int seed = id.hashCode() & Integer.MAX_VALUE;
        String paint = color.isEmpty() ? String.format(Locale.ROOT, "hsl(%d 55%% 42%%)", seed % 360) : color;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" role=\"img\" aria-label=\"" + id
                + "\"><rect width=\"24\" height=\"24\" rx=\"6\" fill=\"" + paint
                + "\"/><g fill=\"none\" stroke=\"#fff\""
                + " stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\" transform=\"rotate("
                + seed / 7 % 4 * 45 + " 12 12)\">" + SHAPES[seed % SHAPES.length] + "</g></svg>";
    }
}
