import type { Send } from "../request/request.js";
import { withBreaker } from "./breaker.js";
import type { Tenant } from "./tenant.js";
import { openTransport, type TransportOptions } from "./transport.js";

export interface NetworkOptions extends TransportOptions {
  /** Milliseconds for which a failing tenant is left alone before it is tried again; 0 for never. */
  breakMs: number;
}

/** The connection to one tenant, which all its sessions share. */
export interface Network {
  readonly tenant: Tenant;
  readonly send: Send;
  close(): Promise<void>;
}

export const openNetwork = (tenant: Tenant, options: NetworkOptions): Network => {
  const transport = openTransport(tenant, options);
  const send = options.breakMs > 0 ? withBreaker(transport.send, options.breakMs) : transport.send;
  return { tenant, send, close: () => transport.close() };
};
