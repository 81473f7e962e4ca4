package io.patchbay.plugin.sandbox;

/** The words of the canned answers, in English and in Chinese. */
final class Answers {
    private static final String LABEL = "[sandbox] This answer is canned; no model was asked.";
    private static final String LABEL_ZH = "[sandbox] 这是预设的回答，没有调用任何模型。";

    private static final String LOREM = """
            Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore \
            magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo \
            consequat.

            Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat nulla pariatur. Excepteur \
            sint occaecat cupidatat non proident, sunt in culpa qui officia deserunt mollit anim id est laborum.""";

    private static final String LOREM_ZH = """
            天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。寒来暑往，秋收冬藏。闰余成岁，律吕调阳。

            云腾致雨，露结为霜。金生丽水，玉出昆冈。剑号巨阙，珠称夜光。果珍李柰，菜重芥姜。""";

    private Answers() {}

    static String text(Model model, Prompt prompt) {
        boolean chinese = prompt.chinese();
        String label = chinese ? LABEL_ZH : LABEL;
        return label
                + switch (model) {
                    case LOREM -> "\n\n" + (chinese ? LOREM_ZH : LOREM);
                    case ECHO -> echo(prompt, chinese);
                    case TOOLS -> tools(prompt, chinese);
                };
    }

    private static String echo(Prompt prompt, boolean chinese) {
        if (prompt.text().isBlank()) {
            return chinese ? " 您没有输入文字。" : " You wrote nothing.";
        }
        return (chinese ? " 您说：\n\n" : " You wrote:\n\n") + prompt.text();
    }

    private static String tools(Prompt prompt, boolean chinese) {
        String answer = prompt.toolAnswer();
        if (answer == null) {
            return chinese ? " 请求中没有工具，无法演示调用。" : " The request offers no tool to call.";
        }
        return (chinese ? " 工具返回：\n\n" : " The tool answered:\n\n") + answer;
    }
}
