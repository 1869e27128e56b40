type Environment = Readonly<Record<string, string | undefined>>;

const setIn = (environment: Environment, name: string): string | undefined =>
  (environment[name.toLowerCase()] ?? environment[name])?.trim() || undefined;

const isThisMachine = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);

/** Whether a host is one of NO_PROXY's: `*`, a host, a domain with all below it, each perhaps with a port. */
const isExcepted = ({ hostname, port, protocol }: URL, list: string): boolean =>
  list
    .split(/[,\s]+/)
    .filter(Boolean)
    .some((entry) => {
      const [, name = "", wanted] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
      const domain = name.replace(/^\*?\./, "");
      const isPort = !wanted || wanted === (port || (protocol === "https:" ? "443" : "80"));
      return isPort && (name === "*" || hostname === domain || hostname.endsWith(`.${domain}`));
    });

/**
 * The proxy that the environment names for an address (HTTPS_PROXY, HTTP_PROXY, NO_PROXY, in small letters too); undefined for none. Addresses
 * of this machine never go through one. Throws where the proxy is no URL.
 */
export const proxyFor = (address: string, environment: Environment = process.env): URL | undefined => {
  const url = new URL(address);
  const [secure, plain] = [setIn(environment, "HTTPS_PROXY"), setIn(environment, "HTTP_PROXY")];
  const named = url.protocol === "https:" ? (secure ?? plain) : plain;
  if (!named || isThisMachine(url.hostname) || isExcepted(url, setIn(environment, "NO_PROXY") ?? "")) return undefined;
  const proxy = named.includes("://") ? named : `http://${named}`;
  if (URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol)) return new URL(proxy);
  throw new TypeError("HTTPS_PROXY and HTTP_PROXY must be URLs such as http://proxy.acme.com:3128.");
};
