package io.patchbay.plugin.openai;

import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.spi.Flow;
import io.patchbay.spi.Usage;
import io.patchbay.spi.http.Answer;
import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import io.patchbay.spi.media.SpeechCall;
import io.patchbay.spi.media.Transcript;
import io.patchbay.spi.media.TranscriptionCall;
import io.patchbay.toolkit.Flows;
import io.patchbay.toolkit.Multipart;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/audio/speech}, {@code /transcriptions} and {@code /translations}. */
final class AudioFlows {
    /** A long recording is written down in one go. */
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private AudioFlows() {}

    static Flow<Usage> speech(SpeechCall call, Upstream upstream) {
        JsonObject own = JsonObject.builder()
                .put("input", call.input())
                .put("voice", call.voice())
                .build();
        boolean first = upstream.strict() && ModelFamily.bare(call.model()).startsWith("tts-1");
        Set<String> refused = first ? Set.of("instructions", "stream_format") : Set.of();
        return turn -> Flows.<Usage>pass(
                        upstream.post("audio/speech").body(MediaBody.of(turn, call, own, Map.of(), refused)))
                .begin(turn);
    }

    static Flow<Transcript> transcribe(TranscriptionCall call, Upstream upstream) {
        String path = call.translate() ? "audio/translations" : "audio/transcriptions";
        return turn -> {
            // A transcript is one value: a stream of deltas would only be collected again.
            JsonObject settings = MediaBody.withoutDropped(turn, call.settings(), Set.of("stream"));
            Multipart form = Multipart.of(turn)
                    .field("model", call.model())
                    .fields(settings)
                    .file("file", call.audio(), "audio.mp3");
            return Flows.value(upstream.post(path).body(form.body()).silence(SILENCE), AudioFlows::read)
                    .begin(turn);
        };
    }

    private static @Nullable Transcript read(Answer answer) {
        String body = answer.body().utf8();
        JsonValue json = answer.contentType().startsWith("text/") ? null : answer.json();
        if (json == null) {
            boolean words = answer.contentType().startsWith("text/") && !answer.contentType().equals("text/html");
            return words ? new Transcript(Subtitles.text(body), answer.contentType(), body, Usage.NONE) : null;
        }
        String text = json.string("text");
        if (text == null) {
            return null;
        }
        JsonValue usage = json.get("usage");
        return new Transcript(
                text, "application/json", body, usage == null ? Usage.NONE : OpenAiMedia.readUsage(usage));
    }
}
