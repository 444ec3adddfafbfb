import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { clientOf, eventually, person, stage, url } from "./stage.js";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test("The client has at most 40 kB without SignalR", async () => {
  const made = await build({
    entryPoints: [new URL("../src/index.ts", import.meta.url).pathname],
    bundle: true,
    format: "esm",
    minify: true,
    write: false,
    external: ["@microsoft/signalr"],
  });
  const bytes = gzipSync(made.outputFiles[0]!.contents, { level: 9 }).length;
  console.log(`${bytes} bytes`);
  expect(bytes).toBeLessThan(40_000);
  expect(bytes).toBeGreaterThan(10_000);
});

test("It depends on SignalR alone", () => {
  const manifest = JSON.parse(read("package.json")) as { dependencies: Record<string, string>; devDependencies: Record<string, string> };
  expect(Object.keys(manifest.dependencies)).toEqual(["@microsoft/signalr"]);
  // Nothing floats: what was tested is what is installed.
  for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies })) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

test("The lock file names no address", () => {
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, { resolved?: string; integrity?: string }> };
  const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
  expect(packages.length).toBeGreaterThan(50);
  expect(packages.filter(([, one]) => one.resolved !== undefined)).toEqual([]);
  expect(packages.filter(([, one]) => one.integrity === undefined)).toEqual([]);
  expect(read(".npmrc")).toContain("omit-lockfile-registry-resolved=true");
});

test("No file that a person wrote is longer than a reader bears", () => {
  const files = readdirSync(new URL("../src", import.meta.url), { recursive: true, encoding: "utf8" });
  const written = files.filter((file) => file.endsWith(".ts") && !file.startsWith("generated"));
  expect(written.length).toBeGreaterThan(20);
  for (const file of written) {
    const lines = read(`src/${file}`).split("\n");
    expect(lines.length, file).toBeLessThanOrEqual(400);
    for (const line of lines) expect(line.length, `${file}: ${line}`).toBeLessThanOrEqual(150);
  }
});

test("The lines in the README are these, and place an order as they stand", async () => {
  const lines = read("test/readme.ts");
  expect(/```ts\n(.*?)```/s.exec(read("README.md"))?.[1]).toBe(lines);
  expect(lines.split("\n").filter((line) => line !== "").length).toBeLessThanOrEqual(12);
  const [buyer, seller] = [await person("buyer"), await person("seller", 10)];
  await stage("ad", { name: seller.name });
  const program = await build({
    entryPoints: [new URL("readme.ts", import.meta.url).pathname],
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["@microsoft/signalr"],
    outfile: new URL("../node_modules/.vite/readme.mjs", import.meta.url).pathname,
  });
  expect(program.errors).toEqual([]);
  const running = spawn(process.execPath, [new URL("../node_modules/.vite/readme.mjs", import.meta.url).pathname, url, buyer.token]);
  let output = "";
  running.stdout.on("data", (data) => (output += String(data)));
  running.stderr.on("data", (data) => (output += String(data)));
  await eventually(() => output.includes("\n") || running.exitCode !== null, "the order is placed");
  expect(output).toBe("place: awaitingPayment, 10 KES\n");
  const client = clientOf(buyer);
  await client.connect();
  await client.calls.cancelOrder({ orderId: (await client.calls.listOrders({})).items[0]!.state.id });
  await eventually(() => running.exitCode !== null, "the program ends by itself");
  expect(output).toBe("place: awaitingPayment, 10 KES\ncancel: cancelled, 10 KES\n");
  await client.close();
});
