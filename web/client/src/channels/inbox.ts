/** What waits to be read, in order; read once, by one reader. */
export interface Inbox<T> {
  /** How many wait. */
  readonly count: number;
  put(value: T): void;
  /** Nothing more comes: a reader ends after what waits. */
  end(): void;
  /** Reads to the end, until the reader leaves or the signal is aborted. */
  read(signal?: AbortSignal): AsyncIterableIterator<T>;
}

/** Makes an empty one. */
export function createInbox<T>(): Inbox<T> {
  let waiting: T[] = [];
  let at = 0;
  let hasEnded = false;
  let wake: () => void = () => undefined;

  async function* read(signal?: AbortSignal): AsyncGenerator<T, void, undefined> {
    const aborted = () => wake();
    signal?.addEventListener("abort", aborted);
    try {
      while (true) {
        signal?.throwIfAborted();
        if (at < waiting.length) {
          const next = waiting[at++]!;
          if (at === waiting.length) [waiting, at] = [[], 0];
          yield next;
        } else if (hasEnded) {
          return;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    } finally {
      signal?.removeEventListener("abort", aborted);
    }
  }

  return {
    get count() {
      return waiting.length - at;
    },
    put(value) {
      if (hasEnded) return;
      waiting.push(value);
      wake();
    },
    end() {
      hasEnded = true;
      wake();
    },
    read,
  };
}
