import { vi } from "vitest";

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  /** What stands behind the question mark. */
  readonly query: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly signal: AbortSignal | null;
}

type Handler = (request: FakeRequest) => Response | Promise<Response>;

export const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

/** A stream that the test feeds by hand. */
export function feed(): { response: Response; send: (text: string) => void; close: () => void; fail: () => void } {
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({
    start: (started) => {
      controller = started;
    },
  });
  const encoder = new TextEncoder();
  return {
    response: new Response(body, { headers: { "content-type": "text/event-stream" } }),
    send: (text) => controller.enqueue(encoder.encode(text)),
    close: () => controller.close(),
    fail: () => controller.error(new TypeError("connection reset")),
  };
}

/**
 * The server as the application sees it: whatever goes through `fetch`. Routes are written `"METHOD /path"`; those that are not given
 * are answered with 404. Every request is kept for the test to look at.
 */
export function fakeServer(routes: Record<string, Handler>): FakeRequest[] {
  const requests: FakeRequest[] = [];
  vi.stubGlobal("fetch", async (input: string, init: RequestInit = {}) => {
    const [path = "", query = ""] = input.split("?");
    const request: FakeRequest = {
      method: init.method ?? "GET",
      path,
      query,
      headers: new Headers(init.headers),
      body: typeof init.body === "string" ? JSON.parse(init.body) : init.body,
      signal: init.signal ?? null,
    };
    requests.push(request);
    const handler = routes[`${request.method} ${path}`];
    if (!handler) {
      return json({ title: "Not found", status: 404, detail: `no route ${request.method} ${path}` }, 404);
    }
    const response = await handler(request);
    return abortable(response, request.signal);
  });
  return requests;
}

/** A real `fetch` breaks the body off when its signal is aborted; so does this one. */
function abortable(response: Response, signal: AbortSignal | null): Response {
  if (!signal || !response.body || !response.headers.get("content-type")?.startsWith("text/event-stream")) {
    return response;
  }
  const body = response.body.pipeThrough(new TransformStream(), { signal });
  return new Response(body, { status: response.status, headers: response.headers });
}

/** The routes every signed-in page asks for. */
export const signedInRoutes: Record<string, Handler> = {
  "POST /api/state": () => json({ status: true, user: "root", admin: true }),
  "GET /api/apikey": () => json({ status: true, key: "sk-test" }),
  "GET /api/quota": () => json({ status: true, quota: 12.5 }),
  "GET /v1/models": () => json({ object: "list", data: [{ id: "gpt-4o" }, { id: "claude-x" }] }),
};
