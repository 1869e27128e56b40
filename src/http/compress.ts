import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";
import Negotiator from "negotiator";

/** Texts shorter than that gain nothing by being packed. */
const smallest = 1_400;

const brotli = promisify(brotliCompress);
const pack = promisify(gzip);

/** Off the event loop. Levels at which an answer of some megabytes is packed in less time than a network takes to carry it. */
const encoders = {
  br: (text: Buffer) =>
    brotli(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }),
  gzip: (text: Buffer) => pack(text, { level: 5 }),
};

type Encoding = keyof typeof encoders;

const encodingFor = (accept: string | undefined): Encoding | undefined => {
  if (accept === undefined) return undefined;
  const found = new Negotiator({ headers: { "accept-encoding": accept } }).encoding(["br", "gzip", "identity"]);
  return found === "br" || found === "gzip" ? found : undefined;
};

/** Packs a text that does not change once for each encoding, when first asked for. Gives it plain where it is not to be packed. */
export const packedOnce = (text: string) => {
  const packed = new Map<Encoding, Promise<Buffer>>();
  return async (accept: string | undefined): Promise<{ body: string | Buffer; encoding?: Encoding }> => {
    const encoding = encodingFor(accept);
    if (!encoding) return { body: text };
    const body = packed.get(encoding) ?? encoders[encoding](Buffer.from(text));
    packed.set(encoding, body);
    return { body: await body, encoding };
  };
};

/** Packs the answers of a scope by brotli or gzip, as the client takes it. */
export const compressAnswers = (scope: FastifyInstance): void => {
  scope.addHook("onSend", (request, reply, payload, next) => {
    const isText = typeof payload === "string" && payload.length >= smallest && !reply.hasHeader("content-encoding");
    const encoding = isText ? encodingFor(request.headers["accept-encoding"]) : undefined;
    if (!encoding || !isText) {
      next(null, payload);
      return;
    }
    encoders[encoding](Buffer.from(payload)).then(
      (packed) => {
        reply.header("content-encoding", encoding).removeHeader("content-length");
        next(null, packed);
      },
      (error: Error) => next(error),
    );
  });
};
