package io.patchbay.benchmarks.jmh;

import io.patchbay.benchmarks.upstream.Words;
import io.patchbay.billing.tokens.TokenCounter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Counting the tokens of one text, with the vocabulary {@code o200k_base}. */
public class TokenBenchmark extends Timed {
    private static final String MODEL = "gpt-5.4-mini";
    private static final String[] CLAUSES = {
        "灯塔已经熄灭了十一年", "新的守塔人带着两只箱子来到岛上", "没有人问他为什么要来", "天气渐渐变冷", "海面上看不见一条船",
        "他每天晚上都写一封信", "请把下面的句子翻译成英文", "数据库的事务必须是持久的", "模型的名称写在请求里", "服务器同时处理几百个连接",
        "价格按照输入和输出的数量计算", "如果答案太长就分成几段", "孩子们在河边放风筝", "图书馆星期天也开门", "那座山比我们想象的更高"
    };
    private static final int BYTES_PER_CHARACTER = 3;

    private final TokenCounter counter = new TokenCounter();

    @Param({"english", "chinese"})
    public String language = "";

    /** Of the text in UTF-8, about. */
    @Param({"200", "4096", "65536"})
    public int textBytes;

    private String text;

    /** Makes the text and reads the vocabulary. */
    @Setup
    public void make() {
        text = language.equals("chinese") ? chinese(textBytes) : new Words(7).text(textBytes);
        if (counter.text(MODEL, text) < textBytes / 16) {
            throw new IllegalStateException("too few tokens: " + counter.text(MODEL, text));
        }
    }

    /** One text. */
    @Benchmark
    public long count() {
        return counter.text(MODEL, text);
    }

    private static String chinese(int bytes) {
        StringBuilder text = new StringBuilder();
        long state = 1;
        while (text.length() * BYTES_PER_CHARACTER < bytes) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            int number = (int) (state >>> 33);
            text.append(CLAUSES[number % CLAUSES.length]).append(number % 4 == 0 ? '。' : '，');
        }
        return text.substring(0, bytes / BYTES_PER_CHARACTER);
    }
}
