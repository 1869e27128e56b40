import { badInput } from "../../affise/error/error.js";
import type { FileInput } from "../../generated/schema.js";

/** How large a file may be, in bytes: as Base64 it has to fit into a request, and the server takes requests of 1 MiB. */
export const maxFileBytes = 750_000;

const typeByEnding: Record<string, string> = {
  gif: "image/gif",
  html: "text/html",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  mp4: "video/mp4",
  png: "image/png",
  svg: "image/svg+xml",
  webm: "video/webm",
  webp: "image/webp",
  zip: "application/zip",
};

/** A file out of the request, ready for a multipart body. Throws BAD_USER_INPUT naming what is wrong with it, before anything is sent. */
export const file = ({ name, contentType, base64 }: FileInput, argument: string): File => {
  if (!/^[^/\\\p{Cc}]{1,200}$/u.test(name))
    throw badInput(`${argument}.name`, `${argument}.name is no name of a file; it is like banner.png.`);
  const type = contentType ?? typeByEnding[name.slice(name.lastIndexOf(".") + 1).toLowerCase()];
  if (!type)
    throw badInput(`${argument}.contentType`, `${argument}.contentType is needed: the file's name does not tell its kind.`);
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(type))
    throw badInput(`${argument}.contentType`, `${argument}.contentType is no kind of file; it is like image/png.`);
  const plain = base64.replaceAll(/\s/g, "");
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain) || plain.length % 4 !== 0)
    throw badInput(`${argument}.base64`, `${argument}.base64 is no Base64 text.`);
  if ((plain.length / 4) * 3 > maxFileBytes + 2)
    throw badInput(`${argument}.base64`, `${argument}.base64 is too large; a file may have 750 kB.`);
  return new File([Buffer.from(plain, "base64")], name, { type });
};

/** As `file`, for pictures only. */
export const picture = (input: FileInput, argument: string): File => {
  const made = file(input, argument);
  if (!made.type.startsWith("image/"))
    throw badInput(`${argument}.contentType`, `${argument}.contentType is ${made.type}; a picture is needed.`);
  return made;
};
