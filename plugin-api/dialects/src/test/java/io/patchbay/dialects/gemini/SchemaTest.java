package io.patchbay.dialects.gemini;

import static io.patchbay.dialects.gemini.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.json.JsonObject;
import io.patchbay.spi.json.JsonValue;
import org.junit.jupiter.api.Test;

final class SchemaTest {
    private static JsonValue inlined(String schema) {
        return References.inlined(json(schema).asObject());
    }

    private static JsonValue openApi(String schema) {
        return OpenApiSchema.of(json(schema).asObject());
    }

    @Test
    void localReferencesAreReplacedByWhatTheyPointAt() {
        assertThat(
                        inlined(
                                "{'$schema':'s','$id':'i','type':'object','properties':{'a':{'$ref':'#/$defs/A','description':'mine'},'b':{'type':'array','items':{'$ref':'#/definitions/B%7EX'}}},'$defs':{'A':{'type':'string','description':'its'}},'definitions':{'B~X':{'type':'integer'}}}"))
                .isEqualTo(
                        json(
                                "{'type':'object','properties':{'a':{'type':'string','description':'mine'},'b':{'type':'array','items':{'type':'integer'}}}}"));
    }

    @Test
    void circlesAndReferencesIntoNothingBecomeAnObject() {
        assertThat(
                        inlined(
                                "{'type':'object','properties':{'next':{'$ref':'#'},'gone':{'$ref':'#/$defs/gone'},'far':{'$ref':'https://example.org/x'}}}"))
                .isEqualTo(
                        json(
                                "{'type':'object','properties':{'next':{'type':'object','properties':{'next':{'type':'object'},'gone':{'type':'object'},'far':{'type':'object'}}},'gone':{'type':'object'},'far':{'type':'object'}}}"));
    }

    @Test
    void aSchemaThatExplodesIsCutShort() {
        StringBuilder bomb = new StringBuilder("{'$ref':'#/$defs/a0','$defs':{");
        for (int i = 0; i < 40; i++) {
            bomb.append("'a" + i + "':{'properties':{'x':{'$ref':'#/$defs/a" + (i + 1) + "'},'y':{'$ref':'#/$defs/a"
                    + (i + 1) + "'}}},");
        }
        bomb.append("'a40':{'type':'string'}}}");

        assertThat(inlined(bomb.toString()).toJson().length()).isLessThan(2_000_000);
    }

    @Test
    void propertiesNamedLikeKeywordsStay() {
        String schema =
                "{'type':'object','properties':{'definitions':{'type':'string'},'$schema':{'type':'string'},'default':{'type':'number'},'const':{'type':'boolean'}}}";

        assertThat(inlined(schema)).isEqualTo(json(schema));
        assertThat(openApi(schema)).isEqualTo(json(schema));
    }

    @Test
    void whatOldModelsRefuseIsLeftOut() {
        assertThat(
                        openApi(
                                "{'type':'object','title':'T','additionalProperties':false,'x-order':1,'patternProperties':{},'properties':{'a':{'type':'string','format':'uri','examples':['x'],'default':'y','pattern':'^a','contentEncoding':'base64'},'b':{'type':'integer','format':'int64','multipleOf':2,'minimum':1}},'required':['a','gone']}"))
                .isEqualTo(
                        json(
                                "{'type':'object','title':'T','properties':{'a':{'type':'string','pattern':'^a'},'b':{'type':'integer','format':'int64','minimum':1}},'required':['a']}"));
    }

    @Test
    void constantsAndOtherValuesBecomeTextsToChooseFrom() {
        assertThat(openApi("{'const':'a'}")).isEqualTo(json("{'type':'string','enum':['a']}"));
        assertThat(openApi("{'type':'integer','enum':[1,2,null,'']}"))
                .isEqualTo(json("{'type':'string','enum':['1','2'],'nullable':true}"));
    }

    @Test
    void boundsThatExcludeAreMoved() {
        assertThat(openApi("{'type':'integer','exclusiveMinimum':0,'exclusiveMaximum':10}"))
                .isEqualTo(json("{'type':'integer','minimum':1,'maximum':9}"));
        assertThat(openApi("{'type':'number','exclusiveMinimum':0.5}"))
                .isEqualTo(json("{'type':'number','minimum':0.5}"));
        assertThat(openApi("{'type':'number','exclusiveMinimum':true,'minimum':1}"))
                .isEqualTo(json("{'type':'number','minimum':1}"));
    }

    @Test
    void typesAndAlternativesWithNullAreNullable() {
        assertThat(openApi("{'type':['STRING','null']}")).isEqualTo(json("{'type':'string','nullable':true}"));
        assertThat(openApi("{'type':['string','integer']}"))
                .isEqualTo(json("{'anyOf':[{'type':'string'},{'type':'integer'}]}"));
        assertThat(openApi("{'oneOf':[{'type':'string'},{'type':'null'}]}"))
                .isEqualTo(json("{'type':'string','nullable':true}"));
        assertThat(openApi("{'anyOf':[{'type':'string'},{'type':'object','properties':{'a':{'const':'b'}}}]}"))
                .isEqualTo(
                        json(
                                "{'anyOf':[{'type':'string'},{'type':'object','properties':{'a':{'type':'string','enum':['b']}}}]}"));
    }

    @Test
    void whatAllOfSeveralDemandIsJoined() {
        assertThat(
                        openApi(
                                "{'allOf':[{'type':'object','properties':{'a':{'type':'string'}},'required':['a']},{'properties':{'b':{'type':'integer'}},'required':['b']}],'description':'d'}"))
                .isEqualTo(
                        json(
                                "{'type':'object','description':'d','properties':{'a':{'type':'string'},'b':{'type':'integer'}},'required':['a','b']}"));
    }

    @Test
    void listsNeedItems() {
        assertThat(openApi("{'type':'array'}")).isEqualTo(json("{'type':'array','items':{'type':'string'}}"));
        assertThat(openApi("{'type':'array','items':[{'type':'integer'},{'type':'string'}]}"))
                .isEqualTo(json("{'type':'array','items':{'type':'integer'}}"));
        assertThat(openApi("{'type':'array','prefixItems':[{'type':'number'}]}"))
                .isEqualTo(json("{'type':'array','items':{'type':'number'}}"));
    }

    @Test
    void nonsenseIsNoSchemaAndNoException() {
        for (String schema : new String[] {
            "{'type':7}",
            "{'properties':7}",
            "{'items':7,'type':'array'}",
            "{'anyOf':7}",
            "{'anyOf':[7]}",
            "{'allOf':[7]}",
            "{'$ref':7}",
            "{'required':7,'properties':{'a':7}}",
            "{'enum':7}",
            "{'$ref':'#/%zz'}"
        }) {
            assertThat(openApi(schema)).as(schema).isInstanceOf(JsonObject.class);
        }
    }
}
