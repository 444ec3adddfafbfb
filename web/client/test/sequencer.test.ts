import { expect, test } from "vitest";
import { ackEvents, createSequencer, earlyMax, holeMs, lagMax, type Sequencer, type Step } from "../src/events/sequencer.js";

interface Run {
  readonly sequencer: Sequencer<number>;
  readonly steps: Step<number>[];
  delivered(): number[];
  asked(): Step<number>[];
  acked(): number[];
}

function run(stored: { epoch: string; seq: number } | null = null): Run {
  const steps: Step<number>[] = [];
  const sequencer = createSequencer<number>(stored, (step) => steps.push(step));
  return {
    sequencer,
    steps,
    delivered: () => steps.flatMap((step) => (step.do === "deliver" ? [step.position.seq] : [])),
    asked: () => steps.filter((step) => step.do === "ask"),
    acked: () => steps.flatMap((step) => (step.do === "ack" ? [step.seq] : [])),
  };
}

test("Early events wait for their turn, and a young hole is not asked for", () => {
  const { sequencer, delivered, asked } = run();
  sequencer.connected("e", 0, 1, 0);
  for (const seq of [3, 2, 4]) sequencer.pushed(seq, seq, 10);
  sequencer.tick(10 + holeMs - 1);
  expect(asked()).toEqual([]);
  sequencer.pushed(1, 1, 10 + holeMs - 1);
  expect(delivered()).toEqual([1, 2, 3, 4]);
  expect(asked()).toEqual([]);
});

test("A hole older than 100 ms is asked for once", () => {
  const { sequencer, delivered, asked } = run();
  sequencer.connected("e", 0, 1, 0);
  sequencer.pushed(2, 2, 50);
  sequencer.tick(50 + holeMs);
  sequencer.tick(50 + 2 * holeMs);
  expect(asked()).toEqual([{ do: "ask", id: 1, after: { epoch: "e", seq: 0 } }]);
  sequencer.pageHeard(1, [{ seq: 1, event: 1 }], 2, 200);
  expect(delivered()).toEqual([1, 2]);
});

test("At most 256 early events are kept", () => {
  const { sequencer, delivered } = run();
  sequencer.connected("e", 0, 1, 0);
  for (let seq = 2; seq <= earlyMax + 10; seq++) sequencer.pushed(seq, seq, 1);
  sequencer.pushed(1, 1, 1);
  expect(delivered().length).toBe(earlyMax + 1);
});

test("Events are acknowledged after 32, or after 250 ms", () => {
  const { sequencer, acked } = run();
  sequencer.connected("e", 0, 1, 0);
  for (let seq = 1; seq < ackEvents; seq++) sequencer.pushed(seq, seq, 0);
  expect(acked()).toEqual([]);
  sequencer.pushed(ackEvents, 0, 0);
  expect(acked()).toEqual([ackEvents]);
  sequencer.pushed(ackEvents + 1, 0, 1_000);
  sequencer.tick(1_249);
  expect(acked()).toEqual([ackEvents]);
  sequencer.tick(1_250);
  expect(acked()).toEqual([ackEvents, ackEvents + 1]);
});

test("Beyond 1,024 unhandled events nothing is taken in until some end", () => {
  const { sequencer, delivered, asked } = run();
  sequencer.connected("e", 0, 1, 0);
  for (let seq = 1; seq <= lagMax + 5; seq++) sequencer.pushed(seq, seq, 0);
  expect(delivered().length).toBe(lagMax);
  sequencer.ended({ epoch: "e", seq: lagMax }, 1);
  // The first that found no room is read again, the others were early.
  sequencer.tick(1 + holeMs);
  expect(asked()).toEqual([{ do: "ask", id: 1, after: { epoch: "e", seq: lagMax } }]);
  sequencer.pageHeard(1, [{ seq: lagMax + 1, event: 0 }], lagMax + 5, 2 + holeMs);
  expect(delivered().length).toBe(lagMax + 5);
});

test("Another epoch, and a stream that was cut behind the position, are a resync", () => {
  const { sequencer, steps } = run({ epoch: "e", seq: 5 });
  sequencer.connected("f", 9, 1, 0);
  expect(steps[0]).toEqual({ do: "resync", position: { epoch: "f", seq: 9 } });
  const other = run({ epoch: "e", seq: 5 });
  other.sequencer.connected("e", 20, 7, 0);
  expect(other.steps[0]).toEqual({ do: "resync", position: { epoch: "e", seq: 20 } });
});

test("Whatever the network does, each event is delivered once and in order", () => {
  const seed = Date.now() % 1_000_000;
  let state = seed || 1;
  const chance = (of: number) => (state = (state * 48_271) % 2_147_483_647) % of;
  const delivered: number[] = [];
  let asked: Extract<Step<number>, { do: "ask" }> | null = null;
  const sequencer = createSequencer<number>(null, (step) => {
    if (step.do === "deliver") delivered.push(step.position.seq);
    if (step.do === "ask") asked = step;
  });
  const pending = () => asked as Extract<Step<number>, { do: "ask" }> | null;
  let [now, head, answered] = [0, 0, 0];
  const due: number[] = [];
  sequencer.connected("e", 0, 1, now);
  while (head < 3_000 || delivered.length < head) {
    now += chance(40);
    if (head < 3_000 && chance(2) === 0) {
      head++;
      // One in eight pushes is lost, others come late or twice.
      if (chance(8) > 0) due.push(head);
      if (chance(8) === 0) due.push(head);
    }

    if (due.length > 0 && chance(3) > 0) {
      const [seq = 0] = due.splice(chance(Math.min(due.length, 5)), 1);
      sequencer.pushed(seq, seq, now);
    }

    if (chance(200) === 0) {
      sequencer.lost();
      due.length = 0;
      sequencer.connected("e", head, 1, now);
    }

    if (head === 3_000) sequencer.headHeard("e", head, now);
    sequencer.tick(now);
    const ask = pending();
    if (ask && ask.id > answered && chance(3) === 0) {
      answered = ask.id;
      const page = Array.from({ length: Math.min(head - ask.after.seq, 50) }, (_, i) => ({ seq: ask.after.seq + 1 + i, event: 0 }));
      if (chance(5) === 0) sequencer.askFailed(ask.id, now);
      else sequencer.pageHeard(ask.id, page, head, now);
    }

    sequencer.ended({ epoch: "e", seq: delivered.at(-1) ?? 0 }, now);
    if (now > 5_000_000) throw new Error(`It never came to an end: seed ${seed}`);
  }

  expect(delivered, `seed ${seed}`).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 1));
});
