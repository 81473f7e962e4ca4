package io.patchbay.accounts.password;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AccountRulesTest {
    @Test
    void countsBytesOfTheTrimmedName() {
        assertThat(AccountRules.validUsername(" a ")).isFalse();
        assertThat(AccountRules.validUsername("ab")).isTrue();
        assertThat(AccountRules.validUsername("é")).as("two bytes").isTrue();
        assertThat(AccountRules.validUsername("a".repeat(24))).isTrue();
        assertThat(AccountRules.validUsername("a".repeat(25))).isFalse();
        assertThat(AccountRules.validUsername("语".repeat(9))).as("27 bytes").isFalse();
    }

    @Test
    void keepsNamesApartFromAddresses() {
        assertThat(AccountRules.validUsername("ann@example.com")).isFalse();
        assertThat(AccountRules.validUsername("ann\u0000b")).isFalse();
    }

    @Test
    void boundsPasswords() {
        assertThat(AccountRules.validPassword("12345 ")).isFalse();
        assertThat(AccountRules.validPassword("123456")).isTrue();
        assertThat(AccountRules.validPassword("a".repeat(36))).isTrue();
        assertThat(AccountRules.validPassword("a".repeat(37))).isFalse();
    }

    @Test
    void knowsAddresses() {
        assertThat(AccountRules.validEmail("ann@example.com")).isTrue();
        assertThat(AccountRules.validEmail("ann@example")).isFalse();
        assertThat(AccountRules.validEmail("a@b@example.com")).isFalse();
        assertThat(AccountRules.validEmail("ann@example.com\nbcc: x@example.com"))
                .isFalse();
        assertThat(AccountRules.normalEmail(" Ann@Example.COM ")).isEqualTo("ann@example.com");
    }
}
