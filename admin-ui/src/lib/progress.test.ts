import { describe, expect, it } from "vitest";
import { readProgress } from "./progress";

describe("the progress of a task", () => {
  it("is the last number of its block", () => {
    expect(readProgress("```progress\n0\n46\n")).toEqual({ percent: 46, closed: false });
    expect(readProgress("```progress\n0\n46\n100\n```")).toEqual({ percent: 100, closed: true });
  });

  it("takes no line before it is complete", () => {
    expect(readProgress("```progress\n38\n4")).toEqual({ percent: 38, closed: false });
    expect(readProgress("```progress\n38\n46\n``")).toEqual({ percent: 46, closed: false });
    expect(readProgress("```progress")).toEqual({ percent: 0, closed: false });
  });

  it("may end before all was done", () => {
    expect(readProgress("```progress\n12\n```\n")).toEqual({ percent: 12, closed: true });
  });

  it("reads percent signs and fractions, stays within bounds and passes over anything else", () => {
    expect(readProgress("~~~progress\n 12.5 %\nqueued\n")).toEqual({ percent: 12.5, closed: false });
    expect(readProgress("```progress\n250\n-3\n```")).toEqual({ percent: 100, closed: true });
  });
});
