import type { Command } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

interface Words {
  command: string;
  about: string;
  /** What may stand as its argument, where that is one of a few words. */
  choices: readonly string[];
  flags: { long: string; about: string }[];
}

const wordsOf = (program: Command): Words[] => [
  ...program.commands.map((command) => ({
    command: command.name(),
    about: command.description(),
    choices: command.registeredArguments[0]?.argChoices ?? [],
    flags: [
      ...command.options.flatMap(({ long, description }) => (long ? [{ long, about: description }] : [])),
      { long: "--help", about: "shows its flags and examples" },
    ],
  })),
  { command: "help", about: "tells of a command", choices: program.commands.map((command) => command.name()), flags: [] },
];

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const bash = (name: string, words: readonly Words[]) => `# ${name} completion for bash: eval "$(${name} completion bash)"
_${name.replaceAll("-", "_")}() {
  local IFS=$'\\n' current="\${COMP_WORDS[COMP_CWORD]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words=${quoted([...words.map(({ command }) => command), "--help", "--version"].join("\n"))}
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${words.map(({ command, choices, flags }) => `    ${command}) words=${quoted([...choices, ...flags.map(({ long }) => long)].join("\n"))} ;;`).join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"; compgen -f -- "$current"))
}
complete -o filenames -F _${name.replaceAll("-", "_")} ${name}
`;

const zsh = (name: string, words: readonly Words[]) => `#compdef ${name}
# ${name} completion for zsh: eval "$(${name} completion zsh)"
_${name.replaceAll("-", "_")}() {
  if (( CURRENT == 2 )); then
    local -a commands=(${words.map(({ command, about }) => quoted(`${command}:${about.replaceAll(":", " -")}`)).join(" ")})
    _describe 'command' commands
    return
  fi
  local -a choices=() flags=()
  case "$words[2]" in
${words.map(({ command, choices, flags }) => `    ${command}) choices=(${choices.map(quoted).join(" ")}); flags=(${flags.map(({ long, about }) => quoted(`${long}:${about.replaceAll(":", " -")}`)).join(" ")}) ;;`).join("\n")}
  esac
  (( CURRENT == 3 )) && compadd -a choices
  _describe -o 'flag' flags
  _files
}
compdef _${name.replaceAll("-", "_")} ${name}
`;

const fish = (name: string, words: readonly Words[]) => `# ${name} completion for fish: ${name} completion fish | source
${words.map(({ command, about }) => `complete -c ${name} -n __fish_use_subcommand -a ${command} -d ${quoted(about)}`).join("\n")}
${words
  .flatMap(({ command, choices, flags }) => [
    ...choices.map((choice) => `complete -c ${name} -n '__fish_seen_subcommand_from ${command}' -a ${choice}`),
    ...flags.map(
      ({ long, about }) =>
        `complete -c ${name} -n '__fish_seen_subcommand_from ${command}' -l ${long.slice(2)} -d ${quoted(about)}`,
    ),
  ])
  .join("\n")}
`;

/** The completion script of a shell, made of the commands and flags as they are. */
export const completionFor = (shell: Shell, program: Command): string => {
  const words = wordsOf(program);
  return { bash, zsh, fish }[shell](program.name(), words);
};
