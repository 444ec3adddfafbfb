import type { Uuid } from "../generated/types.js";

/** A place in an event stream: everything up to it was handled. */
export interface Position {
  readonly epoch: Uuid;
  readonly seq: number;
}

/** Keeps the position of one user on one hub. Whoever stores it together with an event's effect handles each event exactly once. */
export interface PositionStore {
  /** What was saved last; null when nothing was. */
  load(): Position | null | Promise<Position | null>;
  /** Saves in place of what was there. */
  save(position: Position): void | Promise<void>;
}

/** Keeps it as long as the program runs: the next start begins at the newest event. */
export function memoryPositions(): PositionStore {
  let kept: Position | null = null;
  return { load: () => kept, save: (position) => void (kept = position) };
}

/**
 * Keeps it in the browser's local storage.
 * @param key One for each user and hub. Tabs that share one share its position: then each hears what was not handled when it began.
 */
export function localPositions(key: string, storage: Pick<Storage, "getItem" | "setItem"> = localStorage): PositionStore {
  return {
    load() {
      const [epoch, seq] = (storage.getItem(key) ?? "").split(" ");
      return epoch && seq && /^\d{1,16}$/.test(seq) ? { epoch, seq: Number(seq) } : null;
    },
    save: ({ epoch, seq }) => storage.setItem(key, `${epoch} ${seq}`),
  };
}
