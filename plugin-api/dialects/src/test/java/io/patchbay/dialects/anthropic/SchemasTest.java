package io.patchbay.dialects.anthropic;

import static io.patchbay.dialects.anthropic.Written.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SchemasTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{\"type\":\"object\",\"properties\":{}}",
                "{\"properties\":{\"a\":{}}}|{\"properties\":{\"a\":{}},\"type\":\"object\"}",
                "{\"type\":[\"object\",\"null\"],\"properties\":{}}|{\"type\":\"object\",\"properties\":{}}",
                "{\"type\":\"object\",\"anyOf\":[{\"properties\":{\"a\":{}},\"required\":[\"a\"]},{\"properties\":{\"b\":{}}}]}"
                        + "|{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{}}}",
                "{\"required\":[\"a\"],\"allOf\":[{\"properties\":{\"a\":{}},\"required\":[\"a\"]},"
                        + "{\"properties\":{\"b\":{}},\"required\":[\"b\"]}]}"
                        + "|{\"required\":[\"a\",\"b\"],\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{}}}",
            })
    void inputsAreObjectsWithoutAlternativesAtTheTop(String schema, String expected) {
        assertThat(Schemas.input(json(schema).asObject())).isEqualTo(json(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"string\"}|{\"type\":\"string\"}",
                "{\"type\":\"object\",\"additionalProperties\":true}|{\"type\":\"object\",\"additionalProperties\":true}",
                "{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"object\"}}}"
                        + "|{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"object\",\"additionalProperties\":false}},"
                        + "\"additionalProperties\":false}",
                "{\"anyOf\":[{\"type\":\"object\"},{\"type\":\"null\"}],\"$defs\":{\"x\":{\"type\":\"object\"}}}"
                        + "|{\"anyOf\":[{\"type\":\"object\",\"additionalProperties\":false},{\"type\":\"null\"}],"
                        + "\"$defs\":{\"x\":{\"type\":\"object\",\"additionalProperties\":false}}}",
            })
    void objectsOfAnswersAreClosed(String schema, String expected) {
        assertThat(Schemas.closed(json(schema).asObject())).isEqualTo(json(expected));
    }
}
