package io.patchbay.toolkit.openai;

import io.patchbay.dialects.fault.FaultReader;
import io.patchbay.dialects.openai.OpenAiMedia;
import io.patchbay.dialects.openai.UnreadableAnswer;
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

    static Flow<Usage> speech(SpeechCall call, OpenAiUpstream upstream) {
        JsonObject own = JsonObject.builder()
                .put("input", call.input())
                .put("voice", call.voice())
                .build();
        boolean first = upstream.strict() && ModelFamily.bare(call.model()).startsWith("tts-1");
        Set<String> refused = first ? Set.of("instructions", "stream_format") : Set.of();
        return turn -> Flows.<Usage>pass(upstream.post(call.model(), "audio/speech")
                        .body(MediaBody.of(turn, call, own, Map.of(), refused)))
                .begin(turn);
    }

    static Flow<Transcript> transcribe(TranscriptionCall call, OpenAiUpstream upstream) {
        String path = call.translate() ? "audio/translations" : "audio/transcriptions";
        return turn -> {
            // A transcript is one value: a stream of deltas would only be collected again.
            JsonObject settings = MediaBody.withoutDropped(turn, call.settings(), Set.of("stream"));
            Multipart form = Multipart.of(turn)
                    .field("model", call.model())
                    .fields(settings)
                    .file("file", call.audio(), "audio.mp3");
            return Flows.value(
                            upstream.post(call.model(), path).body(form.body()).silence(SILENCE), AudioFlows::read)
                    .begin(turn);
        };
    }

    private static @Nullable Transcript read(Answer answer) {
        String type = answer.contentType();
        JsonValue json = type.equals("application/json") ? answer.json() : null;
        boolean page = type.equals("text/html") || (!type.startsWith("text/") && json == null);
        if (page || (json != null && FaultReader.isError(json))) {
            return null;
        }
        try {
            return OpenAiMedia.readTranscript(type, answer.body());
        } catch (UnreadableAnswer e) {
            return null;
        }
    }
}
