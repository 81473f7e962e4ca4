import { describe, expect, it } from "vitest";
import { mayBecomeVirtual, readCommand } from "./virtual-links";

describe("a virtual link", () => {
  it("orders what is percent-encoded in it, of the model behind the last mark", () => {
    expect(readCommand("https://chatnio.virtual/UPSCALE%201704441600123456%202::midjourney")).toEqual({ text: "/UPSCALE 1704441600123456 2", model: "midjourney" });
    expect(readCommand("https://coai.virtual/UPSCALE%201704441600123456%202::midjourney-fast")).toEqual({ text: "/UPSCALE 1704441600123456 2", model: "midjourney-fast" });
    expect(readCommand("https://coai.virtual/%2FREROLL%2017::mj")).toEqual({ text: "/REROLL 17", model: "mj" });
    expect(readCommand("https://coai.virtual//REROLL%2017::mj")).toEqual({ text: "/REROLL 17", model: "mj" });
  });

  it("keeps marks, dashes and plus signs of a newer command", () => {
    const custom = "MJ::JOB::upsample::1::3dbbd469-36af-4a0f-8f02-df6c579e7011";
    const address = `https://chatnio.virtual/ACTION%2017%20${custom.replaceAll(":", "%3A")}::vendor/mj:6`;
    expect(readCommand(address)).toEqual({ text: `/ACTION 17 ${custom}`, model: "vendor/mj:6" });
    expect(readCommand(`https://chatnio.virtual/ACTION%2017%20${custom}::mj`)).toEqual({ text: `/ACTION 17 ${custom}`, model: "mj" });
    expect(readCommand("https://chatnio.virtual/zoom-out%20a+b::mj")).toEqual({ text: "/zoom-out a+b", model: "mj" });
  });

  it("understands the older form, in which blanks are dashes", () => {
    expect(readCommand("https://chatnio.virtual/UPSCALE-1704441600123456-1::midjourney")).toEqual({ text: "/UPSCALE 1704441600123456 1", model: "midjourney" });
    expect(readCommand("https://chatnio.virtual/REROLL-1704441600123456::midjourney")).toEqual({ text: "/REROLL 1704441600123456", model: "midjourney" });
  });

  it("reads words and models of any script", () => {
    const address = `https://chatnio.virtual/${encodeURIComponent("扩展 17 向左")}::${encodeURIComponent("绘画-大")}`;
    expect(readCommand(address)).toEqual({ text: "/扩展 17 向左", model: "绘画-大" });
  });

  it.each([
    ["a citation", "https://coai.virtual/reference::https%3A%2F%2Fexample.org"],
    ["no model", "https://chatnio.virtual/UPSCALE%2017%201"],
    ["an empty model", "https://chatnio.virtual/UPSCALE%2017%201::"],
    ["no command", "https://chatnio.virtual/::midjourney"],
    ["only slashes", "https://chatnio.virtual/%2F::midjourney"],
    ["a broken encoding", "https://chatnio.virtual/UPSCALE%2::midjourney"],
    ["several lines", "https://chatnio.virtual/UPSCALE%2017%0Aand%20more::midjourney"],
    ["a text without end", `https://chatnio.virtual/IMAGINE%20${"a".repeat(2_000)}::midjourney`],
    ["another host", "https://chatnio.virtual.example.org/UPSCALE%2017::midjourney"],
    ["an ordinary address", "https://example.org/UPSCALE%2017::midjourney"],
  ])("orders nothing with %s", (_what, address) => {
    expect(readCommand(address)).toBeNull();
  });

  it("is recognised before it is complete", () => {
    expect(["https://cha", "https://coai.virtual/UPSC", "h"].map(mayBecomeVirtual)).toEqual([true, true, true]);
    expect(["https://example", "http://chatnio.virtual/"].map(mayBecomeVirtual)).toEqual([false, false]);
  });
});
