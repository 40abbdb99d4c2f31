// Completions are plain scripts with all words in them: they start nothing and need no corolint to run. What
// is no option and no known word is a file.

#include "cli/completion.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

namespace corolint {

namespace {

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

// Returns `text` for single quotes of any of the three shells.
std::string in_quotes(llvm::StringRef text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::string all_names(const std::vector<OptionRow>& options) {
  std::string names;
  for (const OptionRow& option : options)
    for (const std::string& name : option.names) names += (names.empty() ? "" : " ") + name;
  return names;
}

std::vector<std::string> next_words(const OptionTable& table, const std::string& command) {
  std::vector<std::string> words;
  for (const CommandRow& row : table.commands) {
    const std::string prefix = command.empty() ? "" : command + " ";
    if (!llvm::StringRef(row.name).starts_with(prefix)) continue;
    const std::string rest = row.name.substr(prefix.size());
    if (!rest.empty() && rest.find(' ') == std::string::npos) words.push_back(rest);
  }
  for (const CommandRow& row : table.commands)
    if (row.name == command)
      for (const OptionRow& argument : row.arguments)
        words.insert(words.end(), argument.choices.begin(), argument.choices.end());
  return words;
}

// Returns the cases in which the word before wants one of some words.
std::string bash_values(const CommandRow& command, const std::string& name) {
  std::string text;
  for (const OptionRow& option : command.options) {
    if (option.argument.empty()) continue;
    std::string patterns;
    for (const std::string& word : option.names)
      patterns += (patterns.empty() ? "" : "|") + ("'" + name + ":" + word) + "'";
    const std::string words =
        option.choices.empty()
            ? "compgen -f -- \"$current\""
            : "compgen -W " + in_quotes(llvm::join(option.choices, " ")) + " -- \"$current\"";
    text += "    " + patterns + ") mapfile -t COMPREPLY < <(" + words + "); return;;\n";
  }
  return text;
}

std::string bash(const OptionTable& table) {
  std::string known, values, options, words;
  const auto add_words = [&](const std::string& command, const std::vector<OptionRow>& rows) {
    options += "    " + in_quotes(command) + ") options=" + in_quotes(all_names(rows)) + ";;\n";
    if (const auto next = next_words(table, command); !next.empty())
      words += "    " + in_quotes(command) + ") words=" + in_quotes(llvm::join(next, " ")) + ";;\n";
  };
  for (const CommandRow& command : table.commands) {
    known += (known.empty() ? "" : "|") + in_quotes(command.name);
    values += bash_values(command, command.name);
    if (command.name == "check") values += bash_values(command, "");  // the default command
    add_words(command.name, command.options);
    if (command.name == "check") add_words("", command.options);
  }
  return llvm::formatv(R"(# bash completion for corolint, made by 'corolint completion bash'
_corolint() {{
  local current=${{COMP_WORDS[COMP_CWORD]} before=${{COMP_WORDS[COMP_CWORD-1]} command= options= words= word
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "${{command:+$command }$word" in
      {0}) command="${{command:+$command }$word";;
    esac
  done
  COMPREPLY=()
  case "$command:$before" in
{1}  esac
  case "$command" in
{2}  esac
  case "$command" in
{3}  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current" || :; compgen -f -- "$current")
  fi
}
complete -o filenames -F _corolint corolint
)",
                       known, values, options, words);
}

// Returns `text` for the brackets of _arguments.
std::string zsh_escaped(const std::string& text) {
  std::string result;
  for (const char c : first_line(text))
    result += (c == '[' || c == ']' || c == ':' || c == '\\' ? "\\" : "") + std::string(1, c);
  return result;
}

std::string zsh_action(const OptionRow& option) {
  if (option.argument.empty()) return {};
  const std::string values = option.choices.empty() ? "_files" : "(" + llvm::join(option.choices, " ") + ")";
  return ":" + zsh_escaped(option.argument) + ":" + values;
}

std::string zsh_arguments(const CommandRow& command) {
  std::string text = "      _arguments";
  for (const OptionRow& option : command.options)
    for (const std::string& name : option.names)
      text +=
          " \\\n        " + in_quotes("*" + name + "[" + zsh_escaped(option.does) + "]" + zsh_action(option));
  for (const OptionRow& argument : command.arguments)
    text += " \\\n        " + in_quotes("*" + zsh_action(argument));
  return text + "\n";
}

std::string zsh(const OptionTable& table) {
  std::string commands, cases;
  for (const CommandRow& command : table.commands) {
    if (command.name.find(' ') != std::string::npos) continue;  // their words complete as arguments
    commands += "    " + in_quotes(command.name + ":" + command.does) + "\n";
    std::string next = llvm::join(next_words(table, command.name), " ");
    CommandRow row = command;
    if (row.arguments.empty() && !next.empty())
      row.arguments.push_back({{}, "COMMAND", "", "", next_words(table, command.name)});
    cases += "    " + command.name + ")\n" + zsh_arguments(row) + "      ;;\n";
  }
  return llvm::formatv(R"(#compdef corolint
# zsh completion for corolint, made by 'corolint completion zsh'
_corolint() {{
  local -a commands=(
{0}  )
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    _files
    return
  fi
  local command=$words[2]
  if (( ! ${{commands[(I)$command:*]} )); then
    command=check
  else
    shift words
    (( CURRENT-- ))
  fi
  case $command in
{1}  esac
}
if [[ $funcstack[1] == _corolint ]]; then _corolint "$@"; else compdef _corolint corolint; fi
)",
                       commands, cases);
}

std::string fish_option(const CommandRow& command, const OptionRow& option) {
  const std::string condition = command.name == "check" ? "__corolint_command check ''"
                                                        : "__corolint_command " + in_quotes(command.name);
  std::string text = "complete -c corolint -n " + in_quotes(condition);
  for (const std::string& name : option.names)
    text += llvm::StringRef(name).starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.argument.empty())
    text += option.choices.empty() ? " -r -F" : " -x -a " + in_quotes(llvm::join(option.choices, " "));
  return text + " -d " + in_quotes(first_line(option.does)) + "\n";
}

std::string fish(const OptionTable& table) {
  std::string known, text;
  for (const CommandRow& command : table.commands) {
    known += " " + in_quotes(command.name);
    const std::size_t blank = command.name.rfind(' ');
    const std::string above = blank == std::string::npos ? "" : command.name.substr(0, blank);
    text += "complete -c corolint -n " + in_quotes("__corolint_command " + in_quotes(above)) + " -a " +
            in_quotes(command.name.substr(blank + 1)) + " -d " + in_quotes(command.does) + "\n";
    for (const OptionRow& option : command.options) text += fish_option(command, option);
    for (const OptionRow& argument : command.arguments)
      if (!argument.choices.empty())
        text += "complete -c corolint -n " + in_quotes("__corolint_command " + in_quotes(command.name)) +
                " -f -a " + in_quotes(llvm::join(argument.choices, " ")) + "\n";
  }
  return llvm::formatv(R"(# fish completion for corolint, made by 'corolint completion fish'
function __corolint_command --description 'Is the command on the line one of these?'
  set -l command
  for word in (commandline -opc)[2..]
    set -l longer (string trim "$command $word")
    contains -- $longer{0}; and set command $longer
  end
  contains -- "$command" $argv
end
{1})",
                       known, text);
}

}  // namespace

std::string completion_script(const OptionTable& table, const std::string& shell) {
  return shell == "bash" ? bash(table) : shell == "zsh" ? zsh(table) : fish(table);
}

}  // namespace corolint
