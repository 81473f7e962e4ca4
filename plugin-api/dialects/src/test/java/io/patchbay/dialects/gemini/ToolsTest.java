package io.patchbay.dialects.gemini;

import static io.patchbay.dialects.gemini.Requests.asking;
import static io.patchbay.dialects.gemini.Requests.json;
import static io.patchbay.dialects.gemini.Requests.lost;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ToolsTest {
    private static final String NEW = "gemini-3.5-flash";
    private static final String OLD = "gemini-2.0-flash";
    private static final String WEATHER =
            "{'type':'function','function':{'name':'get_weather','description':'Tells.','parameters':{'$schema':'x','type':'object','properties':{'city':{'type':['string','null'],'minLength':1}},'additionalProperties':false}}}";

    private static String tools(String... tools) {
        return "'tools':[" + String.join(",", tools) + "]";
    }

    @Test
    void newModelsGetTheSchemaAsItIs() {
        assertThat(asking(NEW, tools(WEATHER)).get("tools"))
                .isEqualTo(
                        json(
                                "[{'functionDeclarations':[{'name':'get_weather','description':'Tells.','parametersJsonSchema':{'type':'object','properties':{'city':{'type':['string','null'],'minLength':1}},'additionalProperties':false}}]}]"));
    }

    @Test
    void oldAndUnknownModelsGetThePartTheyTake() {
        String expected =
                "[{'functionDeclarations':[{'name':'get_weather','description':'Tells.','parameters':{'type':'object','properties':{'city':{'type':'string','minLength':1,'nullable':true}}}}]}]";

        assertThat(asking(OLD, tools(WEATHER)).get("tools")).isEqualTo(json(expected));
        assertThat(asking("4711", tools(WEATHER)).get("tools")).isEqualTo(json(expected));
    }

    @Test
    void aFunctionWithoutParametersHasNone() {
        for (String parameters :
                new String[] {"", ",'parameters':{}", ",'parameters':{'type':'object','properties':{}}"}) {
            String tool = "{'type':'function','function':{'name':'f'" + parameters + "}}";

            assertThat(asking(NEW, tools(tool)).get("tools"))
                    .isEqualTo(json("[{'functionDeclarations':[{'name':'f'}]}]"));
            assertThat(asking(OLD, tools(tool)).get("tools"))
                    .isEqualTo(json("[{'functionDeclarations':[{'name':'f'}]}]"));
        }
    }

    @Test
    void choicesBecomeModes() {
        String[] choices = {
            "'none'",
            "'auto'",
            "'required'",
            "{'type':'function','function':{'name':'get_weather'}}",
            "{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':[{'type':'function','function':{'name':'get_weather'}}]}}",
            "{'type':'allowed_tools','allowed_tools':{'mode':'auto','tools':[{'type':'function','name':'get_weather'}]}}"
        };
        String[] modes = {
            "{'mode':'NONE'}",
            "{'mode':'AUTO'}",
            "{'mode':'ANY'}",
            "{'mode':'ANY','allowedFunctionNames':['get_weather']}",
            "{'mode':'ANY','allowedFunctionNames':['get_weather']}",
            "{'mode':'VALIDATED','allowedFunctionNames':['get_weather']}"
        };
        for (int i = 0; i < choices.length; i++) {
            assertThat(asking(NEW, tools(WEATHER) + ",'tool_choice':" + choices[i])
                            .at("toolConfig", "functionCallingConfig"))
                    .as(choices[i])
                    .isEqualTo(json(modes[i]));
        }
        assertThat(lost(NEW, tools(WEATHER) + ",'tool_choice':'perhaps'")).containsExactly("tool_choice");
    }

    @Test
    void withoutToolsThereIsNoChoice() {
        assertThat(asking(NEW, "'tool_choice':'required','parallel_tool_calls':false")
                        .members())
                .containsOnlyKeys("contents");
        assertThat(lost(NEW, "'tool_choice':'required','parallel_tool_calls':false"))
                .isEmpty();
    }

    @Test
    void oneCallAtATimeCannotBeAskedFor() {
        assertThat(lost(NEW, tools(WEATHER) + ",'parallel_tool_calls':false")).containsExactly("parallel_tool_calls");
        assertThat(lost(NEW, tools(WEATHER) + ",'parallel_tool_calls':true")).isEmpty();
    }

    @Test
    void googlesOwnToolsAreAskedForByFieldsTypesAndNames() {
        for (String asked : new String[] {
            "'web_search_options':{}",
            tools("{'type':'web_search'}"),
            tools("{'type':'web_search_preview_2025_03_11'}"),
            tools("{'googleSearch':{}}"),
            tools("{'google_search':{}}"),
            tools("{'type':'function','function':{'name':'googleSearch'}}")
        }) {
            assertThat(asking(NEW, asked).get("tools")).as(asked).isEqualTo(json("[{'googleSearch':{}}]"));
            assertThat(lost(NEW, asked)).as(asked).isEmpty();
        }
        assertThat(asking(NEW, tools("{'urlContext':{}}", "{'type':'code_execution'}"))
                        .get("tools"))
                .isEqualTo(json("[{'urlContext':{}},{'codeExecution':{}}]"));
    }

    @Test
    void aClientsOwnFunctionOfASimilarNameStaysAFunction() {
        assertThat(asking(
                                NEW,
                                tools(
                                        "{'type':'function','function':{'name':'web_search','parameters':{'type':'object','properties':{'q':{'type':'string'}}}}}"))
                        .at("tools", 0, "functionDeclarations", 0, "name"))
                .isEqualTo(json("'web_search'"));
    }

    @Test
    void searchBesideFunctionsIsForGemini3Only() {
        String both = tools(WEATHER) + ",'web_search_options':{}";

        assertThat(asking(NEW, both).get("toolConfig")).isEqualTo(json("{'includeServerSideToolInvocations':true}"));
        assertThat(asking(NEW, both).get("tools").elements()).hasSize(2);
        assertThat(asking("gemini-2.5-pro", both).get("tools").elements()).hasSize(1);
        assertThat(lost("gemini-2.5-pro", both)).containsExactly("web_search_options");
    }

    @Test
    void aToolOfFreeTextBecomesAFunctionWithOneText() {
        assertThat(asking(NEW, tools("{'type':'custom','custom':{'name':'sql','description':'Runs SQL.'}}"))
                        .at("tools", 0, "functionDeclarations", 0))
                .isEqualTo(
                        json(
                                "{'name':'sql','description':'Runs SQL.','parametersJsonSchema':{'type':'object','properties':{'input':{'type':'string'}},'required':['input']}}"));
    }

    @Test
    void gemmaHasNoTools() {
        assertThat(asking("gemma-3-27b-it", tools(WEATHER)).members()).containsOnlyKeys("contents");
        assertThat(lost("gemma-3-27b-it", tools(WEATHER))).containsExactly("tools");
    }

    @Test
    void namesGeminiRefusesAreWrittenSoThatTheyCanBeReadBack() {
        for (String name :
                new String[] {"f", "get_weather", "a.b:c-d", "2nd", "mcp/tool", "查天气", "a_x2F_b", "😀", "-x"}) {
            String written = FunctionNames.write(name);

            assertThat(written).matches("[a-zA-Z_][a-zA-Z0-9_.:-]*");
            assertThat(FunctionNames.read(written)).isEqualTo(name);
        }
        assertThat(FunctionNames.write("mcp/tool")).isEqualTo("mcp_x2F_tool");
        assertThat(FunctionNames.write("a_b.c")).isEqualTo("a_b.c");
    }
}
