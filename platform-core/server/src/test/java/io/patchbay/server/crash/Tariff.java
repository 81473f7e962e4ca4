package io.patchbay.server.crash;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The models of this test and what they cost. The costs are computed here from the rule alone, so that the server is
 * not checked by its own arithmetic. Models whose upstream is faulty are separate, because their channels will rest.
 */
enum Tariff {
    TOKENS("crash-tokens", "token-billing", "1", "2"),
    FINE("crash-fine", "token-billing", "0.00137", "0.004111"),
    CALL("crash-call", "times-billing", "0", "0.25"),
    FREE("crash-free", "non-billing", "0", "0"),
    PICTURE("crash-picture", "times-billing", "0", "0.04"),
    LIMITED("crash-limited", "token-billing", "0.5", "1.5"),
    BROKEN("crash-broken", "times-billing", "0", "0.1"),
    SHAKY("crash-shaky", "token-billing", "0.013", "0.0171");

    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal TOKENS_OF_A_PRICE = BigDecimal.valueOf(1_000);

    private final String model;
    private final String type;
    private final BigDecimal input;
    private final BigDecimal output;

    Tariff(String model, String type, String input, String output) {
        this.model = model;
        this.type = type;
        this.input = new BigDecimal(input);
        this.output = new BigDecimal(output);
    }

    /** Returns the name clients ask for. */
    String model() {
        return model;
    }

    /** Returns whose model it is. */
    static Tariff of(String model) {
        return Arrays.stream(values())
                .filter(tariff -> tariff.model.equals(model))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no model of this test: " + model));
    }

    /** Returns the rule as the body of {@code POST /api/admin/charge/set}. */
    Map<String, Object> rule() {
        return Map.of(
                "id", -1, "type", type, "models", List.of(model), "input", input, "output", output, "anonymous", false);
    }

    /**
     * Returns what a call costs, in micro-credits: parts of one are rounded up.
     *
     * @param units the pictures made; 1 for everything else
     */
    long price(Tokens used, int units) {
        BigDecimal credits = switch (type) {
            case "token-billing" ->
                input.multiply(BigDecimal.valueOf(used.input()))
                        .add(output.multiply(BigDecimal.valueOf(used.output())))
                        .divide(TOKENS_OF_A_PRICE);
            case "times-billing" -> output.multiply(BigDecimal.valueOf(units));
            default -> BigDecimal.ZERO;
        };
        return credits.multiply(MICRO).setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
