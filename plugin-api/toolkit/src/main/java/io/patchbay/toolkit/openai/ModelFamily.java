package io.patchbay.toolkit.openai;

import io.patchbay.spi.Capability;
import io.patchbay.spi.Dialect;
import io.patchbay.spi.Offer;
import io.patchbay.spi.Offer.ImageInput;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a model is good for, read from its name, because OpenAI's model list does not say. Names of other vendors that
 * serve the same API are recognised where they are well known; any other name is taken for a chat model.
 */
public enum ModelFamily {
    CHAT,
    /** Only on the legacy completions route. */
    COMPLETION,
    /** Only on the Responses API of OpenAI's own server. */
    RESPONSES,
    EMBEDDING,
    IMAGE,
    SPEECH,
    TRANSCRIPTION,
    MODERATION,
    /** Videos, which are submitted and waited for. */
    VIDEO,
    /** Duplex audio: nothing this channel type offers. */
    OTHER;

    private static final Pattern COMPLETION_NAMES =
            Pattern.compile("gpt-3\\.5-turbo-instruct.*|davinci-002|babbage-002");
    private static final Pattern RESPONSES_NAMES = Pattern.compile(
            "(?:o\\d|gpt-\\d[\\d.]*)-pro(?:-.*)?|gpt-\\d[\\d.]*-codex(?:-.*)?|codex-mini.*|.*-deep-research.*|computer-use.*");
    private static final String VIDEO_NAMES = "sora";
    private static final Pattern SPEECH_NAMES = Pattern.compile("(?:.*-)?tts(?:-.*)?");

    private static final Pattern REASONING_NAMES =
            Pattern.compile("o\\d(?:-.*)?|gpt-[5-9](?![0-9])(?!-chat)(?:[.-].*)?");
    private static final Pattern VISION_NAMES = Pattern.compile(
            "gpt-4o(?!.*(?:audio|search)).*|chatgpt-4o.*|gpt-4\\.[15].*|gpt-4-turbo(?!-preview).*|gpt-[5-9](?![0-9]).*"
                    + "|o1(?!-mini|-preview).*|o3(?!-mini).*|o4.*|.*vision.*|.*-vl(?:-.*)?|.*llava.*|.*pixtral.*|llama-4.*"
                    + "|.*(?:maverick|scout).*|kimi-k2\\.[5-9].*|kimi-k[3-9].*|gemini-.*|claude-.*|gemma-3.*");

    /** Returns the family of a model; a vendor's prefix ({@code openai/gpt-4o}) does not matter. */
    public static ModelFamily of(String model) {
        String name = bare(model);
        if (COMPLETION_NAMES.matcher(name).matches()) {
            return COMPLETION;
        }
        if (name.contains("embed") || name.startsWith("bge-") || name.startsWith("gte-") || name.startsWith("e5-")) {
            return EMBEDDING;
        }
        if (drawn(name)) {
            return IMAGE;
        }
        if (name.contains("whisper") || name.contains("transcribe")) {
            return TRANSCRIPTION;
        }
        if (name.contains("tts") && SPEECH_NAMES.matcher(name).matches()) {
            return SPEECH;
        }
        if (name.contains("moderation")) {
            return MODERATION;
        }
        if (name.startsWith(VIDEO_NAMES)) {
            return VIDEO;
        }
        if (name.contains("realtime")) {
            return OTHER;
        }
        return RESPONSES_NAMES.matcher(name).matches() ? RESPONSES : CHAT;
    }

    private static boolean drawn(String name) {
        boolean named = name.contains("dall-e")
                || name.contains("dalle")
                || name.contains("gpt-image")
                || name.contains("chatgpt-image");
        return named && !name.startsWith("gpt-4-dalle");
    }

    /** Returns whether the model makes videos. Asked for every call, so most names are told by their beginning. */
    static boolean films(String model) {
        return bare(model).startsWith(VIDEO_NAMES) && of(model) == VIDEO;
    }

    /** Returns whether the model thinks before it answers, and so takes the reasoning models' parameters. */
    public static boolean reasons(String model) {
        return REASONING_NAMES.matcher(bare(model)).matches();
    }

    /** Returns whether the model always answers images as base64 and takes many of them. */
    static boolean isGptImage(String model) {
        return bare(model).contains("gpt-image");
    }

    /** Returns the name without a vendor's prefix, in lower case. */
    public static String bare(String model) {
        return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns what is offered for a model.
     *
     * @param official whether the endpoint is OpenAI's own, where some models are served by the Responses API only
     */
    public static Offer offer(String model, boolean official) {
        Offer.Builder offer = Offer.builder().capability(Capability.MODEL_LIST);
        ModelFamily family = of(model);
        switch (family) {
            case CHAT -> chat(offer, model);
            case RESPONSES -> {
                if (official) {
                    responses(offer);
                } else {
                    chat(offer, model);
                }
            }
            case COMPLETION -> offer.capability(Capability.CHAT, Capability.SEVERAL_CHOICES);
            case EMBEDDING -> offer.dialect(Dialect.OPENAI_EMBEDDINGS).capability(Capability.EMBEDDINGS);
            case IMAGE -> {
                offer.dialect(Dialect.OPENAI_IMAGES).capability(Capability.IMAGES);
                if (!bare(model).contains("dall-e-3") && !bare(model).contains("dalle")) {
                    offer.capability(Capability.IMAGE_EDITS);
                }
            }
            case SPEECH -> offer.capability(Capability.SPEECH);
            case TRANSCRIPTION -> offer.dialect(Dialect.OPENAI_TRANSCRIPTION).capability(Capability.TRANSCRIPTION);
            case MODERATION -> offer.dialect(Dialect.OPENAI_MODERATION).capability(Capability.MODERATION);
            case VIDEO -> {
                return VideoWork.OFFER;
            }
            case OTHER -> {}
        }
        return offer.build();
    }

    private static void responses(Offer.Builder offer) {
        offer.dialect(Dialect.OPENAI_RESPONSES)
                .capability(
                        Capability.CHAT,
                        Capability.TOOLS,
                        Capability.PARALLEL_TOOLS,
                        Capability.JSON_OUTPUT,
                        Capability.REASONING,
                        Capability.VISION)
                .imageInput(ImageInput.URL_OR_INLINE);
    }

    private static void chat(Offer.Builder offer, String model) {
        offer.dialect(Dialect.OPENAI_CHAT)
                .capability(
                        Capability.CHAT,
                        Capability.TOOLS,
                        Capability.PARALLEL_TOOLS,
                        Capability.JSON_OUTPUT,
                        Capability.SEVERAL_CHOICES,
                        Capability.REASONING);
        if (VISION_NAMES.matcher(bare(model)).matches()) {
            offer.capability(Capability.VISION).imageInput(ImageInput.URL_OR_INLINE);
        }
    }
}
