package io.patchbay.benchmarks.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that are cut anywhere are read the same. */
final class HttpDecoderTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n"
            + "5;name=value\r\nhello\r\n1\r\n \r\n0B\r\nwide\r\nworld\r\n0\r\nTrailer: t\r\n\r\n";
    private static final String COUNTED =
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\nCONTENT-LENGTH: 4\r\nConnection: close\r\n\r\nbusy";

    /** Writes down what it is told. */
    private static final class Notes implements HttpDecoder.Sink {
        final List<String> heads = new ArrayList<>();
        final List<String> bodies = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();
        private final HttpDecoder decoder;

        Notes(HttpDecoder.Role role) {
            decoder = new HttpDecoder(role, this);
        }

        @Override
        public void head() {
            heads.add(decoder.status() + decoder.target() + (decoder.keepAlive() ? "" : " close"));
        }

        @Override
        public void body(byte[] bytes, int from, int to) {
            body.append(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void end() {
            bodies.add(body.toString());
            body.setLength(0);
        }

        Notes feed(String text) throws WireException {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            decoder.feed(bytes, 0, bytes.length);
            return this;
        }
    }

    @Test
    void answersCutInTwoAnywhere() throws Exception {
        String all = CHUNKED + COUNTED + CHUNKED;
        for (int cut = 0; cut <= all.length(); cut++) {
            Notes notes = new Notes(HttpDecoder.Role.CLIENT);
            notes.feed(all.substring(0, cut)).feed(all.substring(cut));
            assertThat(notes.heads).as("cut at %d", cut).containsExactly("200", "503 close", "200");
            assertThat(notes.bodies)
                    .as("cut at %d", cut)
                    .containsExactly("hello wide\r\nworld", "busy", "hello wide\r\nworld");
            assertThat(notes.decoder.between()).isTrue();
        }
    }

    @Test
    void answersByteByByte() throws Exception {
        Notes notes = new Notes(HttpDecoder.Role.CLIENT);
        for (char c : (CHUNKED + COUNTED).toCharArray()) {
            notes.feed(String.valueOf(c));
        }
        assertThat(notes.bodies).containsExactly("hello wide\r\nworld", "busy");
    }

    @Test
    void requestsWithAndWithoutBodies() throws Exception {
        Notes notes = new Notes(HttpDecoder.Role.SERVER);
        notes.feed("GET /stats HTTP/1.1\r\nHost: x\r\n\r\nPOST /plain/v1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi"
                + "POST /plain/v1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nho\r\n0\r\n\r\n");
        assertThat(notes.heads).containsExactly("0/stats", "0/plain/v1", "0/plain/v1");
        assertThat(notes.bodies).containsExactly("", "hi", "ho");
    }

    @Test
    void anAnswerWithoutALengthEndsWithTheConnection() throws Exception {
        Notes notes = new Notes(HttpDecoder.Role.CLIENT).feed("HTTP/1.1 200 OK\r\n\r\nall");
        assertThat(notes.bodies).isEmpty();
        notes.decoder.finish();
        assertThat(notes.bodies).containsExactly("all");
    }

    @Test
    void aConnectionThatEndsInsideAMessageIsNoticed() throws Exception {
        for (int cut = 1; cut < CHUNKED.length(); cut++) {
            Notes notes = new Notes(HttpDecoder.Role.CLIENT).feed(CHUNKED.substring(0, cut));
            assertThatThrownBy(notes.decoder::finish).as("cut at %d", cut).isInstanceOf(WireException.class);
        }
    }

    @Test
    void whatIsNoHttpIsRefused() {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (String bad : List.of(
                "SSH-2.0-x\r\n", head + "\r\n", head + "zz\r\n", head + "123456789\r\n", head + "2\r\nabc\r\n")) {
            assertThatThrownBy(() -> new Notes(HttpDecoder.Role.CLIENT).feed(bad))
                    .as(bad)
                    .isInstanceOf(WireException.class);
        }
    }
}
