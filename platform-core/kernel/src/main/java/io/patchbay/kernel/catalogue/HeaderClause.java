package io.patchbay.kernel.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of an OSGi manifest header: {@code path;path;attribute="value";directive:=value}.
 *
 * @param paths the names in front
 * @param attributes attributes by name, without directives and types
 */
record HeaderClause(List<String> paths, Map<String, String> attributes) {

    /** Splits a header; quoted commas and semicolons do not split. Syntax as in OSGi Core 8, section 3.2.4. */
    static List<HeaderClause> parse(String header) {
        List<HeaderClause> clauses = new ArrayList<>();
        for (String clause : split(header, ',')) {
            List<String> paths = new ArrayList<>();
            Map<String, String> attributes = new LinkedHashMap<>();
            for (String part : split(clause, ';')) {
                int equals = part.indexOf('=');
                if (equals < 0) {
                    paths.add(part);
                } else if (part.charAt(equals - 1) != ':') {
                    attributes.put(attributeName(part.substring(0, equals)), unquoted(part.substring(equals + 1)));
                }
            }
            if (!paths.isEmpty()) {
                clauses.add(new HeaderClause(paths, attributes));
            }
        }
        return clauses;
    }

    private static String attributeName(String text) {
        int type = text.indexOf(':');
        return (type < 0 ? text : text.substring(0, type)).strip();
    }

    private static String unquoted(String text) {
        String value = text.strip();
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            boolean end = at == text.length();
            if (!end && text.charAt(at) == '"') {
                quoted = !quoted;
            }
            if (end || (!quoted && text.charAt(at) == separator)) {
                String part = text.substring(from, at).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                from = at + 1;
            }
        }
        return parts;
    }
}
