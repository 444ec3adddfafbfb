import { HttpTransportType, HubConnectionBuilder, HubConnectionState, LogLevel } from "@microsoft/signalr";
import { ConnectionLost, P2PError, readRefusal } from "../error.js";
import { limits } from "../generated/codes.js";
import type { ConnectedInfo, EventHead } from "../generated/types.js";
import { below, type CheckedOptions } from "../options.js";
import type { Rest } from "../rest.js";
import { deferred, delay, orAborted, within } from "../waiting.js";

const lossSeenMaxMs = 250;
const stopMaxMs = 2_000;

/** Hears what one connection brings, in the order in which it came. */
export interface SessionListener {
  connected(session: Session, info: ConnectedInfo): void;
  pushed(session: Session, type: string, head: EventHead, body: unknown, text: string | null): void;
  head(session: Session, epoch: string, seq: number): void;
  signal(session: Session, type: string, body: unknown): void;
  lost(session: Session): void;
}

/** What a hub's clients hear, by name. */
export interface Heard {
  readonly events: readonly string[];
  readonly signals: readonly string[];
}

/** One connection to a hub from its first message to its end. It is never opened again: the next one is another session. */
export interface Session {
  /** Calls and waits for the answer; fails with `P2PError`, or `ConnectionLost` when the connection ended before. */
  invoke<T>(method: string, args: readonly unknown[]): Promise<T>;
  /** Calls without waiting for an answer. */
  send(method: string, args: readonly unknown[]): Promise<void>;
  /** Ends with the connection, and says why where that is known. */
  readonly ended: Promise<Error | null>;
  close(): Promise<void>;
}

/** Opens a connection with a ticket of its own; ends when the server has said `Connected`. */
export async function openSession(
  options: CheckedOptions,
  rest: Rest,
  path: string,
  heard: Heard,
  listener: SessionListener,
  signal: AbortSignal,
): Promise<Session> {
  const ticket = (await rest.json("POST", "api/p2p/ticket", signal))["ticket"];
  const url = below(options.url, path);
  // In the address itself: only browsers would put SignalR's own token there, and a ticket is taken nowhere else.
  url.search = new URLSearchParams({ v: String(limits.contractVersion), access_token: String(ticket) }).toString();
  const connection = new HubConnectionBuilder()
    .withUrl(url.href, { transport: HttpTransportType.WebSockets, skipNegotiation: true, withCredentials: false })
    .configureLogging(LogLevel.None)
    .withServerTimeout(options.serverTimeoutMs)
    .withKeepAliveInterval(options.serverTimeoutMs / 2)
    .build();
  const [connected, ended] = [deferred<ConnectedInfo>(), deferred<Error | null>()];
  let isOver = false;
  let closing: P2PError | null = null;
  const session: Session = {
    invoke: (method, args) => call(() => connection.invoke(method, ...args)),
    send: (method, args) => call(() => connection.send(method, ...args)),
    ended: ended.promise,
    close: stop,
  };

  /** Nobody waits for ever for a connection that does not end. */
  async function stop(): Promise<void> {
    const late = new AbortController();
    await Promise.race([connection.stop().catch(() => undefined), delay(stopMaxMs, late.signal).catch(() => undefined)]);
    late.abort();
  }

  async function call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const refused = readRefusal(cause instanceof Error ? cause.message : String(cause));
      if (refused) throw refused;
      // SignalR fails the calls of a lost connection a moment before it tells of the loss.
      if (!isOver) await Promise.race([ended.promise, delay(lossSeenMaxMs)]);
      if (isOver || connection.state !== HubConnectionState.Connected) throw new ConnectionLost("The connection ended.", { cause });
      throw new P2PError("INTERNAL", cause instanceof Error ? cause.message : String(cause), {}, cause);
    }
  }

  connection.onclose((error) => {
    isOver = true;
    ended.resolve(closing ?? error ?? null);
  });
  connection.on("Connected", (info: ConnectedInfo) => {
    listener.connected(session, info);
    connected.resolve(info);
  });
  connection.on("ConnectionRefused", (code: string, message: string) => connected.reject((closing = new P2PError(code, message))));
  connection.on("ConnectionClosing", (code: string, message: string) => void (closing = new P2PError(code, message)));
  connection.on("Head", (epoch: string, seq: number) => listener.head(session, epoch, seq));
  for (const type of heard.events) {
    connection.on(type, (head: EventHead | null, body: unknown, text?: string | null) => {
      // One without a head or body is not taken: the hole is then read from the stream.
      if (head && body) listener.pushed(session, type, head, body, text ?? null);
    });
  }

  for (const type of heard.signals) connection.on(type, (body: unknown) => listener.signal(session, type, body));

  const closedAtOnce = ended.promise.then((why) => {
    throw why instanceof P2PError ? why : new ConnectionLost("The server closed the connection at once.", { cause: why });
  });
  closedAtOnce.catch(() => undefined);
  const late = () => new P2PError("UNAVAILABLE", "The connection did not stand in time.");
  try {
    const standing = connection.start().then(() => Promise.race([connected.promise, closedAtOnce]));
    await orAborted(within(standing, options.connectTimeoutMs, late), signal);
    return session;
  } catch (error) {
    await stop();
    // A refused connection may be closed before SignalR's start has ended, which then tells of the closing alone.
    throw signal.aborted ? error : (closing ?? error);
  }
}
