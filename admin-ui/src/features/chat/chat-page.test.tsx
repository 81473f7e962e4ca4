import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { fakeServer, feed, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

const chunk = (delta: object, finish: string | null = null) => `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const usage = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 1200, completion_tokens: 7 } })}\n\n`;

/** Every test has a user of its own, so that no conversation of another one is in the way. */
let users = 0;
const newUser = () => ({ name: `user-${++users}`, admin: true });

async function askIn(user: Awaited<ReturnType<typeof renderApp>>["user"], text: string) {
  await screen.findByRole("button", { name: /^Model: ?gpt-4o$/ });
  await user.type(await screen.findByLabelText("Your message"), `${text}{Enter}`);
}

describe("the chat page", () => {
  it("streams an answer, renders it and keeps it in the sidebar", async () => {
    const stream = feed();
    const requests = fakeServer({ ...signedInRoutes, "POST /v1/chat/completions": () => stream.response });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "What is a lease?");

    const answer = await screen.findByRole("article", { name: "Answer of gpt-4o" });
    stream.send(chunk({ reasoning_content: "Hm." }) + chunk({ content: "A **le" }));
    expect(await within(answer).findByText("le")).toHaveProperty("tagName", "STRONG");
    expect(screen.getByRole("button", { name: "Stop the answer" })).toBeTruthy();
    stream.send(`${chunk({ content: "ase** is counted." })}${chunk({}, "stop")}${usage}data: [DONE]\n\n`);

    expect(await within(answer).findByText("lease")).toBeTruthy();
    expect(await within(answer).findByText("1,200 → 7 tokens")).toBeTruthy();
    expect(within(answer).getByRole("button", { name: /Thought for/ }).getAttribute("aria-expanded")).toBe("false");
    expect(screen.getByRole("link", { name: "What is a lease?" })).toBeTruthy();
    const sent = requests.find(({ path }) => path === "/v1/chat/completions");
    expect(sent?.headers.get("authorization")).toBe("Bearer sk-test");
    expect(sent?.body).toEqual({
      model: "gpt-4o",
      messages: [{ role: "user", content: "What is a lease?" }],
      stream: true,
      stream_options: { include_usage: true },
    });
  });

  it("sends the conversation so far with the next question", async () => {
    const answerWith = (text: string) => {
      const stream = feed();
      stream.send(`${chunk({ content: text })}${chunk({}, "stop")}data: [DONE]\n\n`);
      stream.close();
      return stream.response;
    };
    const answers = ["First.", "Second."];
    const requests = fakeServer({ ...signedInRoutes, "POST /v1/chat/completions": () => answerWith(answers.shift() ?? "") });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "one");
    await screen.findByText("First.");
    await user.type(screen.getByLabelText("Your message"), "two{Shift>}{Enter}{/Shift}lines{Enter}");
    await screen.findByText("Second.");
    expect(requests.filter(({ path }) => path === "/v1/chat/completions").at(-1)?.body).toMatchObject({
      messages: [
        { role: "user", content: "one" },
        { role: "assistant", content: "First." },
        { role: "user", content: "two\nlines" },
      ],
    });
  });

  it("stops on demand and keeps what came", async () => {
    const stream = feed();
    const requests = fakeServer({ ...signedInRoutes, "POST /v1/chat/completions": () => stream.response });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "go");
    stream.send(chunk({ content: "So far" }));
    await screen.findByText("So far");
    await user.click(screen.getByRole("button", { name: "Stop the answer" }));
    expect(await screen.findByText("You stopped the answer.")).toBeTruthy();
    expect(screen.getByText("So far")).toBeTruthy();
    expect(requests.find(({ path }) => path === "/v1/chat/completions")?.signal?.aborted).toBe(true);
  });

  it("says what is wrong and puts a new answer in the place of the failed one", async () => {
    let tries = 0;
    fakeServer({
      ...signedInRoutes,
      "POST /v1/chat/completions": () => {
        tries += 1;
        if (tries === 1) {
          return json({ error: { message: "user quota is not enough error", type: "insufficient_quota" } }, 402);
        }
        const stream = feed();
        stream.send(`${chunk({ content: "Now it works." }, "stop")}data: [DONE]\n\n`);
        return stream.response;
      },
    });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "go");
    const alert = await screen.findByRole("alert");
    expect(within(alert).getByText("Your credits do not cover this")).toBeTruthy();
    expect(within(alert).getByText("user quota is not enough error")).toBeTruthy();
    await user.click(within(alert).getByRole("button", { name: "Try again" }));
    await screen.findByText("Now it works.");
    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.queryByText("1/2")).toBeNull();
  });

  it("tells a broken connection from a stopped answer", async () => {
    const stream = feed();
    fakeServer({ ...signedInRoutes, "POST /v1/chat/completions": () => stream.response });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "go");
    stream.send(chunk({ content: "Half a sen" }));
    await screen.findByText("Half a sen");
    stream.fail();
    expect(await screen.findByText("The answer broke off here.")).toBeTruthy();
  });

  it("asks for a fresh key once when the one at hand is refused", async () => {
    let keys = 0;
    const stream = feed();
    const requests = fakeServer({
      ...signedInRoutes,
      "GET /api/apikey": () => json({ status: true, key: `sk-${++keys}` }),
      "POST /v1/chat/completions": ({ headers }) =>
        headers.get("authorization") === "Bearer sk-2" ? stream.response : json({ code: 401, message: "Access denied." }, 401),
    });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "go");
    await waitFor(() => expect(requests.filter(({ path }) => path === "/v1/chat/completions")).toHaveLength(2));
    stream.send(`${chunk({ content: "Fine." }, "stop")}data: [DONE]\n\n`);
    expect(await screen.findByText("Fine.")).toBeTruthy();
  });

  it("grows a branch when a question is asked differently, and steps between the two", async () => {
    fakeServer({
      ...signedInRoutes,
      "POST /v1/chat/completions": ({ body }) => {
        const stream = feed();
        const asked = (body as { messages: Array<{ content: string }> }).messages.at(-1)?.content;
        stream.send(`${chunk({ content: `On ${asked}.` }, "stop")}data: [DONE]\n\n`);
        return stream.response;
      },
    });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "apples");
    await screen.findByText("On apples.");
    await user.click(screen.getByRole("button", { name: "Edit and ask again" }));
    const editor = screen.getByLabelText("Edit your message");
    await user.clear(editor);
    await user.type(editor, "pears");
    await user.click(within(editor.closest("form")!).getByRole("button", { name: "Send" }));
    await screen.findByText("On pears.");
    expect(screen.getByLabelText("Version 2 of 2")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Previous version" }));
    expect(await screen.findByText("On apples.")).toBeTruthy();
  });

  it("tells an administrator without models what to do next", async () => {
    fakeServer({ ...signedInRoutes, "GET /v1/models": () => json({ object: "list", data: null }) });
    await renderApp({ path: "/", user: newUser() });
    expect(await screen.findByRole("heading", { name: "There are no models yet" })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Add a channel" })).toBeTruthy();
  });

  it("says so when a conversation is not in this browser", async () => {
    fakeServer(signedInRoutes);
    await renderApp({ path: "/c/gone", user: newUser() });
    expect(await screen.findByRole("heading", { name: "This conversation is not here" })).toBeTruthy();
  });
});
