import "./styles.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { preloadMarkdown } from "@/components/markdown";
import { startI18n } from "@/lib/i18n";
import { keepTheme } from "@/lib/preferences";
import { followOtherTabs } from "@/lib/session";
import { Providers } from "./providers";
import { createQueries } from "./queries";
import { createAppRouter } from "./router";
import { keepSession } from "./session-keeper";

const root = document.getElementById("root");
if (!root) {
  throw new Error("index.html has no element with the id 'root'");
}

// Without this the schema library tries whether it may compile code, which the content security policy forbids and reports.
z.config({ jitless: true });

keepTheme();
followOtherTabs();
const queries = createQueries();
const router = createAppRouter(queries);
keepSession(queries, router);
await startI18n();

createRoot(root).render(
  <StrictMode>
    <Providers queries={queries}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
preloadMarkdown();
