/**
 * Where a device keeps what must not be lost and must not be seen: its private keys, and what it knows of rooms and of other users' keys. Values
 * are what a structured clone takes, private keys among them that nothing can read. One store for each user and device.
 */
export interface KeyStore {
  /** What was saved under a name; undefined when nothing was. */
  load(name: string): Promise<unknown>;
  /** Saves under a name, in place of what was there. It has to be durable when this ends. */
  save(name: string, value: unknown): Promise<void>;
}

/** Keeps it as long as the program runs. */
export function memoryKeys(): KeyStore {
  const kept = new Map<string, unknown>();
  return {
    load: (name) => Promise.resolve(kept.get(name)),
    save: (name, value) => Promise.resolve(void kept.set(name, value)),
  };
}

/**
 * Keeps it in the browser's IndexedDB.
 * @param name The database: one for each user.
 */
export function indexedDbKeys(name: string): KeyStore {
  const table = "p2p";
  let opening: Promise<IDBDatabase> | null = null;
  const open = () => (opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(table);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // Another page may want to remove the database: the next use opens it again.
      request.result.onversionchange = request.result.onclose = () => {
        request.result.close();
        opening = null;
      };
      resolve(request.result);
    };
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  }));
  return {
    async load(key) {
      const database = await open();
      return new Promise((resolve, reject) => {
        const request = database.transaction(table, "readonly").objectStore(table).get(key);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    },
    async save(key, value) {
      const database = await open();
      return new Promise((resolve, reject) => {
        const work = database.transaction(table, "readwrite", { durability: "strict" });
        work.objectStore(table).put(value, key);
        work.oncomplete = () => resolve();
        work.onerror = work.onabort = () => reject(work.error);
      });
    },
  };
}
