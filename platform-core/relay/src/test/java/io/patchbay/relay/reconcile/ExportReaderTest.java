package io.patchbay.relay.reconcile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExportReaderTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final LocalDate TENTH = LocalDate.of(2030, 3, 10);

    private static UsageExport csv(String text) {
        return ExportReader.csv(text.getBytes(UTF_8), ZoneOffset.UTC);
    }

    private static UsageExport json(String text) {
        return ExportReader.json(text.getBytes(UTF_8), ZoneOffset.UTC);
    }

    private static void refused(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> csv(text)).withMessage(message);
    }

    private static TheirUsage usage(long requests, long input, long output) {
        return new TheirUsage(requests, input, output, null, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "day,model,requests,input_tokens,output_tokens",
                "Date,Model,NUM_REQUESTS,Prompt Tokens,Completion Tokens",
                "usage_date;model_name;num_model_requests;usage_input_tokens;output",
                "start_time\tsnapshot_id\tn_requests\tn_context_tokens_total\tn_generated_tokens_total",
                "\uFEFF\"date\", model ,requests,input,output",
            })
    void columnsHaveTheNamesOfSeveralVendors(String head) {
        String separator = head.contains(";") ? ";" : head.contains("\t") ? "\t" : ",";
        String lines = "\r\n2030-03-10,gpt-4o,3,100,20\r\n2030-03-10,gpt-4o,1,7,5\r\n2030-03-11,o1,1,2,3\r\n";

        UsageExport export = csv(head + lines.replace(",", separator));

        assertThat(export.on(TENTH)).containsExactly(Map.entry("gpt-4o", usage(4, 107, 25)));
        assertThat(export.on(TENTH.plusDays(1))).containsOnlyKeys("o1");
        assertThat(export.first()).isEqualTo(TENTH);
        assertThat(export.last()).isEqualTo(TENTH.plusDays(1));
        assertThat(export.outside(TENTH, TENTH)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2030-03-10, 2030-03-10",
        "20300310, 2030-03-10",
        "2030-03-10T15:59:59Z, 2030-03-10",
        "2030-03-10T16:00:00Z, 2030-03-11",
        "2030-03-10T16:00:00.000000Z, 2030-03-11",
        "2030-03-10 16:00:00 UTC, 2030-03-11",
        "2030-03-10T23:30:00+08:00, 2030-03-10",
        "2030-03-10T16:30:00-05:00, 2030-03-11",
        "2030-03-10 16:00:00, 2030-03-10",
        "1899388799, 2030-03-10",
        "1899388800, 2030-03-11",
        "1899388800.0, 2030-03-11",
        "1899388800000, 2030-03-11"
    })
    void aMomentBelongsToADayOfTheZone(String cell, LocalDate day) {
        assertThat(ExportValues.day(cell, SHANGHAI)).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "03/10/2030",
                "2030-02-30",
                "1",
                "-5",
                "1e99",
                "2030-03-10T25:00:00Z",
                "99999999",
                "1999-12-31",
                "9999-12-31"
            })
    void whatIsNoDayIsNamedWithItsLine(String cell) {
        refused(
                "date,model,requests\n2030-03-10,m,1\n" + cell + ",m,1\n",
                "line 3, column date: expected a date (YYYY-MM-DD), an RFC 3339 time or epoch seconds, found \"" + cell
                        + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "many", "1000000000001", "1e30", "0x10", "1,000"})
    void whatIsNoCountIsNamedWithLineAndColumn(String cell) {
        refused(
                "date;model;Input Tokens\n\n2030-03-10;m;" + cell,
                "line 3, column Input Tokens: expected a whole number from 0 to 1000000000000, found \"" + cell + "\"");
    }

    @Test
    void countsMayBeEmptyOrWrittenAsDecimals() {
        assertThat(csv("date,model,requests,input,output\n2030-03-10,m,,12.0,1e3")
                        .on(TENTH))
                .containsValue(usage(0, 12, 1_000));
    }

    @Test
    void aMissingModelIsAskedFor() {
        refused(
                "date,model,requests\n2030-03-10,,1",
                "line 2, column model: expected a model's name, found nothing; let the provider"
                        + " group its export by model");
    }

    @Test
    void missingColumnsAreNamedWithWhatWasFound() {
        refused(
                "when,model,spent\n1,m,2",
                "found the columns \"when\", \"model\", \"spent\"; expected also a day (day, date, usage_date,"
                        + " start_time, starting_at, created_at); and at least one of requests (requests, num_requests,"
                        + " num_model_requests, n_requests), input tokens (input_tokens, prompt_tokens,"
                        + " n_context_tokens_total, usage_input_tokens, uncached_input_tokens, input) and output tokens"
                        + " (output_tokens, completion_tokens, n_generated_tokens_total, output)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> csv("date,requests\n2030-03-10,1"))
                .withMessageContaining("expected also a model (model, model_name, snapshot_id)");
        refused("date,model,requests,requests\n", "the column requests is there twice");
    }

    @Test
    void ofTwoNamesForTheSameTheFirstKnownIsTaken() {
        assertThat(csv("start_time,date,model,input,input_tokens\n0,2030-03-10,m,1,2")
                        .on(TENTH))
                .containsValue(new TheirUsage(null, 2L, null, null, null));
    }

    @Test
    void everyLineHasAsManyCellsAsTheFirst() {
        refused(
                "date,model,requests\n2030-03-10,m,1\n2030-03-10,m\n",
                "line 3: expected 3 cells as on the first line, found 2");
        refused("date,model,requests\n2030-03-10,m,1,\n", "line 2: expected 3 cells as on the first line, found 4");
    }

    @Test
    void anEmptyBodyAndAnotherEncodingAreRefused() {
        refused(" \r\n ", "the body is empty: expected a provider's usage export as CSV or JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExportReader.csv("date,modèle".getBytes(ISO_8859_1), ZoneOffset.UTC))
                .withMessage("the export is not UTF-8; save it in that encoding");
    }

    @Test
    void twoHundredThousandLinesAreReadAndOneMoreIsRefused() {
        String head = "date,model,requests\n";
        String line = "2030-03-10,m,1\n";

        assertThat(csv(head + line.repeat(199_999)).on(TENTH))
                .containsValue(new TheirUsage(199_999L, null, null, null, null));
        refused(head + line.repeat(200_000), "the export has more than 200000 lines; send a part of it");
        String entries = "{\"date\":\"2030-03-10\",\"model\":\"m\",\"requests\":1},".repeat(200_000);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json("[" + entries + "{}]"))
                .withMessage("the export has more than 200000 lines; send a part of it");
    }

    @Test
    void aHundredThousandPairsOfDayAndModelAreKeptAndOneMoreIsRefused() {
        StringBuilder text = new StringBuilder("date,model,requests\n");
        for (int i = 0; i < 100_000; i++) {
            text.append("2030-03-10,m").append(i).append(",1\n");
        }
        assertThat(csv(text.toString()).on(TENTH)).hasSize(100_000);
        refused(
                text + "2030-03-11,m0,1\n",
                "line 100002: the export has more than 100000 pairs of day and model; send a part of it");
    }

    @Test
    void costsAreAddedUpInOneCurrency() {
        UsageExport export = csv("date,model,requests,amount,currency\n2030-03-10,m,1,0.1,usd\n2030-03-10,m,1,0.2,USD\n"
                + "2030-03-10,m,0,-0.05,\n");

        assertThat(export.on(TENTH)).containsValue(new TheirUsage(2L, null, null, null, new BigDecimal("0.25")));
        assertThat(export.currency()).isEqualTo("USD");
        refused(
                "date,model,requests,cost,currency\n2030-03-10,m,1,1,usd\n2030-03-10,m,1,1,cny\n",
                "line 3, column currency: expected \"usd\" as on the lines before, found \"cny\"");
        refused(
                "date,model,requests,cost\n2030-03-10,m,1,$5\n",
                "line 2, column cost: expected an amount such as 12.34, found \"$5\"");
    }

    @Test
    void cachedTokensAreInTheInputOrBesideItAsTheColumnSays() {
        assertThat(csv("date,model,input_tokens,input_cached_tokens\n2030-03-10,m,100,30")
                        .on(TENTH))
                .containsValue(new TheirUsage(null, 100L, null, 30L, null));
        assertThat(csv("date,model,input_tokens,cache_read_input_tokens,cache_creation_input_tokens\n"
                                + "2030-03-10,m,100,30,5")
                        .on(TENTH))
                .containsValue(new TheirUsage(null, 135L, null, 30L, null));
    }

    @Test
    void jsonIsAnArrayOfObjects() {
        assertThat(json("""
                [{"date":"2030-03-10","model":"m","requests":2,"input_tokens":"10","extra":{"a":[1]}},
                 {"start_time":1899331200,"Model":"m","requests":1,"input_tokens":null}]
                """).on(TENTH)).containsValue(new TheirUsage(3L, 10L, null, null, null));
        assertThat(json("[]").first()).isNull();
    }

    @Test
    void bucketsGiveTheirTimeToTheirResults() {
        assertThat(json("""
                {"object":"page","more":[{"data":1}],"data":[
                  {"object":"bucket","start_time":1899331200,"end_time":1899417600,"results":[
                    {"input_tokens":10,"output_tokens":5,"num_model_requests":1,"model":"a","input_cached_tokens":4},
                    {"input_tokens":20,"output_tokens":6,"num_model_requests":2,"model":"b","input_cached_tokens":0}]},
                  {"object":"bucket","start_time":1899417600,"end_time":1899504000,"results":[]}],"has_more":false}
                """).on(TENTH))
                .containsEntry("a", new TheirUsage(1L, 10L, 5L, 4L, null))
                .containsEntry("b", new TheirUsage(2L, 20L, 6L, 0L, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | expected a JSON array of objects, or an object with one as data",
                "7 | expected a JSON array of objects, or an object with one as data",
                "[7] | entry 1: expected a JSON object with the columns' names as members",
                "[{\"day\":\"2030-03-10\",\"model\":\"m\",\"requests\":-1}] | entry 1, column requests: expected a"
                        + " whole number from 0 to 1000000000000, found \"-1\"",
                "[{ | line 1, character 3: the body is not valid JSON"
            })
    void jsonThatIsNoExportIsRefused(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> json(text)).withMessage(message);
    }

    @Test
    void anEntryWithoutAModelIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json("[{\"day\":\"2030-03-10\",\"requests\":1}]"))
                .withMessageStartingWith("entry 1: found the columns \"day\", \"requests\"; expected also a model (");
    }

    @Test
    void whatAnErrorShowsIsShortAndOnOneLine() {
        assertThat(ExportValues.shown("a\nb" + "x".repeat(100))).isEqualTo("\"a b" + "x".repeat(57) + "...\"");
    }
}
