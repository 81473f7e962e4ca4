import { describe, expect, it } from "vitest";
import { type Step, stepSchema, withStep } from "./activity";

const step = (sequence: number): Step =>
  stepSchema.parse({ sequence, at: "2026-11-24T00:00:00Z", plugin: "openai", version: "1.0.0", phase: "STARTED", generation: 1, leases: 0, millis: 12, text: "started" });

describe("what happened to plugins", () => {
  it("stands newest first, each step once, however often it is told", () => {
    const steps = [3, 1, 2, 3, 1].reduce<readonly Step[]>((list, sequence) => withStep(list, step(sequence)), []);
    expect(steps.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
  });

  it("is bounded", () => {
    let steps: readonly Step[] = [];
    for (let sequence = 1; sequence <= 500; sequence++) {
      steps = withStep(steps, step(sequence));
    }
    expect(steps).toHaveLength(60);
    expect(steps[0]?.sequence).toBe(500);
  });
});
