package io.patchbay.dialects.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.patchbay.spi.json.Json;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class FrameOutPropertyTest {
    @Property
    void quotesAnyText(@ForAll String text) throws JsonProcessingException {
        FrameOut out = new FrameOut();
        out.quoted(text);
        String json = StandardCharsets.UTF_8.decode(out.take()).toString();
        assertThat(Json.parse(json).string()).isEqualTo(text);
        assertThat(new ObjectMapper().readValue(json, String.class)).isEqualTo(text);
    }
}
