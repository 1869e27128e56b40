import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { FastifyInstance } from "fastify";
import { refusal } from "../execution/refusal.js";

const decoders: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const refused = (status: number, message: string) => refusal("BAD_REQUEST", message, {}, status);

/** What is said of a body over the limit, which is in bytes. */
export const tooLarge = (limit: number) => refused(413, `The body is larger than this server takes: ${limit} bytes.`);

const decoded = async (body: Buffer, encoding: string, limit: number): Promise<Buffer> => {
  const decode = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  if (!decode) throw refused(415, "Content-Encoding: bodies are taken as they are, or packed by gzip, deflate or br.");
  try {
    return await decode(body, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(limit);
    throw refused(400, `The body is not packed by ${encoding}, as Content-Encoding says it is.`);
  }
};

/** Reads JSON bodies: packed ones too, and with the byte order mark that some editors and .NET put before them. */
export const readBodies = (scope: FastifyInstance, limit: number): void => {
  scope.removeAllContentTypeParsers();
  const parse = scope.getDefaultJsonParser("error", "error");
  scope.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer", bodyLimit: limit }, (request, body, done) => {
    const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
    const parsed = (bytes: Buffer) => {
      const text = bytes.toString("utf8");
      parse(request, text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, done);
    };
    if (encoding === "identity") parsed(body);
    else decoded(body, encoding, limit).then(parsed, done);
  });
};
