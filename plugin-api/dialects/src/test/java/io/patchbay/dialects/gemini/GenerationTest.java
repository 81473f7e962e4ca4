package io.patchbay.dialects.gemini;

import static io.patchbay.dialects.gemini.Requests.asking;
import static io.patchbay.dialects.gemini.Requests.json;
import static io.patchbay.dialects.gemini.Requests.lost;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GenerationTest {
    private static final String NEW = "gemini-3.5-flash";

    private static JsonValue config(String model, String members) {
        return asking(model, members).get("generationConfig");
    }

    @Test
    void settingsHaveOtherNames() {
        assertThat(
                        config(
                                NEW,
                                "'temperature':0.7,'top_p':0.9,'top_k':40,'n':2,'max_tokens':1024,'stop':['END',''],'seed':7,'presence_penalty':0.5,'frequency_penalty':-0.5,'logprobs':true,'top_logprobs':3"))
                .isEqualTo(
                        json(
                                "{'temperature':0.7,'topP':0.9,'topK':40,'candidateCount':2,'maxOutputTokens':1024,'stopSequences':['END'],'seed':7,'presencePenalty':0.5,'frequencyPenalty':-0.5,'responseLogprobs':true,'logprobs':3}"));
    }

    @Test
    void numbersAreMovedIntoTheRange() {
        assertThat(
                        config(
                                NEW,
                                "'temperature':9,'top_p':-1,'top_k':0,'n':99,'max_completion_tokens':7,'seed':99999999999,'presence_penalty':9"))
                .isEqualTo(
                        json(
                                "{'temperature':2,'topP':0,'topK':1,'candidateCount':8,'maxOutputTokens':7,'seed':2147483647,'presencePenalty':2}"));
    }

    @Test
    void whatAsksForNothingIsNotSent() {
        String idle =
                "'n':1,'presence_penalty':0,'frequency_penalty':0,'logprobs':false,'top_logprobs':0,'stop':null,'response_format':{'type':'text'},'store':false,'stream_options':{'include_usage':true},'user':null";

        assertThat(config(NEW, idle)).isNull();
        assertThat(lost(NEW, idle)).isEmpty();
    }

    @Test
    void whatHasNoPlaceIsTold() {
        assertThat(
                        lost(
                                NEW,
                                "'logit_bias':{'1':1},'repetition_penalty':1.1,'user':'u','metadata':{},'service_tier':'flex','unknown':1,'stop':['1','2','3','4','5','6']"))
                .containsExactly(
                        "logit_bias", "metadata", "repetition_penalty", "service_tier", "stop", "unknown", "user");
    }

    @Test
    void formatsAreAskedForByTypeAndSchema() {
        String schema =
                "'response_format':{'type':'json_schema','json_schema':{'name':'a','strict':true,'schema':{'type':'object','properties':{'a':{'type':['string','null']}},'additionalProperties':false}}}";

        assertThat(config(NEW, "'response_format':{'type':'json_object'}"))
                .isEqualTo(json("{'responseMimeType':'application/json'}"));
        assertThat(config(NEW, schema))
                .isEqualTo(
                        json(
                                "{'responseMimeType':'application/json','responseJsonSchema':{'type':'object','properties':{'a':{'type':['string','null']}},'additionalProperties':false}}"));
        assertThat(config("gemini-2.0-flash", schema))
                .isEqualTo(
                        json(
                                "{'responseMimeType':'application/json','responseSchema':{'type':'object','properties':{'a':{'type':'string','nullable':true}}}}"));
    }

    @Test
    void formatsBesideFunctionsAreForGemini3Only() {
        String both = "'response_format':{'type':'json_object'},'tools':[{'type':'function','function':{'name':'f'}}]";

        assertThat(config(NEW, both)).isEqualTo(json("{'responseMimeType':'application/json'}"));
        assertThat(config("gemini-2.5-flash", both)).isNull();
        assertThat(lost("gemini-2.5-flash", both)).containsExactly("response_format");
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.5-flash, none, minimal",
        "gemini-3.5-flash, minimal, minimal",
        "gemini-3.5-flash, low, low",
        "gemini-3.5-flash, medium, medium",
        "gemini-3.5-flash, high, high",
        "gemini-3.5-flash, xhigh, high",
        "gemini-3-pro-preview, none, low",
        "gemini-3-pro-preview, medium, high",
        "gemini-3.1-pro-preview, medium, medium",
        "gemini-pro-latest, minimal, low",
        "gemini-2.5-pro, none, 128",
        "gemini-2.5-pro, max, 32768",
        "gemini-2.5-pro, auto, -1",
        "gemini-2.5-flash, none, 0",
        "gemini-2.5-flash, minimal, 512",
        "gemini-2.5-flash, low, 1024",
        "gemini-2.5-flash, medium, 8192",
        "gemini-2.5-flash, max, 24576",
        "gemini-2.5-flash-lite, none, 0"
    })
    void effortsBecomeLevelsOrBudgets(String model, String effort, String expected) {
        JsonValue thinking =
                config(model, "'reasoning_effort':'" + effort + "'").get("thinkingConfig");

        assertThat(thinking.get(model.contains("2.5") ? "thinkingBudget" : "thinkingLevel"))
                .isEqualTo(json(model.contains("2.5") ? expected : "'" + expected + "'"));
        assertThat(thinking.flag("includeThoughts", false)).isEqualTo(!effort.equals("none"));
        assertThat(lost(model, "'reasoning_effort':'" + effort + "'")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'thinking':{'type':'enabled','budget_tokens':2000} | {'includeThoughts':true,'thinkingBudget':2000}",
                "'thinking':{'type':'enabled','budget_tokens':99999} | {'includeThoughts':true,'thinkingBudget':24576}",
                "'thinking':{'type':'disabled'} | {'thinkingBudget':0}",
                "'thinking':{'type':'adaptive'},'reasoning_effort':'low' | {'includeThoughts':true,'thinkingBudget':1024}",
                "'reasoning':{'effort':'high','exclude':true} | {'thinkingBudget':24576}",
                "'reasoning':{'max_tokens':300} | {'includeThoughts':true,'thinkingBudget':300}",
                "'reasoning':{'enabled':false} | {'thinkingBudget':0}",
                "'enable_thinking':false | {'thinkingBudget':0}",
                "'enable_thinking':true,'thinking_budget':700 | {'includeThoughts':true,'thinkingBudget':700}",
                "'extra_body':{'google':{'thinking_config':{'thinking_budget':7}}} | {'thinking_budget':7}"
            })
    void thinkingIsAskedForInManyWays(String members, String expected) {
        assertThat(config("gemini-2.5-flash", members).get("thinkingConfig")).isEqualTo(json(expected));
        assertThat(lost("gemini-2.5-flash", members)).isEmpty();
    }

    @Test
    void aBudgetIsALevelForGemini3() {
        assertThat(config(NEW, "'thinking':{'type':'enabled','budget_tokens':2000}"))
                .isEqualTo(json("{'thinkingConfig':{'includeThoughts':true,'thinkingLevel':'medium'}}"));
        assertThat(config(NEW, "'reasoning_effort':'auto'"))
                .isEqualTo(json("{'thinkingConfig':{'includeThoughts':true}}"));
    }

    @Test
    void modelsThatDoNotThinkLoseTheWishAndNotTheWishForNone() {
        assertThat(config("gemini-2.0-flash", "'reasoning_effort':'low'")).isNull();
        assertThat(lost("gemini-2.0-flash", "'reasoning_effort':'low'")).containsExactly("reasoning_effort");
        assertThat(lost("gemini-2.0-flash", "'reasoning_effort':'none'")).isEmpty();
        assertThat(lost("my-tuned-model", "'thinking':{'type':'enabled'}")).containsExactly("thinking");
    }

    @Test
    void modelsThatPaintOrSpeakAreAskedForIt() {
        assertThat(config("gemini-2.5-flash-image", "'image_config':{'aspect_ratio':'16:9','image_size':'2K'}"))
                .isEqualTo(
                        json(
                                "{'responseModalities':['TEXT','IMAGE'],'imageConfig':{'aspectRatio':'16:9','imageSize':'2K'}}"));
        assertThat(config(NEW, "'modalities':['text','image']"))
                .isEqualTo(json("{'responseModalities':['TEXT','IMAGE']}"));
        assertThat(config("gemini-2.5-flash-preview-tts", "'audio':{'voice':'Kore','format':'pcm16'}"))
                .isEqualTo(
                        json(
                                "{'responseModalities':['AUDIO'],'speechConfig':{'voiceConfig':{'prebuiltVoiceConfig':{'voiceName':'Kore'}}}}"));
    }

    @Test
    void safetySettingsAndCachedContentPassThrough() {
        String settings = "[{'category':'HARM_CATEGORY_HARASSMENT','threshold':'OFF'}]";

        assertThat(asking(NEW, "'safety_settings':" + settings + ",'cached_content':'cachedContents/1'"))
                .isEqualTo(json("{'contents':[{'role':'user','parts':[{'text':'Hi'}]}],'safetySettings':" + settings
                        + ",'cachedContent':'cachedContents/1'}"));
        assertThat(lost(NEW, "'safetySettings':" + settings)).isEmpty();
    }

    @Test
    void modelsAreKnownByTheirNames() {
        assertThat(GeminiModel.of("models/gemini-3.5-flash").version()).isEqualTo(35);
        assertThat(GeminiModel.of("google/Gemini-2.5-Pro").version()).isEqualTo(25);
        assertThat(GeminiModel.of("gemini-3-pro-preview").version()).isEqualTo(30);
        assertThat(GeminiModel.of("gemini-1.5-pro-latest").version()).isEqualTo(15);
        assertThat(GeminiModel.of("gemini-flash-latest").isThird()).isTrue();
        assertThat(GeminiModel.of("gemini-pro").version()).isEqualTo(10);
        assertThat(GeminiModel.of("gemini-exp-1206").version()).isZero();
        assertThat(GeminiModel.of("imagen-4.0-generate-001").isImagen()).isTrue();
        assertThat(GeminiModel.of("gemini-embedding-001").embeds()).isTrue();
        assertThat(GeminiModel.of("chat-bison-001").isPalm()).isTrue();
        assertThat(GeminiModel.of("gemini-2.5-flash-image").thinks()).isFalse();
    }
}
