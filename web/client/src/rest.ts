import { isObject, P2PError } from "./error.js";
import { below, type CheckedOptions } from "./options.js";
import { orAborted } from "./waiting.js";

/** The REST paths: a token for each call, and refusals as `P2PError`. */
export interface Rest {
  /** The answer's `data`. */
  json(method: string, path: string, signal?: AbortSignal, body?: unknown): Promise<Record<string, unknown>>;
  /** The answer itself, of a call that succeeded. */
  fetch(method: string, path: string, init?: RequestInit): Promise<Response>;
  /** Where and how to call: for whoever cannot use fetch. */
  prepare(path: string, signal?: AbortSignal): Promise<{ url: string; authorization: string }>;
}

/** Makes the calls of one user. */
export function createRest(options: CheckedOptions): Rest {
  const prepare = async (path: string, signal?: AbortSignal) => {
    const never = signal ?? new AbortController().signal;
    const token = await orAborted(Promise.resolve(options.token(never)), signal);
    return { url: below(options.url, path).href, authorization: `Bearer ${token}` };
  };
  const call = async (method: string, path: string, init: RequestInit = {}) => {
    const signal = init.signal ?? undefined;
    const { url, authorization } = await prepare(path, signal);
    const headers = new Headers(init.headers);
    headers.set("Authorization", authorization);
    const time = AbortSignal.timeout(options.callTimeoutMs);
    let response: Response;
    try {
      response = await fetch(url, {
        ...init,
        method,
        headers,
        redirect: "error",
        credentials: "omit",
        cache: "no-store",
        signal: signal ? AbortSignal.any([signal, time]) : time,
      });
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      if (time.aborted) throw new P2PError("TIMEOUT", "There is no answer in time.", {}, cause);
      throw new P2PError("UNAVAILABLE", "The server could not be reached, or the connection broke off.", {}, cause);
    }

    if (response.ok) return response;
    throw refusal(response.status, await response.text().catch(() => ""), response.headers.get("Retry-After"));
  };
  return {
    prepare,
    fetch: call,
    async json(method, path, signal, body) {
      const init: RequestInit = { signal: signal ?? null };
      if (body !== undefined) {
        init.body = JSON.stringify(body);
        init.headers = { "Content-Type": "application/json" };
      }

      return dataOf(await (await call(method, path, init)).text());
    },
  };
}

/** The `data` of an answer's text. */
export function dataOf(text: string): Record<string, unknown> {
  const answer = parse(text);
  if (isObject(answer) && isObject(answer["data"])) return answer["data"];
  throw new P2PError("UNAVAILABLE", "The server's answer cannot be read: whether the call happened is unknown.");
}

/** What a failed call says. */
export function refusal(status: number, text: string, retryAfter: string | null): P2PError {
  const details = retryAfter && /^\d{1,9}$/.test(retryAfter) ? { retryAfterMs: Number(retryAfter) * 1_000 } : {};
  const body = parse(text);
  if (isObject(body) && typeof body["code"] === "string" && typeof body["error"] === "string") {
    return new P2PError(body["code"], body["error"], details);
  }

  // Something between us and the server answered in its own words: the status says all that there is.
  const code = status >= 500 ? "UNAVAILABLE" : status === 401 ? "UNAUTHENTICATED" : status === 429 ? "RATE_LIMITED" : "BAD_INPUT";
  return new P2PError(code, `The server answered ${status}.`, details);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No JSON: the callers know what to say then.
    return null;
  }
}
