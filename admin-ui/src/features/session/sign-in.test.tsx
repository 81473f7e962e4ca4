import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { session } from "@/lib/session";
import { fakeServer, json, signedInRoutes } from "@/testing/fake-server";
import { renderApp } from "@/testing/render-app";

describe("signing in", () => {
  it("leads to the page that was asked for", async () => {
    const requests = fakeServer({
      ...signedInRoutes,
      "POST /api/login": () => json({ status: true, token: "t-1" }),
      "GET /api/admin/channel/list": () => json({ status: true, data: [] }),
      "GET /api/admin/channel/types": () => json({ status: true, data: [] }),
    });
    const { user, router } = await renderApp({ path: "/console/channels", user: null });
    await user.type(await screen.findByLabelText("User name"), "root");
    await user.type(screen.getByLabelText("Password"), "secret{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/console/channels"));
    expect(requests.find(({ path }) => path === "/api/login")?.body).toEqual({ username: "root", password: "secret" });
    expect(session.current()).toMatchObject({ token: "t-1", user: "root", admin: true });
  });

  it("asks for a password of one's own when the server made the one in use", async () => {
    const requests = fakeServer({
      ...signedInRoutes,
      "POST /api/login": () => json({ status: true, token: "t-1", must_change_password: true }),
      "POST /api/account/password": () => json({ token: "t-2" }),
    });
    const { user, router } = await renderApp({ path: "/", user: null });
    await user.type(await screen.findByLabelText("User name"), "root");
    await user.type(screen.getByLabelText("Password"), "generated{Enter}");
    await user.type(await screen.findByLabelText("New password"), "my own one");
    await user.type(screen.getByLabelText("Repeat the new password"), "my own on{Enter}");
    expect(screen.getByText("The two do not match.")).toBeTruthy();
    await user.type(screen.getByLabelText("Repeat the new password"), "e{Enter}");
    await waitFor(() => expect(router.state.location.pathname).toBe("/"));
    expect(requests.find(({ path }) => path === "/api/account/password")?.body).toEqual({ current: "generated", password: "my own one" });
    expect(session.current()).toMatchObject({ token: "t-2", mustChangePassword: false });
  });

  it("says what the server said when it refuses", async () => {
    fakeServer({ "POST /api/login": () => json({ status: false, error: "invalid username or password" }) });
    const { user } = await renderApp({ path: "/", user: null });
    await user.type(await screen.findByLabelText("User name"), "root");
    await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
    expect((await screen.findByRole("alert")).textContent).toBe("Invalid username or password");
    expect(session.current().token).toBeNull();
  });

  it("does not follow an address of another site", async () => {
    fakeServer({ ...signedInRoutes, "POST /api/login": () => json({ status: true, token: "t-1" }) });
    const { user, router } = await renderApp({ path: "/sign-in?next=//evil.example/x", user: null });
    await user.type(await screen.findByLabelText("User name"), "root");
    await user.type(screen.getByLabelText("Password"), "secret{Enter}");
    await waitFor(() => expect(router.state.location.href).toBe("/"));
  });

  it("is asked for again, with the reason, when the session has ended", async () => {
    fakeServer({ ...signedInRoutes, "POST /api/state": () => json({ status: false, user: "", admin: false }) });
    await renderApp({ path: "/" });
    expect(await screen.findByText("Your session has ended. Sign in to go on where you were.")).toBeTruthy();
  });

  it("is not asked for when the server is only out of reach", async () => {
    fakeServer({
      ...signedInRoutes,
      "POST /api/state": () => {
        throw new TypeError("failed to fetch");
      },
    });
    await renderApp({ path: "/" });
    expect(await screen.findByRole("button", { name: /^Model: ?gpt-4o$/ })).toBeTruthy();
    expect(session.current().token).toBe("token");
  });
});
