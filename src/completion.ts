import type { Command } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

interface Words {
  command: string;
  about: string;
  flags: { long: string; about: string }[];
}

const wordsOf = (program: Command): Words[] =>
  program.commands.map((command) => ({
    command: command.name(),
    about: command.description(),
    flags: command.options.flatMap(({ long, description }) => (long ? [{ long, about: description }] : [])),
  }));

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const bash = (name: string, words: readonly Words[]) => `# ${name} completion for bash: eval "$(${name} completion bash)"
_${name.replaceAll("-", "_")}() {
  local current="\${COMP_WORDS[COMP_CWORD]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${quoted(words.map(({ command }) => command).join(" "))} -- "$current"))
    return
  fi
  local flags=""
  case "\${COMP_WORDS[1]}" in
${words.map(({ command, flags }) => `    ${command}) flags=${quoted(flags.map(({ long }) => long).join(" "))} ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -f -W "$flags" -- "$current"))
}
complete -F _${name.replaceAll("-", "_")} ${name}
`;

const zsh = (name: string, words: readonly Words[]) => `#compdef ${name}
# ${name} completion for zsh: eval "$(${name} completion zsh)"
_${name.replaceAll("-", "_")}() {
  if (( CURRENT == 2 )); then
    local -a commands=(${words.map(({ command, about }) => quoted(`${command}:${about.replaceAll(":", " -")}`)).join(" ")})
    _describe 'command' commands
    return
  fi
  local -a flags=()
  case "$words[2]" in
${words.map(({ command, flags }) => `    ${command}) flags=(${flags.map(({ long, about }) => quoted(`${long}:${about.replaceAll(":", " -")}`)).join(" ")}) ;;`).join("\n")}
  esac
  _describe 'flag' flags
  _files
}
compdef _${name.replaceAll("-", "_")} ${name}
`;

const fish = (name: string, words: readonly Words[]) => `# ${name} completion for fish: ${name} completion fish | source
${words.map(({ command, about }) => `complete -c ${name} -n __fish_use_subcommand -a ${command} -d ${quoted(about)}`).join("\n")}
${words
  .flatMap(({ command, flags }) =>
    flags.map(
      ({ long, about }) =>
        `complete -c ${name} -n '__fish_seen_subcommand_from ${command}' -l ${long.slice(2)} -d ${quoted(about)}`,
    ),
  )
  .join("\n")}
`;

/** The completion script of a shell, made of the commands and flags as they are. */
export const completionFor = (shell: Shell, program: Command): string => {
  const words = wordsOf(program);
  return { bash, zsh, fish }[shell](program.name(), words);
};
