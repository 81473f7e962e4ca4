package io.patchbay.dialects.openai;

import java.util.Random;

/** Makes streams and answers of members that are right, wrong, odd or missing. */
final class AnyStream {
    private final Random random;

    AnyStream(long seed) {
        this.random = new Random(seed);
    }

    String stream() {
        StringBuilder stream = new StringBuilder();
        for (int i = random.nextInt(6) + 1; i > 0; i--) {
            if (random.nextInt(12) == 0) {
                stream.append("event: ").append(one("message", "error", "ping")).append('\n');
            }
            stream.append("data: ").append(payload()).append("\n\n");
        }
        return stream.append(random.nextInt(3) > 0 ? "data: [DONE]\n\n" : "").toString();
    }

    private String payload() {
        return switch (random.nextInt(30)) {
            case 0 -> one("ping", "[1]", "[DONE", "\"x\"", "7", "[{\"error\":\"x\"}]", "[{}]");
            case 1 ->
                one(
                        "{\"error\":\"x\"}",
                        "{\"code\":1,\"message\":\"m\"}",
                        "{\"type\":\"ping\"}",
                        "{}",
                        "{\"usage\":1}");
            case 2 -> {
                String chunk = chunk("delta");
                yield chunk.substring(0, random.nextInt(chunk.length()));
            }
            default -> chunk("delta");
        };
    }

    String answer() {
        return chunk("message");
    }

    private String chunk(String holder) {
        StringBuilder members = new StringBuilder();
        maybe(members, "id", "\"c1\"", "\"c1\"", "\"\"", "null", "5", "\"c\\u0031\"");
        maybe(members, "model", "\"up\"", "\"up\"", "\"\"", "null", "{}", "\"u\\/p\"");
        maybe(members, "created", "5", "null", "\"x\"", "1.5");
        maybe(
                members,
                "error",
                "null",
                "null",
                "null",
                "{}",
                "\"\"",
                "false",
                random.nextInt(8) == 0 ? "\"boom\"" : "[]");
        maybe(members, "usage", "null", "{}", usage(), usage(), "3");
        if (random.nextInt(12) > 0) {
            member(members, "choices", random.nextInt(12) == 0 ? one("[]", "null", "{}", "[null]") : choices(holder));
        }
        maybe(members, "x_groq", "{\"usage\":" + usage() + "}", "null", "{\"id\":1}");
        if (random.nextInt(15) == 0) {
            member(members, one("model", "mod\\u0065l", "usage", "id"), one("\"twice\"", usage()));
        }
        return "{" + members + "}";
    }

    private String choices(String holder) {
        StringBuilder choices = new StringBuilder();
        int count = random.nextInt(8) == 0 ? 2 : 1;
        for (int i = 0; i < count; i++) {
            choices.append(i == 0 ? "" : ", ").append(choice(holder, i));
        }
        return "[" + choices + "]";
    }

    private String choice(String holder, int index) {
        StringBuilder members = new StringBuilder();
        maybe(
                members,
                "index",
                "" + index,
                "" + index,
                "" + index,
                "null",
                "-1",
                "\"1\"",
                "1.0",
                random.nextInt(9) == 0 ? "99999" : "1");
        if (random.nextInt(10) > 0) {
            member(members, holder, random.nextInt(12) == 0 ? one("null", "\"x\"", "{}") : delta());
        }
        if (random.nextInt(3) == 0) {
            member(
                    members,
                    "finish_reason",
                    one(
                            "\"stop\"",
                            "\"stop\"",
                            "\"tool_calls\"",
                            "\"length\"",
                            "null",
                            "\"\"",
                            "7",
                            "\"own\"",
                            "\"st\\u006fp\""));
        }
        maybe(members, "logprobs", "null", "null", "{\"content\":[]}");
        if (random.nextInt(15) == 0) {
            member(members, "usage", usage());
        }
        return "{" + members + "}";
    }

    private String delta() {
        StringBuilder members = new StringBuilder();
        maybe(members, "role", "\"assistant\"", "\"\"", "null");
        maybe(
                members,
                "content",
                text(),
                text(),
                "null",
                "\"\"",
                "[]",
                "[{\"type\":\"text\",\"text\":\"P\"},\"q\",{\"type\":\"thinking\",\"thinking\":\"T\"}]",
                "{}");
        maybe(members, "reasoning_content", text(), "null", "\"\"");
        maybe(members, "reasoning", text(), "null", "\"\"", "{}");
        maybe(members, "refusal", text(), "null", "null");
        if (random.nextInt(3) == 0) {
            member(members, "tool_calls", random.nextInt(8) == 0 ? one("null", "{}", "[]", "[7]") : calls());
        }
        if (random.nextInt(20) == 0) {
            member(members, "function_call", one("null", "{\"name\":\"f\"}", "{\"arguments\":\"{}\"}"));
        }
        if (random.nextInt(20) == 0) {
            member(members, one("audio", "images", "other"), one("{\"id\":1}", "[1]", "{}", "[]", "null", "\"x\""));
        }
        if (random.nextInt(20) == 0) {
            member(members, one("content", "c\\u006fntent"), text());
        }
        return "{" + members + "}";
    }

    private String calls() {
        StringBuilder calls = new StringBuilder();
        for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
            StringBuilder members = new StringBuilder();
            maybe(members, "index", "0", "0", "1", "null", "-3");
            maybe(members, "id", "\"a\"", "\"b\"", "\"\"", "null", "4");
            StringBuilder function = new StringBuilder();
            maybe(function, "name", "\"f\"", "\"g\"", "\"\"", "null");
            maybe(function, "arguments", "\"{\"", "\"}\"", "\"{}\"", "\"\"", "{\"x\":1}", "null");
            maybe(members, "function", "{" + function + "}", "{" + function + "}", "null");
            calls.append(calls.isEmpty() ? "" : ",").append('{').append(members).append('}');
        }
        return "[" + calls + "]";
    }

    private String usage() {
        return "{\"prompt_tokens\":" + random.nextInt(9) + ",\"completion_tokens\":" + random.nextInt(9) + "}";
    }

    private String text() {
        return one(
                "\"Hi\"",
                "\"\\\"model\\\":\\\"up\\\"\"",
                "\"é你\\ud83d\\ude00\\n\"",
                "\"{\\\"usage\\\":{}}\"",
                "\" \"",
                "\"\\ud83d\"");
    }

    private void maybe(StringBuilder members, String name, String... values) {
        if (random.nextInt(3) > 0) {
            member(members, name, one(values));
        }
    }

    private void member(StringBuilder members, String name, String value) {
        members.append(members.isEmpty() ? "" : one(",", ", "))
                .append('"')
                .append(name)
                .append('"')
                .append(one(":", " : "))
                .append(value);
    }

    private String one(String... values) {
        return values[random.nextInt(values.length)];
    }
}
