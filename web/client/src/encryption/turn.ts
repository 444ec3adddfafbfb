/** Lets one piece of work follow on the other. */
export type Turn = <T>(work: () => Promise<T>) => Promise<T>;

/** Makes a queue of its own. */
export function createTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
