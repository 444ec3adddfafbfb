import { build } from "esbuild";
import type { Browser, BrowserContext, BrowserType, Page } from "playwright-core";
import { url } from "./stage.js";

// Chromium in Debian's own build, at the address from which pages of the tests come: it counts as a secure one, and leads to the server.
const origin = "http://p2p.localhost";
const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self' ws://p2p.localhost; base-uri 'none'; " +
  "form-action 'none'; require-trusted-types-for 'script'";

let made: Promise<string> | null = null;

/** The client as one script, which names itself `p2p`. */
export function bundled(): Promise<string> {
  return (made ??= build({
    entryPoints: [new URL("../src/index.ts", import.meta.url).pathname],
    bundle: true,
    format: "iife",
    globalName: "p2p",
    minify: true,
    write: false,
  }).then(({ outputFiles }) => outputFiles[0]!.text));
}

/** Starts Chromium. */
export function browserOf(type: BrowserType, args: readonly string[] = []): Promise<Browser> {
  return type.launch({
    executablePath: process.env["P2P_CHROMIUM"] ?? "/usr/bin/chromium",
    // Root has no sandbox of its own; the pages are ours.
    args: ["--no-sandbox", `--host-resolver-rules=MAP p2p.localhost:80 ${new URL(url).host}`, ...args],
  });
}

/** Pages that a test serves itself count as coming from outside, the server as a machine of the house. */
export function newContext(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ permissions: ["local-network-access"] });
}

/** A page of the server's own origin, under the policy that pages have. */
export async function open(browser: Browser, context?: BrowserContext): Promise<{ page: Page; faults: string[] }> {
  const bundle = await bundled();
  const page = await (context ?? (await newContext(browser))).newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  // The server has no icon for pages.
  page.on("console", (message) => message.type() === "error" && !message.location().url.endsWith("favicon.ico") && faults.push(message.text()));
  await page.route(`${origin}/page/*`, (route) =>
    route.fulfill(
      route.request().url().endsWith(".js")
        ? { contentType: "text/javascript", body: bundle }
        : {
            contentType: "text/html",
            headers: { "Content-Security-Policy": policy },
            body: '<!doctype html><title>p2p</title><script src="/page/p2p.js"></script>',
          },
    ),
  );
  await page.goto(`${origin}/page/index.html`);
  return { page, faults };
}
