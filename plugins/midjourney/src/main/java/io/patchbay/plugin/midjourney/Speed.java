package io.patchbay.plugin.midjourney;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The speed mode follows the model, because the price does: what the user typed is taken out and the model's own flag put
 * in, unless the endpoint itself stands for one mode.
 */
final class Speed {
    private static final Set<String> FLAGS = Set.of("--fast", "--relax", "--turbo");
    private static final List<String> MODES = List.of("/mj-fast", "/mj-relax", "/mj-turbo");

    private Speed() {}

    /** Returns the prompt with the flag of the model. */
    static String prompt(String prompt, String model, String endpoint) {
        if (MODES.stream().anyMatch(endpoint.replaceAll("/+$", "")::endsWith)) {
            return prompt;
        }
        StringJoiner words = new StringJoiner(" ");
        Arrays.stream(prompt.split(" ")).filter(word -> !FLAGS.contains(word)).forEach(words::add);
        String flag = model.endsWith("-turbo") ? "--turbo" : model.endsWith("-fast") ? "--fast" : "--relax";
        return words.toString().strip() + " " + flag;
    }
}
