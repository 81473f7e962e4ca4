package io.patchbay.relay.record;

import io.patchbay.billing.Credits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One line of a record for people, built from facts. */
final class RecordDetail {
    private RecordDetail() {}

    /**
     * Returns the line.
     *
     * @param operator whether the reader is an administrator; others are never told an upstream's words, or which plugin
     *     served them
     */
    static String of(RecordLine line, boolean operator) {
        return switch (line) {
            case RecordLine.Call(RequestRecord record) -> String.join("; ", facts(record, operator));
            case RecordLine.Change(LedgerLine change) -> change(change, operator);
        };
    }

    private static String change(LedgerLine line, boolean operator) {
        String reason =
                line.reason().isEmpty() ? (line.micro() > 0 ? "credits added" : "credits taken") : line.reason();
        return operator ? reason + " (by " + line.actor() + ")" : reason;
    }

    private static List<String> facts(RequestRecord record, boolean operator) {
        Map<String, String> notes = notes(record.notes());
        List<String> facts = new ArrayList<>();
        facts.add(tokens(record));
        if (record.firstTokenMs() >= 0) {
            facts.add("first token after " + record.firstTokenMs() + " ms");
        }
        if (record.attempts() > 1) {
            facts.add(record.attempts() + " attempts");
        }
        if ("hit".equals(notes.get("cache"))) {
            facts.add("answered from the response cache");
        }
        if (!record.taskId().isEmpty()) {
            facts.add("task " + record.taskId());
        }
        if (operator && !record.pluginId().isEmpty()) {
            facts.add(plugin(record));
        }
        if (record.writtenOff() > 0) {
            facts.add(Credits.toDecimal(record.writtenOff()).toPlainString() + " credits written off");
        }
        ending(record, operator ? lastWords(notes) : "").ifPresent(facts::add);
        return facts;
    }

    private static String tokens(RequestRecord record) {
        StringBuilder tokens = new StringBuilder();
        tokens.append(record.inputTokens()).append(" in");
        if (record.cachedTokens() > 0) {
            tokens.append(" (").append(record.cachedTokens()).append(" cached)");
        }
        tokens.append(", ").append(record.outputTokens()).append(" out");
        if (record.reasoningTokens() > 0) {
            tokens.append(" (").append(record.reasoningTokens()).append(" reasoning)");
        }
        return tokens.append(record.estimated() ? ", estimated" : "").toString();
    }

    private static Optional<String> ending(RequestRecord record, String lastWords) {
        String why = lastWords.isEmpty() ? record.fault() : lastWords;
        return switch (record.outcome()) {
            case "failed" -> Optional.of("failed: " + why);
            case "broken" -> Optional.of("broken off: " + why);
            case "left" -> Optional.of("the client left");
            default -> Optional.empty();
        };
    }

    /** Returns how a plugin is named with its version. */
    static String plugin(RequestRecord record) {
        return record.pluginId().isEmpty() ? "" : record.pluginId() + "@" + record.pluginVersion();
    }

    /** The notes of failed attempts are numbered; the last one says why the call ended. */
    private static String lastWords(Map<String, String> notes) {
        TreeMap<Integer, String> faults = new TreeMap<>();
        notes.forEach((key, value) -> {
            if (key.matches("fault[0-9]{1,4}")) {
                faults.put(Integer.parseInt(key, "fault".length(), key.length(), 10), value);
            }
        });
        return faults.isEmpty() ? "" : faults.lastEntry().getValue();
    }

    private static Map<String, String> notes(String lines) {
        Map<String, String> notes = new TreeMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                notes.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        return notes;
    }
}
