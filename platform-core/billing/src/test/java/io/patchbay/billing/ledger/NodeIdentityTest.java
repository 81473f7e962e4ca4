package io.patchbay.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeIdentityTest {
    @Test
    void theNodeStaysAndTheProcessChanges(@TempDir Path home) {
        NodeIdentity first = NodeIdentity.load(home);
        NodeIdentity second = NodeIdentity.load(home);

        assertThat(second.node()).isEqualTo(first.node());
        assertThat(second.process()).isNotEqualTo(first.process());
        assertThat(home.resolve("config")).isDirectoryContaining("glob:**/node.id");
        assertThat(home.resolve("config").toFile().list()).hasSize(1);
    }

    @Test
    void aNameThatNoRowCouldHoldIsRefused(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/node.id"), "\n");

        assertThatIllegalArgumentException().isThrownBy(() -> NodeIdentity.load(home));
    }
}
