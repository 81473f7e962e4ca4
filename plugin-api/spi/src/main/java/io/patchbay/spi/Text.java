package io.patchbay.spi;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A short text for people, in several languages.
 *
 * @param byLanguage texts by BCP 47 language tag; {@code en} is always there
 */
public record Text(Map<String, String> byLanguage) {
    public Text {
        if (!byLanguage.containsKey("en")) {
            throw new IllegalArgumentException(
                    "a text needs an English wording (key \"en\"), found " + byLanguage.keySet());
        }
        byLanguage = Map.copyOf(byLanguage);
    }

    /** Returns a text in English only, as fits names that are the same everywhere. */
    public static Text of(String english) {
        return new Text(Map.of("en", english));
    }

    /** Returns a text in English and simplified Chinese. */
    public static Text of(String english, String chinese) {
        return new Text(Map.of("en", english, "zh-CN", chinese));
    }

    /** Returns this text with one more language. */
    public Text with(String language, String wording) {
        Map<String, String> wordings = new LinkedHashMap<>(byLanguage);
        wordings.put(language, wording);
        return new Text(wordings);
    }

    /** Returns the best wording for a locale: exact tag, then the language alone, then English. */
    public String in(Locale locale) {
        String exact = byLanguage.get(locale.toLanguageTag());
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, String> wording : byLanguage.entrySet()) {
            if (Locale.forLanguageTag(wording.getKey()).getLanguage().equals(locale.getLanguage())) {
                return wording.getValue();
            }
        }
        return byLanguage.getOrDefault("en", "");
    }
}
