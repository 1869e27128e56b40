import { type Breaker, withBreaker } from "./breaker.js";
import type { Tenant } from "./tenant.js";
import { openTransport, type TransportOptions } from "./transport.js";

export interface NetworkOptions extends TransportOptions {
  /** Milliseconds for which a failing tenant is left alone before it is tried again. */
  breakMs: number;
}

/** The connection to one tenant, which all its sessions share. */
export interface Network extends Breaker {
  readonly tenant: Tenant;
  close(): Promise<void>;
}

export const openNetwork = (tenant: Tenant, options: NetworkOptions): Network => {
  const transport = openTransport(tenant, options);
  const breaker = withBreaker(transport.send, options.breakMs);
  return {
    tenant,
    send: breaker.send,
    get isOpen() {
      return breaker.isOpen;
    },
    close: () => transport.close(),
  };
};
