package io.patchbay.foundation.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonTest {
    record Rule(
            long id,
            List<String> models,
            @Nullable BigDecimal input,
            boolean anonymous,
            @Nullable Instant at) {}

    @Test
    void propertiesMatchInAnyCaseAndUnknownOnesAreIgnored() throws JsonProcessingException {
        Rule rule = Json.read("""
                {"ID": 7, "Models": ["a"], "INPUT": 0.1, "anonymous": true, "extra": {"x": 1}}
                """, Rule.class);
        assertThat(rule).isEqualTo(new Rule(7, List.of("a"), new BigDecimal("0.1"), true, null));
    }

    @Test
    void decimalsKeepTheirValueAndAreWrittenPlainly() throws JsonProcessingException {
        assertThat(Json.write(List.of(new BigDecimal("1E+3"), new BigDecimal("0.00000001"), new BigDecimal("0.10"))))
                .isEqualTo("[1000,0.00000001,0.10]");
        JsonNode tree = Json.mapper().readTree("{\"v\":0.1234567890123456789}");
        assertThat(tree.get("v").decimalValue()).isEqualTo(new BigDecimal("0.1234567890123456789"));
    }

    @Test
    void instantsAreTexts() throws JsonProcessingException {
        Instant at = Instant.parse("2026-11-24T01:02:03.004Z");
        assertThat(Json.write(at)).isEqualTo("\"2026-11-24T01:02:03.004Z\"");
        assertThat(Json.read("\"2026-11-24T01:02:03.004Z\"", Instant.class)).isEqualTo(at);
        assertThatThrownBy(() -> Json.read("\"yesterday\"", Instant.class)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void deepNestingIsRefusedAndNotASyntheticStackOverflow() {
        String deep = "[".repeat(100_000);
        assertThatThrownBy(() -> Json.mapper().readTree(deep)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void typeNamesInDocumentsAreData() throws JsonProcessingException {
        Object value = Json.read("{\"@class\":\"java.lang.Runtime\",\"x\":1}", Object.class);
        assertThat(value).isInstanceOf(java.util.Map.class);
    }
}
