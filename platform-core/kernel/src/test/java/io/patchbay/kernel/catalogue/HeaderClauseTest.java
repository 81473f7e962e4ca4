package io.patchbay.kernel.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HeaderClauseTest {

    @Test
    void readsPathsAndAttributesAndLeavesDirectivesOut() {
        assertThat(HeaderClause.parse("a.b;a.c;uses:=\"x,y;z\";version=\"1.2\", d ; version:Version=3 "))
                .containsExactly(
                        new HeaderClause(List.of("a.b", "a.c"), Map.of("version", "1.2")),
                        new HeaderClause(List.of("d"), Map.of("version", "3")));
        assertThat(HeaderClause.parse("")).isEmpty();
    }
}
