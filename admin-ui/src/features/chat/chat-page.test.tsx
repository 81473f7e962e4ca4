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

  it("shows how far a task is, then its picture and its buttons", async () => {
    const stream = feed();
    fakeServer({ ...signedInRoutes, "POST /v1/chat/completions": () => stream.response });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "a cat");
    const answer = await screen.findByRole("article", { name: "Answer of gpt-4o" });
    stream.send(chunk({ content: "```progress\n0\n" }));
    const bar = await within(answer).findByRole("progressbar", { name: "Progress" });
    stream.send(chunk({ content: "46\n5" }));
    await waitFor(() => expect(bar.getAttribute("aria-valuetext")).toBe("In progress, 46%"));
    stream.send(chunk({ content: "8\n100\n```\n\n![image](/api/artifacts/cat.png)\n\n[U1](https://chatnio.vir" }));
    const picture = await within(answer).findByRole("img", { name: "image" });
    expect([picture.getAttribute("src"), picture.getAttribute("loading")]).toEqual(["/api/artifacts/cat.png", "lazy"]);
    expect(within(answer).getByRole("progressbar")).toBe(bar);
    expect(bar.getAttribute("aria-valuetext")).toBe("Done, 100%");
    expect(within(answer).queryByText("U1")).toBeNull();
    stream.send(chunk({ content: "tual/UPSCALE%2017%201::mj) [U2](https://chatnio.virtual/UPSCALE-17-2::mj)\n\n[source](https://coai.virtual/reference::x)" }, "stop"));
    stream.send("data: [DONE]\n\n");
    const first = await within(answer).findByRole("button", { name: "U1" });
    expect(within(first.parentElement!).getAllByRole("button").map((button) => button.textContent)).toEqual(["U1", "U2"]);
    expect(within(answer).getByText("source").closest("a, button")).toBeNull();
    expect(within(answer).queryByRole("link")).toBeNull();
  });

  it("sends what a button orders to its model, once that is confirmed", async () => {
    const answers = ["[U1](https://chatnio.virtual/UPSCALE-17-1::claude-x)", "Larger."];
    const requests = fakeServer({
      ...signedInRoutes,
      "POST /v1/chat/completions": () => {
        const stream = feed();
        stream.send(`${chunk({ content: answers.shift() ?? "" }, "stop")}data: [DONE]\n\n`);
        return stream.response;
      },
    });
    const { user } = await renderApp({ path: "/", user: newUser() });
    const sent = () => requests.filter(({ path }) => path === "/v1/chat/completions");
    await askIn(user, "a cat");
    await user.click(await screen.findByRole("button", { name: "U1" }));
    const question = screen.getByRole("dialog", { name: "Send this to claude-x?" });
    expect(within(question).getByText("/UPSCALE 17 1")).toBeTruthy();
    await user.click(within(question).getByRole("button", { name: "Cancel" }));
    expect(sent()).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "U1" }));
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Larger.")).toBeTruthy();
    expect(screen.getAllByRole("article", { name: "Your question" }).at(-1)?.textContent).toContain("/UPSCALE 17 1");
    expect(sent().at(-1)?.body).toMatchObject({ model: "claude-x", messages: [{ content: "a cat" }, { role: "assistant" }, { role: "user", content: "/UPSCALE 17 1" }] });
  });

  it("tells a task that ended early from one that is done", async () => {
    const stream = feed();
    fakeServer({ ...signedInRoutes, "POST /v1/chat/completions": () => stream.response });
    const { user } = await renderApp({ path: "/", user: newUser() });
    await askIn(user, "a cat");
    stream.send(chunk({ content: "```progress\n12\n" }));
    const bar = await screen.findByRole("progressbar");
    stream.fail();
    await waitFor(() => expect(bar.getAttribute("aria-valuetext")).toBe("Ended, 12%"));
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
