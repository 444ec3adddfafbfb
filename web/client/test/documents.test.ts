import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { adminEvents, adminSignals } from "../src/generated/admin.js";
import { tradeEvents, tradeSignals } from "../src/generated/trade.js";

const read = (name: string) => readFileSync(new URL(`../../../docs/api/${name}`, import.meta.url), "utf8");

test("The hubs' document is good AsyncAPI 3", async () => {
  const { document, diagnostics } = await new Parser().parse(read("asyncapi.json"));
  expect(diagnostics.filter(({ severity }) => severity <= 1).map(({ message, path }) => `${path.join(".")}: ${message}`)).toEqual([]);
  expect(document?.version()).toBe("3.0.0");
  const names = document!.operations().all().map((operation) => operation.id());
  for (const event of [...tradeEvents, ...tradeSignals]) expect(names).toContain(`trade.${event}`);
  for (const event of [...adminEvents, ...adminSignals]) expect(names).toContain(`admin.${event}`);
  expect(names).toContain("trade.CreateOrder");
}, 60_000);

test("The REST document is good OpenAPI 3.1", async () => {
  const validator = new Validator();
  const result = await validator.validate(JSON.parse(read("openapi.json")) as Record<string, unknown>);
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("A document with a mistake is refused", async () => {
  const hubs = JSON.parse(read("asyncapi.json")) as { operations: Record<string, { action: string }>; components: object; channels: object };
  hubs.operations = { "trade.CreateOrder": { ...hubs.operations["trade.CreateOrder"]!, action: "shout" } };
  const { document } = await new Parser().parse(JSON.stringify(hubs));
  expect(document).toBeUndefined();
  const rest = JSON.parse(read("openapi.json")) as { paths: Record<string, unknown> };
  rest.paths["/api/p2p/ticket"] = { post: { responses: { 200: {} } } };
  expect((await new Validator().validate(rest as Record<string, unknown>)).valid).toBe(false);
}, 60_000);
