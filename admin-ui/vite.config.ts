import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const server = process.env.PATCHBAY_URL ?? "http://localhost:8094";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    port: 5173,
    proxy: {
      "/api": { target: server },
      "/v1": { target: server },
    },
  },
  build: {
    target: "es2022",
    // Fonts and images stay files of their own: the content security policy of the server forbids data: fonts.
    assetsInlineLimit: 0,
    manifest: true,
    rollupOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
        // Libraries that every page needs change rarely: in files of their own they stay in the browser's cache from release to release.
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](?:react|react-dom|scheduler)[\\/]/ },
            { name: "platform", test: /node_modules[\\/](?:@tanstack|zod|i18next|react-i18next|zustand|idb|clsx|tailwind-merge|class-variance-authority)[\\/]/ },
          ],
        },
      },
    },
  },
  test: {
    restoreMocks: true,
    unstubGlobals: true,
    testTimeout: 20_000,
    // By itself it leaves one processor to others, which of two is half.
    maxWorkers: "100%",
    projects: [
      // Parsers, reducers and models need no page, and start much faster without one.
      { extends: true, test: { name: "pure", environment: "node", include: ["src/**/*.test.ts"] } },
      { extends: true, test: { name: "pages", environment: "jsdom", include: ["src/**/*.test.tsx"], setupFiles: ["src/testing/setup.ts"] } },
    ],
  },
});
