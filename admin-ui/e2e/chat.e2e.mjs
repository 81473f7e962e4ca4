/**
 * Drives a running server in a real browser as a person would: sign in, make sure there is a model, ask and watch the answer stream, look at
 * the console. Every screen is checked with axe and photographed in both themes, on a desk and on a phone.
 *
 * Environment: BASE_URL (http://127.0.0.1:8094), ROOT_PASSWORD, ROOT_USER (root), E2E_CHANNEL_TYPE (sandbox; used when the server has no model
 * yet), E2E_TASK_MODEL (midjourney; a model whose answers are tasks, asked where there is one), SHOTS (target/e2e), CHROMIUM. Exits with 1 when anything failed.
 */
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DESKTOP, PHONE, startBrowser } from "./browser.mjs";

const BASE = (process.env.BASE_URL ?? "http://127.0.0.1:8094").replace(/\/$/, "");
const USER = process.env.ROOT_USER ?? "root";
const PASSWORD = process.env.ROOT_PASSWORD;
const CHANNEL_TYPE = process.env.E2E_CHANNEL_TYPE ?? "sandbox";
const TASK_MODEL = process.env.E2E_TASK_MODEL ?? "midjourney";
const SHOTS = process.env.SHOTS ?? fileURLToPath(new URL("../target/e2e", import.meta.url));
const ANSWER_WITHIN = 60_000;

if (!PASSWORD) {
  console.error("ROOT_PASSWORD is not set");
  process.exit(1);
}
mkdirSync(SHOTS, { recursive: true });
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let passed = 0;
let failed = 0;

async function check(name, body) {
  const startedAt = Date.now();
  try {
    await body();
    passed += 1;
    console.log(`ok      ${name} (${Date.now() - startedAt} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n        ${String(error?.message ?? error).split("\n").join("\n        ")}`);
  }
}

function ensure(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}

/** Waits until nothing moves any more, so that a photograph and a contrast check see the final colours. */
async function settle(page) {
  await page.evaluate(async () => void (await document.fonts.ready));
  // Looked at by the clock: without a screen, a browser that has nothing more to draw may never say that an animation has finished.
  await page.waitForFunction(
    () => document.getAnimations().every((animation) => animation.playState !== "running" || animation.effect?.getComputedTiming().iterations === Infinity),
    undefined,
    { polling: 50 },
  );
}

async function look(page, name) {
  for (const theme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, theme);
    await settle(page);
    await page.screenshot({ path: join(SHOTS, `${name}-${theme}.png`) });
    // By evaluation, not by a script element: the content security policy of the server holds for those.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
    );
    const found = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(" ")).join("; ")})`);
    ensure(found.length === 0, `axe, ${name}, ${theme}:\n${found.join("\n")}`);
  }
}

async function signIn(page, password) {
  await page.getByLabel("User name").fill(USER);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function addChannel(page) {
  await page.getByRole("link", { name: "Add a channel" }).click();
  await page.getByRole("button", { name: "New channel" }).click();
  const form = page.getByRole("dialog", { name: "New channel" });
  await form.getByLabel("Name").fill("End-to-end");
  await form.getByRole("button", { name: /^Type / }).click();
  await page.getByPlaceholder("Search vendors", { exact: true }).fill(CHANNEL_TYPE);
  await page.getByRole("option").first().click();
  // A type that answers by itself has neither of these fields.
  const endpoint = form.getByLabel("Endpoint");
  if ((await endpoint.count()) > 0 && (await endpoint.inputValue()) === "") {
    await endpoint.fill("http://localhost");
  }
  const keys = form.getByLabel("Keys");
  if ((await keys.count()) > 0) {
    await keys.fill("end-to-end");
  }
  const suggested = form.getByRole("button", { name: /suggested model/ });
  if ((await suggested.count()) > 0) {
    await suggested.click();
  } else {
    await form.getByLabel("Models").fill("echo");
    await form.getByLabel("Models").press("Enter");
  }
  await form.getByRole("button", { name: "Create channel" }).click();
  await form.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Back to chat" }).click();
}

const browser = await startBrowser();
const troubles = [];

async function open(device) {
  const context = await browser.newContext({ ...device, locale: "en-GB", colorScheme: "light" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    // A refused request is told to the reader by the page itself; the browser's own note about it is no fault of ours.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) {
      troubles.push(message.text());
    }
  });
  return { context, page };
}

try {
  const { context, page } = await open(DESKTOP);

  await check("an unknown visitor is asked to sign in", async () => {
    await page.goto(`${BASE}/console/plugins`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await look(page, "sign-in");
  });

  await check("a wrong password is refused in words", async () => {
    await signIn(page, `${PASSWORD}-not`);
    await page.getByRole("alert").waitFor();
  });

  await check("the right password leads to the page that was asked for", async () => {
    await signIn(page, PASSWORD);
    await page.waitForURL(`${BASE}/console/plugins`);
    await page.getByRole("heading", { level: 1, name: "Plugins" }).waitFor();
  });

  await check("the plugins page lists plugins and is fed live", async () => {
    await page.locator("main li h2").first().waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await look(page, "plugins");
  });

  await check("there is a model to ask, or a channel is added for one", async () => {
    await page.getByRole("link", { name: "Back to chat" }).click();
    const noModels = page.getByRole("heading", { name: "There are no models yet" });
    const picker = page.getByRole("button", { name: /^Model: / });
    await noModels.or(picker).first().waitFor();
    if (await noModels.isVisible()) {
      await look(page, "no-models");
      await addChannel(page);
      await picker.waitFor();
    }
    await look(page, "new-chat");
  });

  await check("an answer streams into the page", async () => {
    await page.getByLabel("Your message", { exact: true }).fill("Hello from the end-to-end test. Please answer with a few sentences.");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/c\//);
    const answer = page.getByRole("article", { name: /^Answer of / });
    await answer.waitFor();
    await page.locator('article[aria-busy="false"]').waitFor({ timeout: ANSWER_WITHIN });
    const alerts = await page.getByRole("alert").allInnerTexts();
    ensure(alerts.length === 0, `the answer failed: ${alerts.join(" ")}`);
    ensure((await answer.locator(".prose").last().innerText()).trim() !== "", "the answer is empty");
    ensure((await page.getByText(/broke off|empty answer/).count()) === 0, "the answer did not come to its end");
    await look(page, "chat");
  });

  await page.getByRole("button", { name: /^Model: / }).click();
  await page.getByRole("option").first().waitFor();
  const draws = page.locator(`[role="option"][data-value="${TASK_MODEL}"]`);
  if ((await draws.count()) > 0) {
    await check("an answer that is a task shows how far it is, and what can be done with it", async () => {
      await draws.click();
      await page.getByLabel("Your message", { exact: true }).fill("A harbour in the morning mist");
      await page.keyboard.press("Enter");
      await page.getByRole("progressbar").waitFor();
      await look(page, "task-running");
      await page.getByRole("progressbar", { name: "Progress" }).and(page.locator('[aria-valuenow="100"]')).waitFor({ timeout: ANSWER_WITHIN });
      const first = page.getByRole("article").last().getByRole("button", { name: "U1" });
      await first.click();
      await page.getByText("/UPSCALE").waitFor();
      await look(page, "task-buttons");
      await page.keyboard.press("Enter");
      await page.getByRole("article", { name: "Your question" }).filter({ hasText: "/UPSCALE" }).waitFor();
      await page.locator('article[aria-busy="true"]').waitFor({ state: "detached", timeout: ANSWER_WITHIN });
    });
  } else {
    await page.keyboard.press("Escape");
  }

  await check("the conversation is still there after a reload", async () => {
    await page.reload();
    await page.getByRole("article", { name: /^Answer of / }).first().waitFor();
    await page.getByRole("navigation", { name: "Conversations" }).getByRole("link").first().waitFor();
  });

  await check("the palette opens by keyboard and leads to the channels", async () => {
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search for a command or a conversation").fill("channels");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/console\/channels/);
    await page.getByRole("table").waitFor();
    await look(page, "channels");
  });

  await check("the channel editor opens and keeps the focus inside", async () => {
    await page.getByRole("button", { name: "New channel" }).click();
    await page.getByRole("dialog").waitFor();
    for (let press = 0; press < 30; press++) {
      await page.keyboard.press("Tab");
    }
    ensure(await page.evaluate(() => document.activeElement?.closest('[role="dialog"]') !== null), "the focus left the dialog");
    await look(page, "channel-editor");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  await check("a channel is tried by a live call, and everything about its health opens", async () => {
    const row = page.getByRole("table").getByRole("row").nth(1);
    await row.getByRole("button", { name: /Everything about/ }).click();
    await page.getByText("As this server has seen it since its start.").waitFor();
    await look(page, "channel-health");
    await row.getByRole("button", { name: /^Options for/ }).click();
    await page.getByRole("menuitem", { name: "Test" }).click();
    const dialog = page.getByRole("dialog", { name: /^Test / });
    await dialog.getByRole("button", { name: "Run test" }).click();
    await dialog.getByRole("region", { name: "Result" }).waitFor({ timeout: ANSWER_WITHIN });
    await look(page, "channel-test");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  await check("a channel is tried before it is saved", async () => {
    await page.getByRole("table").getByRole("row").nth(1).getByRole("button").first().click();
    const form = page.getByRole("dialog", { name: /^Edit / });
    await form.getByRole("button", { name: "Test", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: /^Test / });
    await dialog.getByRole("button", { name: "Run test" }).click();
    await dialog.getByRole("region", { name: "Result" }).waitFor({ timeout: ANSWER_WITHIN });
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
  });

  await check("the routing page says where calls for a model go", async () => {
    await page.getByRole("link", { name: "Routing", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Routing" }).waitFor();
    await page.getByRole("button", { name: /^Model / }).click();
    await page.getByRole("option").first().click();
    await page.getByRole("row", { name: /Tried first|Left out/ }).first().waitFor();
    await page.getByRole("heading", { name: "Response cache" }).waitFor();
    await look(page, "routing");
    await page.getByRole("link", { name: "Channels", exact: true }).click();
    await page.getByRole("table").waitFor();
  });

  await check("the type of a channel is chosen from a list that can be searched", async () => {
    await page.getByRole("button", { name: "New channel" }).click();
    await page.getByRole("button", { name: /^Type / }).click();
    await page.getByRole("option").first().waitFor();
    await look(page, "type-picker");
    await page.getByPlaceholder("Search vendors", { exact: true }).fill("no such vendor");
    await page.getByText("No vendor matches.").waitFor();
    // The first Escape closes the list, the second one the editor.
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "New channel" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  await check("the vendors page lists vendors and shows one", async () => {
    await page.getByRole("link", { name: "Vendors" }).click();
    await page.getByRole("heading", { level: 1, name: "Vendors" }).waitFor();
    await page.getByRole("table").waitFor();
    await look(page, "vendors");
    await page.getByRole("table").getByRole("row").last().getByRole("button").first().click();
    await page.getByRole("dialog").waitFor();
    await look(page, "vendor");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  const add = page.getByRole("button", { name: "Add a vendor" });
  if (await add.isEnabled()) {
    await check("a vendor is added as data, checked while it is typed, and leads on to a channel", async () => {
      await add.click();
      const form = page.getByRole("dialog", { name: "New vendor" });
      await form.getByLabel("Name", { exact: true }).fill("End-to-end vendor");
      await form.getByLabel("Id", { exact: true }).fill("end-to-end-vendor");
      await form.getByLabel("Address").fill("not an address");
      await form.locator("[aria-invalid]").waitFor();
      await look(page, "vendor-mistake");
      await form.getByRole("tab", { name: "JSON" }).click();
      await form.getByText(/^Line \d+: \/endpoint/).waitFor();
      await look(page, "vendor-json");
      await form.getByRole("tab", { name: "Form" }).click();
      await form.getByLabel("Address").fill("https://vendor.example");
      await form.getByText("No mistakes").waitFor();
      await form.getByRole("button", { name: "Add vendor" }).click();
      await page.getByRole("button", { name: "Create a channel with it" }).click();
      await page.waitForURL(/\/console\/channels/);
      await page.getByRole("button", { name: "Type End-to-end vendor" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    });

    await check("a vendor is deleted", async () => {
      await page.getByRole("link", { name: "Vendors" }).click();
      await page.getByRole("button", { name: "Options for End-to-end vendor" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
      await page.getByText("End-to-end vendor was deleted.").waitFor();
      await page.getByRole("button", { name: "End-to-end vendor", exact: true }).waitFor({ state: "detached" });
    });
  }

  await check("the prices page is there", async () => {
    await page.getByRole("link", { name: "Prices" }).click();
    await page.getByRole("heading", { level: 1, name: "Prices" }).waitFor();
    await page.getByRole("button", { name: "New price" }).first().waitFor();
    await look(page, "prices");
  });

  let code = "";
  await check("a redeem code is generated and handed over", async () => {
    await page.getByRole("link", { name: "Codes", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Codes" }).waitFor();
    await page.getByRole("button", { name: "Generate codes" }).first().click();
    const form = page.getByRole("dialog", { name: "Generate redeem codes" });
    await form.getByLabel("Credits").fill("500");
    await form.getByRole("button", { name: "Generate", exact: true }).click();
    code = (await page.getByLabel("The codes", { exact: true }).innerText()).trim();
    ensure(/^nio-\w+$/.test(code), `this is no redeem code: ${code}`);
    await look(page, "codes-generated");
    await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
    await page.getByRole("row", { name: new RegExp(code) }).waitFor();
    await look(page, "codes");
  });

  await check("a plan is put together, looked over and saved", async () => {
    await page.getByRole("link", { name: "Plans", exact: true }).click();
    const basic = page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: "Basic" }) });
    await basic.waitFor();
    await basic.getByLabel("Price a month").fill("3");
    const sell = page.getByRole("switch", { name: "Sell plans" });
    if ((await sell.getAttribute("aria-checked")) === "false") {
      await sell.click();
    }
    await basic.getByRole("button", { name: "Add item" }).click();
    const item = page.getByRole("dialog", { name: "New item" });
    await item.getByLabel("Name").fill("End-to-end");
    await item.getByRole("checkbox").first().check();
    await item.getByRole("button", { name: "Apply" }).click();
    await look(page, "plans");
    await page.getByRole("button", { name: "Review and save" }).click();
    const review = page.getByRole("dialog", { name: "What changed" });
    await review.getByRole("button", { name: "Save" }).click();
    await page.getByText("The plans were saved.").waitFor();
    await review.waitFor({ state: "detached" });
  });

  await check("the request log shows the calls, and why one cost what it did", async () => {
    await page.getByRole("link", { name: "Requests", exact: true }).click();
    await page.getByRole("table").waitFor();
    await look(page, "requests");
    await page.getByRole("button", { name: /^Everything about the request/ }).first().click();
    const receipt = page.getByRole("dialog").getByRole("region", { name: "Receipt" });
    await receipt.waitFor();
    await receipt.getByRole("status").waitFor({ state: "detached" });
    ensure((await receipt.getByRole("alert").count()) === 0, "the receipt could not be loaded");
    await look(page, "request");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  await check("the wallet takes the code, and a plan is bought with it", async () => {
    await page.getByRole("button", { name: /Account menu/ }).click();
    await page.getByRole("menuitem", { name: "Wallet" }).click();
    await page.getByRole("button", { name: "Redeem a code" }).click();
    const redeem = page.getByRole("dialog", { name: "Redeem a code" });
    await redeem.getByLabel("Code").fill(code);
    await redeem.getByRole("button", { name: "Redeem", exact: true }).click();
    await redeem.getByText("500.00 credits were added to your balance.").waitFor();
    await redeem.getByRole("button", { name: "Done" }).click();
    await page.getByRole("tab", { name: "Monthly" }).click();
    await page.getByRole("button", { name: "Subscribe to Basic" }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^Pay / }).and(page.locator(":enabled")).click();
    await page.getByText("You have the plan Basic now.").waitFor();
    await page.getByRole("button", { name: "Renew Basic" }).waitFor();
    await page.getByRole("row", { name: /redeem code/ }).first().waitFor();
    await look(page, "wallet");
  });
  await context.close();

  const phone = await open(PHONE);
  await check("the phone layout signs in, chats and has its drawer", async () => {
    const { page: small } = phone;
    await small.goto(BASE);
    await signIn(small, PASSWORD);
    await small.getByRole("button", { name: /^Model: / }).waitFor();
    await look(small, "phone-new-chat");
    await small.getByLabel("Your message", { exact: true }).fill("Hello from a phone.");
    await small.getByRole("button", { name: "Send" }).click();
    await small.locator('article[aria-busy="false"]').waitFor({ timeout: ANSWER_WITHIN });
    await look(small, "phone-chat");
    await small.getByRole("button", { name: "Open the sidebar" }).click();
    await small.getByRole("dialog").waitFor();
    await look(small, "phone-drawer");
    await small.goto(`${BASE}/console/plugins`);
    await small.locator("main li h2").first().waitFor();
    await look(small, "phone-plugins");
    await small.goto(`${BASE}/console/vendors`);
    await small.getByRole("table").waitFor();
    await look(small, "phone-vendors");
    await small.goto(`${BASE}/console/channels`);
    await small.getByRole("table").waitFor();
    await look(small, "phone-channels");
    await small.goto(`${BASE}/console/routing`);
    await small.getByRole("heading", { name: "Response cache" }).waitFor();
    await look(small, "phone-routing");
    await small.goto(`${BASE}/wallet`);
    await small.getByRole("table").waitFor();
    await look(small, "phone-wallet");
    await small.goto(`${BASE}/console/requests`);
    await small.getByRole("table").waitFor();
    await look(small, "phone-requests");
    await small.goto(`${BASE}/console/plans`);
    await small.getByRole("heading", { name: "Basic" }).waitFor();
    await look(small, "phone-plans");
    await small.goto(`${BASE}/console/codes`);
    await small.getByRole("table").waitFor();
    await look(small, "phone-codes");
    const [wide, screen] = await small.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    ensure(wide <= screen, `the page is ${wide} px wide on a screen of ${screen} px`);
  });
  await phone.context.close();

  await check("the browser's console stayed free of errors", async () => {
    ensure(troubles.length === 0, troubles.join("\n"));
  });
} finally {
  await browser.close();
}

console.log(`screenshots in ${SHOTS}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
