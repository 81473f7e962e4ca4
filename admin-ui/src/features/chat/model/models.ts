import type { Model } from "@/lib/relay";

export interface ModelGroup {
  /** A provider's name, or one of the two groups of the reader's own; empty for models of unknown origin. */
  readonly name: { kind: "favourites" | "recent" | "others" } | { kind: "provider"; provider: string };
  readonly models: readonly Model[];
}

/** By what models are commonly called; their owner field is usually no help. */
const providers: ReadonlyArray<[RegExp, string]> = [
  [/^(gpt|chatgpt|o\d|dall-?e|sora|codex|text-embedding|whisper|tts)/, "OpenAI"],
  [/^claude/, "Anthropic"],
  [/^(gemini|gemma|palm|chat-bison|imagen|veo)/, "Google"],
  [/^deepseek/, "DeepSeek"],
  [/^(qwen|qwq|qvq|wan)/, "Qwen"],
  [/^(glm|chatglm|cogview|cogvideo)/, "Zhipu"],
  [/^(moonshot|kimi)/, "Moonshot"],
  [/^(spark|4\.0ultra)/, "iFlytek Spark"],
  [/^(hunyuan)/, "Tencent Hunyuan"],
  [/^(ernie|eb-)/, "Baidu"],
  [/^(doubao|skylark|seed)/, "Volcengine"],
  [/^baichuan/, "Baichuan"],
  [/^(360|zhinao)/, "360"],
  [/^(llama|meta-llama)/, "Meta"],
  [/^(mistral|mixtral|codestral|magistral|ministral)/, "Mistral"],
  [/^grok/, "xAI"],
  [/^(midjourney|mj)/, "Midjourney"],
  [/^(minimax|abab)/, "MiniMax"],
  [/^(command|cohere)/, "Cohere"],
];

/** The maker of a model by its name, or null. A path in front (`vendor/model`) is not looked at. */
export function providerOf(model: string): string | null {
  const name = model.toLowerCase().split("/").at(-1) ?? "";
  return providers.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** Favourites and recent ones first, then by provider in the order of the list; a model stands in one group only. */
export function groupModels(models: readonly Model[], favourites: readonly string[], recent: readonly string[]): ModelGroup[] {
  const left = new Map(models.map((model) => [model.id, model]));
  const take = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const model = left.get(id);
      left.delete(id);
      return model ? [model] : [];
    });
  const groups: ModelGroup[] = [
    { name: { kind: "favourites" }, models: take(favourites) },
    { name: { kind: "recent" }, models: take(recent) },
  ];
  const byProvider = new Map<string, Model[]>();
  for (const model of left.values()) {
    const provider = providerOf(model.id) ?? "";
    byProvider.set(provider, [...(byProvider.get(provider) ?? []), model]);
  }
  const others = byProvider.get("") ?? [];
  byProvider.delete("");
  for (const [provider, owned] of byProvider) {
    groups.push({ name: { kind: "provider", provider }, models: owned });
  }
  groups.push({ name: { kind: "others" }, models: others });
  return groups.filter((group) => group.models.length > 0);
}
