package io.patchbay.dialects.openai;

import io.patchbay.spi.json.JsonArray;
import io.patchbay.spi.json.JsonNumber;
import io.patchbay.spi.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors as lists of numbers, and as base64 of little-endian 32-bit floats. */
final class Vectors {
    private Vectors() {}

    static float[] read(@Nullable JsonValue embedding) {
        String base64 = embedding == null ? null : embedding.string();
        if (base64 != null) {
            return floats(base64);
        }
        List<JsonValue> numbers = embedding == null ? List.of() : embedding.elements();
        if (numbers.isEmpty()) {
            throw new UnreadableAnswer("a vector of the upstream's answer is empty");
        }
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i) instanceof JsonNumber number ? Float.parseFloat(number.text()) : Float.NaN;
            if (!Float.isFinite(vector[i])) {
                throw new UnreadableAnswer("a vector of the upstream's answer holds something else than numbers");
            }
        }
        return vector;
    }

    static float[] floats(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new UnreadableAnswer("a vector of the upstream's answer is no base64");
        }
        if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
            throw new UnreadableAnswer("a vector of the upstream's answer is cut inside a number");
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }

    static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Not finite numbers, which JSON cannot express, become 0. */
    static JsonArray array(float[] vector) {
        List<JsonValue> numbers = new ArrayList<>(vector.length);
        for (float number : vector) {
            numbers.add(new JsonNumber(Float.toString(Float.isFinite(number) ? number : 0)));
        }
        return new JsonArray(numbers);
    }
}
