package io.patchbay.relay.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvReaderTest {
    private static List<CsvReader.Row> rows(String text) {
        CsvReader reader = new CsvReader(text);
        List<CsvReader.Row> rows = new ArrayList<>();
        for (CsvReader.Row row = reader.next(); row != null; row = reader.next()) {
            rows.add(row);
        }
        return rows;
    }

    private static List<List<String>> cells(String text) {
        return rows(text).stream().map(CsvReader.Row::cells).toList();
    }

    @Test
    void quotedCellsHoldSeparatorsQuotesAndLineBreaks() {
        assertThat(cells("a,b\n\"x, y\",\"she said \"\"no\"\"\"\n\"one\r\ntwo\",\"\"\n"))
                .containsExactly(List.of("a", "b"), List.of("x, y", "she said \"no\""), List.of("one\r\ntwo", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everyKindOfLineBreakEndsALine(String end) {
        List<CsvReader.Row> rows = rows("a,b" + end + "1,2" + end + end + "3," + end + "5,6");

        assertThat(rows)
                .extracting(CsvReader.Row::cells)
                .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("3", ""), List.of("5", "6"));
        assertThat(rows).extracting(CsvReader.Row::line).containsExactly(1, 2, 4, 5);
    }

    @Test
    void linesInsideOfQuotesCount() {
        assertThat(rows("a,b\n\"1\n1\r\n1\r1\",2\n3,4"))
                .extracting(CsvReader.Row::line)
                .containsExactly(1, 2, 6);
    }

    @Test
    void theSeparatorIsTheOneTheFirstLineHasMostOf() {
        assertThat(cells("a;b;c\n1,5;2;3")).containsExactly(List.of("a", "b", "c"), List.of("1,5", "2", "3"));
        assertThat(cells("a\tb\n1\t2;3")).containsExactly(List.of("a", "b"), List.of("1", "2;3"));
        assertThat(cells("\n\"x;y;z\",b\n1,2")).containsExactly(List.of("x;y;z", "b"), List.of("1", "2"));
        assertThat(cells("alone\n1")).containsExactly(List.of("alone"), List.of("1"));
    }

    @Test
    void aQuoteThatNeverEndsIsNamedByTheLineItBeginsOn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows("a,b\n1,2\n3,\"four\n5,6\n"))
                .withMessage("line 3, cell 2: the quote that opens the cell is never closed");
    }

    @Test
    void nothingFollowsAClosingQuoteButASeparator() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rows("a,b\n\"1\"x,2"))
                .withMessage("line 2, cell 1: expected a separator or the line's end behind the closing quote");
    }

    @Test
    void whateverIsWrittenIsReadBack() {
        Random random = new Random(7);
        String alphabet = "ab1 ,;\t\"'\r\n=+-@é模";
        for (int round = 0; round < 2_000; round++) {
            // A first line without cells that hold separators decides on the comma, as heads do.
            List<List<String>> table = new ArrayList<>(List.of(List.of("day", "model", "requests")));
            StringBuilder text = new StringBuilder(CsvText.line(table.getFirst()));
            for (int line = 0; line < 3; line++) {
                List<String> cells = new ArrayList<>();
                for (int cell = 0; cell < 3; cell++) {
                    StringBuilder word = new StringBuilder();
                    for (int length = random.nextInt(6); length > 0; length--) {
                        word.append(alphabet.charAt(random.nextInt(alphabet.length())));
                    }
                    cells.add(CsvText.guarded(word.toString()));
                }
                table.add(cells);
                text.append(CsvText.line(cells));
            }
            assertThat(cells(text.toString())).as("round %d", round).isEqualTo(table);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
    void noTextIsTakenForAFormula(String evil) {
        assertThat(CsvText.guarded(evil)).isEqualTo("'" + evil);
        assertThat(CsvText.guarded("a" + evil)).isEqualTo("a" + evil);
    }
}
