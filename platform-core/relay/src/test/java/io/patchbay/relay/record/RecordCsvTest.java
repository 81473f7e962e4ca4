package io.patchbay.relay.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordCsvTest {
    private static final Instant NOON = Instant.parse("2030-03-10T12:00:00Z");

    private static String row(String username, String keyName, String model, boolean operator) {
        RequestRecord call = Calls.call("r1", 7, 9, model, 3, "answered", "", NOON);
        return RecordCsv.row(
                new RecordLine.Call(call), new RecordNames(Map.of(7L, username), Map.of(9L, keyName)), operator);
    }

    @Test
    void aCallIsOneLineInTheOrderOfTheHead() {
        assertThat(RecordCsv.head(false))
                .isEqualTo("created_at,username,type,token_name,model,input_tokens,output_tokens,cached_tokens,"
                        + "reasoning_tokens,quota,duration,first_token_ms,streamed,status,outcome,fault,attempts,paid_by,"
                        + "request_id,detail\r\n");
        assertThat(row("ann", "laptop", "gpt-4o", false))
                .isEqualTo(
                        "2030-03-10 12:00:00,ann,consume,laptop,gpt-4o,10,20,4,5,1.5,1.234,320,true,200,answered,,1,,"
                                + "r1,\"10 in (4 cached), 20 out (5 reasoning); first token after 320 ms\"\r\n");
    }

    @Test
    void administratorsGetTheirColumnsAtTheEnd() {
        assertThat(RecordCsv.head(true)).endsWith(",detail,user_id,channel,channel_name,upstream_model,plugin\r\n");
        assertThat(row("ann", "laptop", "gpt-4o", true)).endsWith(",7,3,channel 3,up-gpt-4o,openai@1.2.0\r\n");
    }

    @Test
    void quotesCommasAndLineBreaksAreQuoted() {
        assertThat(row("ann", "a \"b\", c", "m", false)).contains(",consume,\"a \"\"b\"\", c\",m,");
        assertThat(row("ann", "two\r\nlines", "m", false)).contains(",consume,\"two\r\nlines\",m,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
    void noTextIsTakenForAFormula(String evil) {
        assertThat(row("ann", evil, "m", false)).containsAnyOf(",consume,'" + evil, ",consume,\"'" + evil);
        assertThat(row("ann", "k", evil, false)).containsAnyOf(",k,'" + evil, ",k,\"'" + evil);
        assertThat(row(evil, "k", "m", false)).containsAnyOf(":00,'" + evil, ":00,\"'" + evil);
    }

    @Test
    void takenCreditsStayANumber() {
        LedgerLine taken = new LedgerLine(1, 7, -2_500_000, "1:chief", "=plan", NOON.toEpochMilli());
        String head = RecordCsv.head(true);
        String row = RecordCsv.row(new RecordLine.Change(taken), new RecordNames(Map.of(7L, "ann"), Map.of()), true);

        assertThat(row)
                .startsWith("2030-03-10 12:00:00,ann,system,,,,,,,-2.5,,")
                .contains(",'=plan (by 1:chief),7,");
        assertThat(row.split(",", -1)).hasSameSizeAs(head.split(",", -1));
    }
}
