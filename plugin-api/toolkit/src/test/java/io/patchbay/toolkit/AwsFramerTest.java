package io.patchbay.toolkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.spi.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

final class AwsFramerTest {
    /** The example of the aws-bedrock page. */
    private static final byte[] FRAME = HexFormat.of()
            .parseHex(
                    "0000009400000057b4ab9aee0b3a6576656e742d74797065070011636f6e74656e74426c6f636b44656c74610d3a636f6e"
                            + "74656e742d747970650700106170706c69636174696f6e2f6a736f6e0d3a6d6573736167652d747970650700056576656e"
                            + "747b22636f6e74656e74426c6f636b496e646578223a302c2264656c7461223a7b2274657874223a224869227d7d1f944657");

    private static final String FOUND = "contentBlockDelta {\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hi\"}}";

    private static List<String> frames(byte[] stream, int cut) {
        List<String> frames = new ArrayList<>();
        AwsFramer framer = new AwsFramer();
        framer.feed(Bytes.of(stream, 0, cut), (event, data) -> frames.add(event + " " + data.utf8()));
        framer.feed(Bytes.of(stream, cut, stream.length - cut), (event, data) -> frames.add(event + " " + data.utf8()));
        framer.end((event, data) -> frames.add(event + " " + data.utf8()));
        return frames;
    }

    private static byte[] twice(byte[] frame) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(frame);
        all.writeBytes(frame);
        return all.toByteArray();
    }

    @Test
    void findsTheFramesHoweverTheStreamIsCut() {
        byte[] stream = twice(FRAME);
        for (int cut = 0; cut <= stream.length; cut++) {
            assertThat(frames(stream, cut)).as("cut at %d", cut).containsExactly(FOUND, FOUND);
        }
    }

    @Test
    void anExceptionIsNamedSo() {
        assertThat(frames(frame("exception", "throttlingException", "{\"message\":\"slow\"}"), 5))
                .containsExactly("exception:throttlingException {\"message\":\"slow\"}");
    }

    @Test
    void everyDamagedByteIsNoticed() {
        for (int place = 0; place < FRAME.length; place++) {
            byte[] damaged = FRAME.clone();
            damaged[place] ^= 0x20;
            assertThatThrownBy(() -> frames(damaged, 7))
                    .as("byte %d", place)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aStreamThatEndsInsideAFrameIsNoticed() {
        AwsFramer framer = new AwsFramer();
        framer.feed(Bytes.of(FRAME, 0, 100), (event, data) -> {});

        assertThatThrownBy(() -> framer.end((event, data) -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    /** Makes a frame as the service does. */
    static byte[] frame(String messageType, String type, String payload) {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        header(headers, messageType.equals("event") ? ":event-type" : ":exception-type", type);
        header(headers, ":content-type", "application/json");
        header(headers, ":message-type", messageType);
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        int total = 16 + headers.size() + body.length;
        ByteBuffer frame = ByteBuffer.allocate(total).putInt(total).putInt(headers.size());
        frame.putInt(checksum(frame.array(), 8)).put(headers.toByteArray()).put(body);
        return frame.putInt(checksum(frame.array(), total - 4)).array();
    }

    private static void header(ByteArrayOutputStream out, String name, String value) {
        out.write(name.length());
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        out.write(7);
        out.write(value.length() >> 8);
        out.write(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
