import { describe, expect, it } from "vitest";
import { groupModels, providerOf } from "./models";

const model = (id: string) => ({ id });

describe("models in the picker", () => {
  it("are recognised by their names", () => {
    expect(["gpt-4o", "o3-mini", "Claude-3", "qwen/qwen3-32b", "my-own"].map(providerOf)).toEqual(["OpenAI", "OpenAI", "Anthropic", "Qwen", null]);
  });

  it("stand in one group each, one's own groups first", () => {
    const groups = groupModels(["gpt-4o", "claude-x", "gpt-4o-mini", "house", "glm-4"].map(model), ["claude-x", "gone"], ["gpt-4o", "claude-x"]);
    expect(groups.map(({ name, models }) => ["provider" in name ? name.provider : name.kind, models.map(({ id }) => id)])).toEqual([
      ["favourites", ["claude-x"]],
      ["recent", ["gpt-4o"]],
      ["OpenAI", ["gpt-4o-mini"]],
      ["Zhipu", ["glm-4"]],
      ["others", ["house"]],
    ]);
  });
});
