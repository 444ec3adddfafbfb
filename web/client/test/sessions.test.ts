import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createAdminClient, createTradeClient, memoryPositions, P2PError, type HubClient, type PositionStore } from "../src/index.js";
import { eventually, stage, url } from "./stage.js";

type Json = Record<string, unknown>;
type AnyClient = HubClient<Record<string, (...args: unknown[]) => Promise<unknown>>, Record<string, unknown>, Record<string, unknown>>;

interface Player {
  readonly client: AnyClient;
  readonly heard: (Json | string)[];
  told: number;
}

const folder = new URL("../../../P2P.Tests/Web/Sessions/", import.meta.url);

// What each session must look like is compared by P2P.Tests/Web/SessionTests, with what the .NET SDK saw.
test("Every recorded session is played to its end", async () => {
  const names = readdirSync(folder).map((name) => name.replace(".json", ""));
  expect(names.length).toBeGreaterThan(5);
  const failed: string[] = [];
  await Promise.all(
    names.map(async (name) => {
      try {
        const { steps } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as { steps: Json[] };
        await stage("observed", { session: name, observations: await play(steps) });
      } catch (error) {
        failed.push(`${name}: ${String(error)}`);
      }
    }),
  );
  expect(failed).toEqual([]);
}, 60_000);

async function play(steps: readonly Json[]): Promise<Json[]> {
  const [known, players] = [new Map<string, unknown>(), new Map<string, Player>()];
  const [positions, observed] = [new Map<string, PositionStore>(), [] as Json[]];
  const keep = (step: Json, answer: unknown) => void (typeof step["as"] === "string" && known.set(step["as"], answer));
  const playerOf = (name: unknown) => players.get(String(name))!;
  const see = async (seen: Json, act: () => Promise<Json>) => {
    const more = await act().catch((error: unknown) => {
      if (!(error instanceof P2PError)) throw error;
      return { refused: error.code, details: error.details };
    });
    observed.push({ ...seen, ...more });
  };
  for (const raw of steps) {
    const step = filled(raw, known) as Json;
    const { stage: verb, client, connect, call, hear, close } = step;
    if (verb) keep(step, await stage(String(verb), (step["with"] as Json | undefined) ?? {}));
    else if (client) players.set(String(client), make(step, positions));
    else if (connect) {
      await see({ connect }, async () => {
        await playerOf(connect).client.connect();
        return { state: "connected" };
      });
    } else if (call) {
      await see({ call }, async () => {
        const method = String(call).replace(/^./, (letter) => letter.toLowerCase());
        const answer = await playerOf(step["by"]).client.calls[method]!(...((step["arguments"] as unknown[] | undefined) ?? []));
        keep(step, answer);
        return answer === undefined ? {} : { answer };
      });
    } else if (hear) {
      const player = playerOf(step["by"]);
      await eventually(() => player.heard.length >= Number(hear), `heard ${String(hear)}`);
      observed.push({ heard: player.heard.slice(player.told) });
      player.told = player.heard.length;
    } else if (close) await playerOf(close).client.close();
    else throw new Error(`No client plays ${JSON.stringify(step)}.`);
  }

  await Promise.all([...players.values()].map(({ client }) => client.close()));
  return observed;
}

function make(step: Json, positions: Map<string, PositionStore>): Player {
  const store = String(step["positions"] ?? "");
  if (store && !positions.has(store)) positions.set(store, memoryPositions());
  const options = {
    url: String(step["url"] ?? url),
    token: () => String(step["token"]),
    backoffMinMs: 10,
    backoffMaxMs: 200,
    callTimeoutMs: 10_000,
    ...(store ? { positions: positions.get(store)! } : {}),
  };
  const client = (step["hub"] === "admin" ? createAdminClient(options) : createTradeClient(options)) as unknown as AnyClient;
  const heard: (Json | string)[] = [];
  for (const type of (step["hears"] as string[] | undefined) ?? []) {
    client.on(type, ({ head, body, text }) => void heard.push(step["sees"] ? `${type} ${head.seq}` : { type, head, body, text }));
  }

  client.onResync(({ seq }) => void heard.push({ resync: seq }));
  return { client, heard, told: 0 };
}

/** The step with what earlier steps answered put in. */
function filled(value: unknown, known: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, known));
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one, known)]));
  if (typeof value !== "string" || !value.startsWith("$")) return value;
  const [name = "", ...path] = value.slice(1).split(".");
  return path.reduce<unknown>((at, part) => (at as Json | undefined)?.[part], known.get(name));
}
