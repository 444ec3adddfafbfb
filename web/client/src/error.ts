import type { ErrorCode } from "./generated/codes.js";
import type { Uuid } from "./generated/types.js";

const transient: readonly string[] = ["BUSY", "RATE_LIMITED", "TIMEOUT", "UNAVAILABLE", "DRAINING"];
const marker = "HubException: ";

/** The server refused, or could not be reached in time. Programs decide by `code` and never by the message. */
export class P2PError extends Error {
  /** One of the contract's codes, or a newer one. */
  readonly code: ErrorCode | (string & {});

  /** What the code's documentation names; its values are texts. Empty without any. */
  readonly details: Readonly<Record<string, unknown>>;

  /** How long to wait before a repeat, where the server says so. */
  readonly retryAfterMs: number | null;

  /**
   * The request id of the changing call that failed; absent for calls that change nothing. After TIMEOUT and UNAVAILABLE the change may have
   * happened: repeat the call with this id to learn that, or to have it happen. A call without it would act a second time.
   */
  requestId?: Uuid;

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "P2PError";
    this.code = code;
    this.details = details;
    this.retryAfterMs = milliseconds(details["retryAfterMs"]);
  }

  /** True when a repeat under the same request id may succeed. The client has repeated such a call already until its time was over. */
  get isTransient(): boolean {
    return transient.includes(this.code);
  }
}

/** The connection ended before an answer came. It never leaves the client. */
export class ConnectionLost extends Error {}

/** Reads a failed hub call's text, with or without SignalR's own prefix; null when it is no refusal of the server's. */
export function readRefusal(text: string): P2PError | null {
  const start = text.indexOf(marker);
  const body = start < 0 ? text : text.slice(start + marker.length);
  const parts = /^([A-Z0-9_]+)\|([^|]*)\|(.*)$/s.exec(body);
  if (!parts) return null;
  try {
    const details: unknown = JSON.parse(parts[3] ?? "");
    return isObject(details) ? new P2PError(parts[1] ?? "", parts[2] ?? "", details) : null;
  } catch {
    // Not our text after all: the caller reports it as it stands.
    return null;
  }
}

/** True for what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A refusal's details are texts, its numbers too; a number is understood as well. */
export function milliseconds(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
