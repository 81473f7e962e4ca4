import { useState } from "react";
import type { Draining } from "../model/plugin";

const keyOf = (old: Draining) => `${old.version}#${old.generation ?? ""}`;

/** The most calls each draining generation was seen with, so that a bar can show how far the drain has come. */
export function usePeaks(draining: readonly Draining[]): (old: Draining) => number {
  const [peaks, setPeaks] = useState<ReadonlyMap<string, number>>(new Map());
  const rising = draining.filter((old) => old.leases > (peaks.get(keyOf(old)) ?? 0));
  if (rising.length > 0) {
    setPeaks(new Map([...peaks, ...rising.map((old) => [keyOf(old), old.leases] as const)]));
  }
  return (old) => Math.max(1, old.leases, peaks.get(keyOf(old)) ?? 0);
}
