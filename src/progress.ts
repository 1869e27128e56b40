/** Says on stderr what is being waited for once that takes longer than a second; on a terminal the line goes away again. */
export const withProgress = async <T>(says: string, what: Promise<T>): Promise<T> => {
  const { isTTY } = process.stderr;
  let isShown = false;
  const timer = setTimeout(() => {
    isShown = true;
    process.stderr.write(isTTY ? `${says} …` : `${says} …\n`);
  }, 1_000);
  try {
    return await what;
  } finally {
    clearTimeout(timer);
    if (isShown && isTTY) process.stderr.write("\r\u001b[2K");
  }
};
