import { ConfigError } from "./config.js";

/** What listening may fail of, in words. */
export const listening = async <T>(what: Promise<T>, { port, host }: { port: number; host: string }): Promise<T> => {
  try {
    return await what;
  } catch (error) {
    const found = error as NodeJS.ErrnoException;
    const code = found.code ?? (found.cause as NodeJS.ErrnoException | undefined)?.code;
    if (code === "EADDRINUSE")
      throw new ConfigError([`Port ${port} is in use; choose another with --port, or 0 for any free one.`]);
    if (code === "EACCES") throw new ConfigError([`Port ${port} is not open to this user; choose one above 1023 with --port.`]);
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
      throw new ConfigError([
        `HOST ${host} is no address of this machine; choose 127.0.0.1 with --host, or 0.0.0.0 for all of them.`,
      ]);
    }
    throw error;
  }
};

/** How often, in milliseconds, a process that npm started looks whether npm is still there. */
const parentCheckMs = 500;

/**
 * `npm start` and `npx` run us below a shell that dies of a signal without passing it on, so a server would live on unseen. Below npm
 * the end of the parent counts as a signal.
 */
const onceOrphaned = (then: () => void): void => {
  if (process.env.npm_execpath === undefined || process.ppid === 1) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, parentCheckMs);
  timer.unref();
};

/**
 * Ends the process with SIGTERM or SIGINT, after `stop`, and with 0; so does the end of the npm that started it. A second signal ends it at
 * once. What nobody caught is one request's fault and is logged; it ends nobody else's.
 */
export const liveUntilSignal = (stop: () => Promise<void>, onFault: (error: unknown, message: string) => void): void => {
  let stopping = false;
  const end = () => {
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        onFault(error, "the server did not stop cleanly");
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => (stopping ? process.exit(1) : end()));
  onceOrphaned(() => {
    if (!stopping) end();
  });
  process.on("unhandledRejection", (error) => onFault(error, "a fault of this server that nobody caught"));
};
