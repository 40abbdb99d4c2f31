#!/usr/bin/env bash
# gauntlet.sh COROLINT TREE [PATH…]
# Edits a copy of a real tree that has a compile_commands.json or a compile_flags.txt, and checks each time that a baseline made before the
# edit hides what it should and nothing else: one finding is left out of the baseline on purpose, and it has to be the
# only one that is told. Ends with 1 if an edit makes an old finding new, or hides the new one.
set -euo pipefail
corolint=$(realpath "$1")
tree=$(realpath "$2")
shift 2
paths=("${@:-.}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
copy=$scratch/tree
cp -r "$tree" "$copy"
cd "$copy"
rm -rf .git
[ ! -f compile_commands.json ] || sed -i "s#$tree#$copy#g" compile_commands.json
quiet_git() { git -c user.email=a@b -c user.name=gauntlet "$@" >/dev/null 2>&1; }
quiet_git init
quiet_git add -A -f
quiet_git commit -m before

found() { "$corolint" check -q -o concise --fail-on never --on-broken=warn "${paths[@]}" "$@"; }

"$corolint" baseline create "${paths[@]}" >/dev/null 2>"$scratch/log" || [ $? = 3 ] || { cat "$scratch/log"; exit 2; }
baseline=.corolint-baseline.json
mapfile -t lines < <(grep -n '^{"rule"' $baseline | cut -d: -f1)
[ ${#lines[@]} -gt 1 ] || { echo "gauntlet: fewer than two findings here, nothing to show"; exit 2; }
left_out=${lines[$((${#lines[@]} / 2))]}
id=$(sed -nE "${left_out}s/.*\"id\":\"([0-9a-f]+)\".*/\1/p" $baseline)
# Twins of the one that is left out share its identity: all of them are left out.
new=$(grep -c "\"id\":\"$id\"" $baseline)
sed -i "/\"id\":\"$id\"/d" $baseline
sed -i -E ':a;N;$!ba;s/,\n\]\}/\n]}/' $baseline
quiet_git add -A -f
quiet_git commit -m baseline
mapfile -t files < <(found --no-baseline | cut -d: -f1 | sort -u)
failures=0

expect() {
  local told
  told=$(found)
  local count
  count=$(printf '%s' "$told" | grep -c . || true)
  if [ "$count" = "$new" ]; then
    echo "ok    $1: ${#lines[@]} findings in ${#files[@]} files, $new of them new"
  else
    echo "FAIL  $1: $count are told, $new should be"
    printf '%s\n' "$told" | head -20
    failures=$((failures + 1))
  fi
  quiet_git reset --hard
  quiet_git clean -fdx
}

expect "nothing changed"

for file in "${files[@]}"; do sed -i '1i // one\n// two\n\n// four\n// five' "$file"; done
expect "five lines inserted above"

for file in "${files[@]}"; do
  clang-format-22 -i --style='{BasedOnStyle: WebKit, ColumnLimit: 64, SortIncludes: Never, IndentWidth: 3}' "$file"
done
expect "reformatted"

for file in "${files[@]}"; do
  case $file in
    *.cpp | *.cc | *.cxx)
      moved=${file%.*}_moved.${file##*.}
      git mv "$file" "$moved"
      [ ! -f compile_commands.json ] || sed -i "s#${file}\\b#${moved}#g" compile_commands.json
      ;;
  esac
done
expect "files renamed"

for file in "${files[@]}"; do
  case $file in
    *.cpp | *.cc | *.cxx)
      moved=${file%.*}_moved.${file##*.}
      mv "$file" "$moved"
      [ ! -f compile_commands.json ] || sed -i "s#${file}\\b#${moved}#g" compile_commands.json
      ;;
  esac
done
expect "files renamed behind git's back"

exit $((failures > 0))
