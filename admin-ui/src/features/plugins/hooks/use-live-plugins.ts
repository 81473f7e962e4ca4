import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { follow, type LiveState } from "@/lib/follow";
import { PLUGIN_EVENTS, pluginsQuery } from "../api/plugins";
import { pluginListSchema, pluginSchema, withPlugin } from "../model/plugin";

/** How often the list is asked for while the event stream is away, and beside it in case an event was lost. */
const POLL_WITHOUT_EVENTS = 3_000;
const POLL_WITH_EVENTS = 30_000;

/** All plugins, kept up to date by the server's event stream. */
export function useLivePlugins() {
  const client = useQueryClient();
  const [live, setLive] = useState<LiveState>("connecting");
  const plugins = useQuery({ ...pluginsQuery, refetchInterval: live === "live" ? POLL_WITH_EVENTS : POLL_WITHOUT_EVENTS });
  useEffect(() => {
    const stop = new AbortController();
    void follow(PLUGIN_EVENTS, stop.signal, {
      onState: setLive,
      onConnected: () => void client.invalidateQueries({ queryKey: pluginsQuery.queryKey }),
      onEvent: (event) => takeEvent(client, event.data),
    });
    return () => stop.abort();
  }, [client]);
  return { plugins, live };
}

/** An event carries the whole list, or one plugin, or only says that something happened. */
function takeEvent(client: QueryClient, data: string): void {
  const body = jsonOf(data);
  const list = pluginListSchema.safeParse(body);
  if (list.success) {
    client.setQueryData(pluginsQuery.queryKey, list.data);
    return;
  }
  const one = pluginSchema.safeParse(body);
  const known = client.getQueryData(pluginsQuery.queryKey);
  // A bare id is a nudge, not a report: taking it for one would wipe out what is known.
  if (one.success && known && typeof body === "object" && body !== null && "observed" in body) {
    client.setQueryData(pluginsQuery.queryKey, withPlugin(known, one.data));
    return;
  }
  void client.invalidateQueries({ queryKey: pluginsQuery.queryKey });
}

function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
