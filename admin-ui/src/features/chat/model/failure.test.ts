import { describe, expect, it } from "vitest";
import { failureOf } from "./failure";

const openAi = (message: string, type = "", code: string | null = null) => ({ error: { message, type, param: null, code } });

describe("sorting an error of the relay", () => {
  it("knows the faults of the older contract, which all have status 503", () => {
    expect(failureOf(503, openAi("cannot find channel for model gpt-9", "chatnio_api_error")).kind).toBe("no-channel");
    expect(
      failureOf(503, openAi("user quota is not enough error (model: m, minimum quota: 0.10, your quota: 0.00)", "quota_exceeded_error")).kind,
    ).toBe("credits");
    expect(failureOf(503, openAi("the price of the model is not set (model: m)", "quota_exceeded_error")).kind).toBe("price");
    expect(failureOf(503, openAi("access denied for invalid api key", "authentication_error")).kind).toBe("key");
    expect(failureOf(503, openAi("relay api is denied of access", "access_denied_error")).kind).toBe("denied");
    expect(failureOf(503, openAi("invalid request body: eof", "invalid_request_error")).kind).toBe("rejected");
    expect(failureOf(503, openAi("bad gateway", "chatnio_api_error")).kind).toBe("upstream");
  });

  it("falls back to the status where the words say nothing", () => {
    expect(failureOf(401, {}).kind).toBe("key");
    expect(failureOf(402, null).kind).toBe("credits");
    expect(failureOf(403, "<html>").kind).toBe("denied");
    expect(failureOf(404, openAi("no such model")).kind).toBe("no-channel");
    expect(failureOf(413, {}).kind).toBe("rejected");
    expect(failureOf(429, openAi("slow down")).kind).toBe("busy");
    expect(failureOf(500, undefined).kind).toBe("upstream");
    expect(failureOf(0, openAi("connection reset by peer")).kind).toBe("upstream");
  });

  it("keeps the server's words", () => {
    expect(failureOf(429, openAi("slow down")).detail).toBe("slow down");
    expect(failureOf(429, { error: "slow down" }).detail).toBe("slow down");
    expect(failureOf(401, { code: 401, message: "Access denied. Please provide correct api key." }).detail).toContain("Access denied");
    expect(failureOf(500, { title: "Internal", detail: "internal error, request id X" }).detail).toBe("internal error, request id X");
    expect(failureOf(500, 17).detail).toBe("");
  });
});
