package io.patchbay.testkit.conformance;

import io.patchbay.spi.ChannelDescriptor;
import io.patchbay.spi.Text;
import io.patchbay.spi.config.ConfigField;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a descriptor must say. */
final class DescriptorChecks {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,47}");
    private static final Pattern FIELD = Pattern.compile("[a-z][A-Za-z0-9_-]{0,47}");
    private static final Pattern HOST = Pattern.compile("[a-z0-9*]([a-z0-9.*-]*[a-z0-9])?(:\\d{1,5})?");
    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");
    private static final int MAX_LOGO = 64 * 1024;

    private final Subject subject;
    private final ChannelDescriptor descriptor;

    private DescriptorChecks(Subject subject) {
        this.subject = subject;
        this.descriptor = subject.type().descriptor();
    }

    static List<Check> of(Subject subject) {
        return List.of(
                check("has an id and is the same at every call", subject, DescriptorChecks::identity),
                check("has names in English and Chinese", subject, DescriptorChecks::names),
                check("declares the parts of a credential", subject, DescriptorChecks::secretParts),
                check("declares its options completely", subject, DescriptorChecks::options),
                check("proposes models", subject, DescriptorChecks::models),
                check("names a usable endpoint and hosts", subject, DescriptorChecks::addresses),
                check("has a harmless logo", subject, DescriptorChecks::logo));
    }

    private interface Part {
        void run(DescriptorChecks checks);
    }

    private static Check check(String name, Subject subject, Part part) {
        return new Check("descriptor", name, () -> part.run(new DescriptorChecks(subject)));
    }

    private void identity() {
        Expect.that(ID.matcher(descriptor.id()).matches(), "not an id: \"" + descriptor.id() + "\"");
        ChannelDescriptor again = subject.type().descriptor();
        Expect.same("id at the second call", descriptor.id(), again.id());
        Expect.same("models at the second call", descriptor.templateModels(), again.templateModels());
    }

    private void names() {
        bilingual("name", descriptor.name());
        bilingual("description", descriptor.description());
    }

    private static void bilingual(String what, Text text) {
        for (String language : List.of("en", "zh-CN")) {
            String wording = text.byLanguage().get(language);
            Expect.that(wording != null && !wording.isBlank(), what + " has no wording in " + language);
        }
    }

    private void secretParts() {
        fields("secret part", descriptor.secretParts());
        for (ConfigField part : descriptor.secretParts()) {
            subject.channel().secret(part.name());
            subject.other().secret(part.name());
        }
        boolean secret = descriptor.secretParts().stream().anyMatch(part -> part.kind() == ConfigField.Kind.SECRET);
        Expect.that(
                secret || descriptor.secretParts().isEmpty(),
                "none of the parts of a credential is of the kind SECRET");
    }

    private void options() {
        fields("option", descriptor.options());
        for (ConfigField option : descriptor.options()) {
            Expect.that(
                    option.kind() != ConfigField.Kind.SECRET,
                    "option \"" + option.name() + "\" is a secret: it belongs to the parts of a credential");
        }
    }

    private static void fields(String what, List<ConfigField> fields) {
        Set<String> names = new HashSet<>();
        for (ConfigField field : fields) {
            String place = what + " \"" + field.name() + "\"";
            Expect.that(FIELD.matcher(field.name()).matches(), place + " has an unusable name");
            Expect.that(names.add(field.name()), place + " occurs twice");
            bilingual("the label of " + place, field.label());
            String hint = field.hint().byLanguage().get("en");
            if (hint != null && !hint.isEmpty()) {
                bilingual("the hint of " + place, field.hint());
            }
            if (field.kind() == ConfigField.Kind.CHOICE) {
                Expect.that(!field.choices().isEmpty(), place + " offers no choices");
                Expect.that(
                        field.fallback().isEmpty() || field.choices().contains(field.fallback()),
                        place + " falls back to what is no choice");
            }
        }
    }

    private void models() {
        List<String> models = descriptor.templateModels();
        Expect.that(!models.isEmpty(), "no model is proposed for a new channel");
        Expect.same("number of different models", models.size(), new HashSet<>(models).size());
        models.forEach(model -> Expect.that(!model.isBlank() && model.equals(model.strip()), "blank model name"));
        Expect.that(!subject.model().isBlank(), "the model to test with is blank");
    }

    private void addresses() {
        String endpoint = descriptor.defaultEndpoint();
        if (!endpoint.isEmpty()) {
            URI uri = URI.create(endpoint);
            Expect.that(
                    uri.getHost() != null && SCHEMES.contains(String.valueOf(uri.getScheme())),
                    "the default endpoint is no absolute http, https, ws or wss URL");
            Expect.that(uri.getUserInfo() == null, "the default endpoint contains a user");
        }
        descriptor
                .hosts()
                .forEach(host -> Expect.that(HOST.matcher(host).matches(), "not a host name: \"" + host + "\""));
    }

    private void logo() {
        String logo = descriptor.logo();
        if (logo == null) {
            return;
        }
        String lower = logo.toLowerCase(Locale.ROOT);
        Expect.that(logo.length() <= MAX_LOGO, "the logo is larger than " + MAX_LOGO + " characters");
        Expect.that(
                lower.matches("(?s)\\s*(<\\?xml[^>]*\\?>)?\\s*(<!--.*?-->\\s*)*<svg[\\s>].*</svg>\\s*"),
                "the logo is no SVG");
        for (String forbidden :
                List.of("<script", "javascript:", "<foreignobject", "<!entity", "<!doctype", "<iframe")) {
            Expect.that(!lower.contains(forbidden), "the logo contains " + forbidden);
        }
        Expect.that(!Pattern.compile("\\son[a-z]+\\s*=").matcher(lower).find(), "the logo contains an event handler");
        Expect.that(
                !Pattern.compile("(href|src)\\s*=\\s*[\"']\\s*(https?:|//|data:)")
                                .matcher(lower)
                                .find()
                        && !Pattern.compile("url\\(\\s*[\"']?\\s*(https?:|//)")
                                .matcher(lower)
                                .find(),
                "the logo loads something from elsewhere");
    }
}
