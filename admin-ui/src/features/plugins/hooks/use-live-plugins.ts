import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { follow, type LiveState } from "@/lib/follow";
import { PLUGIN_EVENTS, pluginsQuery } from "../api/plugins";
import { type Step, stepSchema, withStep } from "../model/activity";
import type { Plugin } from "../model/plugin";

/** The stream tells steps, not counts: while a generation drains its calls are looked up every second, otherwise now and then. */
const WHILE_DRAINING = 1_000;
const WHILE_QUIET = 5_000;

/** Steps come in bursts, the whole history at once after connecting; the list is asked for once for all of them. */
const GATHERED_FOR = 150;

/** All plugins as they are this moment, and what happened to them lately. */
export function useLivePlugins() {
  const client = useQueryClient();
  const [live, setLive] = useState<LiveState>("connecting");
  const [steps, setSteps] = useState<readonly Step[]>([]);
  const plugins = useQuery({
    ...pluginsQuery,
    refetchInterval: (query) => ((query.state.data ?? []).some(inMotion) ? WHILE_DRAINING : WHILE_QUIET),
  });

  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ queryKey: pluginsQuery.queryKey });
      }, GATHERED_FOR);
    };
    void follow(PLUGIN_EVENTS, stop.signal, {
      onState: setLive,
      onConnected: refresh,
      onEvent: (event) => {
        refresh();
        const step = readStep(event.data);
        if (step) {
          setSteps((now) => withStep(now, step));
        }
      },
    });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [client]);

  return { plugins, live, steps };
}

function inMotion(plugin: Plugin): boolean {
  return plugin.draining.length > 0;
}

function readStep(data: string): Step | null {
  try {
    const parsed = stepSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
