import { describe, expect, it } from "vitest";
import { upperFirst, latencyIn } from "./words";

describe("words of the server", () => {
  it("begin large where they stand by themselves", () => {
    expect(upperFirst("the upstream is away")).toBe("The upstream is away");
    expect(upperFirst("")).toBe("");
  });

  it("tell times as exactly as one compares them", () => {
    expect([0.4, 642.3, 1_240, 9_999, 61_500].map((ms) => latencyIn("en", ms))).toEqual(["0 ms", "642 ms", "1.24 sec", "10 sec", "61.5 sec"]);
    expect(latencyIn("zh-CN", 1_500)).toBe("1.5秒");
  });
});
