// OpenAI's own SDK for Node, unmodified, against the running server whose upstream is scripted.
import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";

const client = new OpenAI({
  apiKey: process.env.PATCHBAY_KEY,
  baseURL: `${process.env.PATCHBAY_URL}v1`,
  maxRetries: 0,
  timeout: 20_000,
});
const messages = [{ role: "user", content: "Hi" }];
const tools = [
  {
    type: "function",
    function: {
      name: "get_weather",
      strict: true,
      parameters: {
        type: "object",
        properties: { city: { type: "string" } },
        required: ["city"],
        additionalProperties: false,
      },
    },
  },
];

test("plain", async () => {
  const answer = await client.chat.completions.create({ model: "gpt-test", messages });
  assert.equal(answer.choices[0].message.content, "Hello");
  assert.equal(answer.usage.prompt_tokens, 7);
});

test("streamed with usage", async () => {
  const stream = await client.chat.completions.create({
    model: "gpt-test",
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? "";
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, "Hello");
  assert.equal(usage.completion_tokens, 2);
});

test("streamed through the helper", async () => {
  const runner = client.chat.completions.stream({ model: "gpt-test", messages });
  assert.equal(await runner.finalContent(), "Hello");
});

test("tools, plain and streamed", async () => {
  const plain = await client.chat.completions.create({ model: "gpt-tools", messages, tools });
  assert.deepEqual(
    plain.choices[0].message.tool_calls.map((call) => JSON.parse(call.function.arguments).city),
    ["Oslo", "Rome"],
  );
  const runner = client.chat.completions.stream({ model: "gpt-tools", messages, tools });
  const final = await runner.finalChatCompletion();
  assert.equal(final.choices[0].finish_reason, "tool_calls");
  assert.deepEqual(
    final.choices[0].message.tool_calls.map((call) => call.id),
    ["call_a", "call_b"],
  );
});

test("vision parts", async () => {
  const answer = await client.chat.completions.create({
    model: "gpt-vision",
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=", detail: "low" } },
        ],
      },
    ],
  });
  assert.match(answer.choices[0].message.content, /1/);
});

test("errors are the SDK's own", async () => {
  const wrong = new OpenAI({ apiKey: `sk-${"0".repeat(64)}`, baseURL: `${process.env.PATCHBAY_URL}v1`, maxRetries: 0 });
  await assert.rejects(wrong.chat.completions.create({ model: "gpt-test", messages }), OpenAI.AuthenticationError);
  await assert.rejects(client.chat.completions.create({ model: "none", messages }), OpenAI.NotFoundError);
  await assert.rejects(client.chat.completions.create({ model: "gpt-long", messages }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.code, "context_length_exceeded");
    return true;
  });
  await assert.rejects(client.chat.completions.create({ model: "gpt-busy", messages }), OpenAI.RateLimitError);
});

test("a stream that breaks off raises", async () => {
  const stream = await client.chat.completions.create({ model: "gpt-broken", messages, stream: true });
  await assert.rejects(async () => {
    for await (const chunk of stream) {
      assert.ok(chunk.id);
    }
  });
});

test("cancellation", async () => {
  const stream = await client.chat.completions.create({ model: "gpt-slow", messages, stream: true });
  let seen = 0;
  for await (const chunk of stream) {
    assert.ok(chunk.id);
    if (++seen === 5) {
      stream.controller.abort();
      break;
    }
  }
  assert.equal(seen, 5);
});

test("models", async () => {
  const list = await client.models.list();
  assert.ok(list.data.some((model) => model.id === "gpt-test"));
  assert.equal((await client.models.retrieve("gpt-test")).id, "gpt-test");
});
