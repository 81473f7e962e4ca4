package io.patchbay.server.bounds;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A hundred uploads at once, of every kind there is: pictures to be edited, and plugins. */
final class Uploads {
    static final int ALL = 100;

    private static final int MIB = 1 << 20;
    private static final String BOUNDARY = "bounds-test-boundary";
    private static final String PICTURES = "/v1/images/edits";
    private static final String PLUGINS = "/api/admin/plugins";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    /** What is sent. */
    enum Kind {
        /** A form with a picture, as large as a body may be, from a client that tries again while there is no room. */
        PATIENT_PICTURE(5),
        /** The same from a client that tries once. */
        PICTURE_AT_THE_LIMIT(35),
        /** One byte more, and the length says so. */
        PICTURE_OVER_THE_LIMIT(20),
        /** One byte more, without a length. */
        CHUNKED_OVER_THE_LIMIT(10),
        /** A form with 4 MiB that are no plugin. */
        NO_PLUGIN(20),
        /** A form that says it has 70 MiB. */
        HUGE_PLUGIN(10);

        private final int count;

        Kind(int count) {
            this.count = count;
        }
    }

    /** An upload and its answer. */
    record Done(Kind kind, Exchange.Response response) {}

    private final BoundsSite site;
    private final int limit;

    /**
     * Prepares the uploads.
     *
     * @param limit the largest body of a model route in bytes
     */
    Uploads(BoundsSite site, int limit) {
        this.site = site;
        this.limit = limit;
    }

    /** Begins with all of them, mixed. */
    Crowd.Doing<Done> begin(Crowd crowd) {
        List<Kind> order = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            order.addAll(Collections.nCopies(kind.count, kind));
        }
        Collections.shuffle(order, new Random(1));
        byte[] fitting = picture(limit);
        byte[] over = picture(limit + 1);
        byte[] chunked = chunked(over);
        byte[] noise = form("file", noise(4 * MIB), List.of());
        return crowd.begin(ALL, number -> () -> {
            Kind kind = order.get(number);
            String key = "Authorization: Bearer " + site.key(number);
            String session = "Authorization: " + site.root().session();
            byte[] body = switch (kind) {
                case PATIENT_PICTURE, PICTURE_AT_THE_LIMIT -> fitting;
                case PICTURE_OVER_THE_LIMIT -> over;
                case CHUNKED_OVER_THE_LIMIT -> chunked;
                case NO_PLUGIN, HUGE_PLUGIN -> noise;
            };
            byte[] head = switch (kind) {
                case PATIENT_PICTURE, PICTURE_AT_THE_LIMIT, PICTURE_OVER_THE_LIMIT ->
                    head(PICTURES, key, length(body.length));
                case CHUNKED_OVER_THE_LIMIT -> head(PICTURES, key, "Transfer-Encoding: chunked");
                case NO_PLUGIN -> head(PLUGINS, session, length(body.length));
                case HUGE_PLUGIN -> head(PLUGINS, session, length(70 * MIB));
            };
            if (kind == Kind.PATIENT_PICTURE) {
                return new Done(kind, Exchange.askUntilLetIn(site.uri(), head, body));
            }
            try (Exchange exchange = Exchange.with(site.uri())) {
                return new Done(kind, exchange.ask(head, body));
            }
        });
    }

    private static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    /** Returns a form of exactly that many bytes. */
    private static byte[] picture(int length) {
        List<String> texts = List.of("model", "gpt-image-1", "prompt", "add a hat");
        int around = form("image", new byte[0], texts).length;
        byte[] picture = noise(length - around);
        System.arraycopy(PNG, 0, picture, 0, PNG.length);
        return form("image", picture, texts);
    }

    private static byte[] form(String name, byte[] file, List<String> texts) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        for (int i = 0; i < texts.size(); i += 2) {
            form.writeBytes(ascii("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + texts.get(i)
                    + "\"\r\n\r\n" + texts.get(i + 1) + "\r\n"));
        }
        form.writeBytes(ascii("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name
                + "\"; filename=\"upload.png\"\r\nContent-Type: image/png\r\n\r\n"));
        form.writeBytes(file);
        form.writeBytes(ascii("\r\n--" + BOUNDARY + "--\r\n"));
        return form.toByteArray();
    }

    private static byte[] head(String path, String authorization, String framing) {
        String type = "Content-Type: multipart/form-data; boundary=" + BOUNDARY;
        return Exchange.head("POST", path, List.of(authorization, type), framing);
    }

    private static String length(int bytes) {
        return "Content-Length: " + bytes;
    }

    private static byte[] chunked(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + MIB);
        for (int at = 0; at < body.length; at += MIB) {
            int length = Math.min(MIB, body.length - at);
            out.writeBytes(ascii(Integer.toHexString(length) + "\r\n"));
            out.write(body, at, length);
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("0\r\n\r\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
