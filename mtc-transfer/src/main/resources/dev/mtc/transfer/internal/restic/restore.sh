# Makes /volume equal to what the other half described and backed up. What has the same metadata on both sides stays, as rsync
# does it too; old versions of restic can neither do that nor delete.

described=$run/source$run/described

fetch_description() {
  echo "progress fetching done=0 total=0"
  repository restore -q "$DESCRIPTION" --target "$run/source" >&2 || end 200
  # nothing is removed by a description that is not there
  if [[ ! -s $described/metadata ]]; then
    echo "snapshot $DESCRIPTION describes nothing: tree not found" >>"$run/stderr"
    end 200
  fi
}

names() { # FILE
  cut -f 1 "$1" | uniq
}

directories() { # FILE
  sed -n '/\tm\td /s/\t.*//p' "$1"
}

raw() { # reads escaped names
  local name
  while IFS= read -r name; do printf '%b\0' "${name//\\\\/\\x5c}"; done
}

# Without getfattr on both sides attributes cannot be compared
drop_unseen() { # FILE...
  if [[ -e $described/no-attributes || -e $work/no-attributes ]]; then sed -i '/\tx\t/d' "$@"; fi
}

report_unseen() {
  if [[ -e $described/no-attributes ]]; then echo "unseen=source"; fi
  if [[ -e $work/no-attributes ]]; then echo "unseen=target"; fi
}

# Names that are to go, directories that are there but not as they should be, and all else that is missing or not as it should be
choose() {
  local source=$described/metadata target=$work/metadata
  comm -13 <(names "$source") <(names "$target") >"$work/gone"
  { comm -23 "$source" "$target"; comm -13 "$source" "$target"; } | cut -f 1 | sort -u | comm -23 - "$work/gone" >"$work/unlike"
  comm -12 <(directories "$source") <(directories "$target") | comm -12 - "$work/unlike" >"$work/adjusted"
  comm -23 "$work/unlike" "$work/adjusted" >"$work/missing"
}

# What is in the way goes first: restic would write through links to whatever they lead to, and into all names of a file
clear_away() {
  { cat "$work/gone"; comm -12 "$work/missing" <(names "$work/metadata"); } | raw |
    (cd /volume && xargs -0 -r rm -rf --) 2>>"$run/stderr" || end 204
}

# What is below something that is restored is restored with it
roots() {
  local name root=/
  while IFS= read -r name; do
    if [[ $name != "$root"/* ]]; then
      root=$name
      echo "$name"
    fi
  done <"$work/missing"
}

# Some only are cheaper to restore than all as long as restic does not have to compare too many names with too many patterns
# (10 million in a second, as measured); a file with several names is restored with all of them
is_part() {
  local patterns entries
  patterns=$(wc -l <"$work/roots") entries=$(names "$described/metadata" | wc -l)
  ((patterns < 4000 && patterns * entries / 10 < total / 80 + entries * 250)) || return
  comm -12 "$work/missing" <(sed -n 's/^\([^\t]*\)\tk\t\(.*\)$/\1\n\2/p' "$described/metadata" | sort -u) >"$work/several"
  [[ ! -s $work/several ]]
}

patterns() {
  local name
  while IFS= read -r -d '' name; do
    name=/volume/${name#./}
    name=${name//\\/\\\\} name=${name//\*/\\*} name=${name//\?/\\?} name=${name//\[/\\[}
    includes+=(--include "$name")
  done < <(raw <"$work/roots")
}

restore() { # TOTAL ARGUMENTS
  local total=$1 process code
  shift
  restic "${options[@]}" restore -q "$SNAPSHOT" --target / "${sparse[@]}" "$@" >&2 2>"$run/errors" &
  process=$!
  show_written $process restoring "$total"
  wait $process
  code=$?
  cat "$run/errors" >>"$run/stderr"
  if [[ $code != 0 ]]; then is_only_label || end 204; fi
}

# What a cluster has of security labels is its own, and its containers may not set them
is_only_label() {
  grep -q '^ignoring error for .*security\.selinux' "$run/errors" &&
    ! grep -vE '^ignoring error for .*security\.selinux|^(Fatal: )?There were [0-9]+ errors|^$' "$run/errors"
}

# Attributes of directories that were there: first those go that the source does not have or has with another value
adjust_attributes() {
  local name key attribute
  if ! type -p setfattr >/dev/null; then return; fi
  while IFS=$'\t' read -r name key attribute; do
    printf -v name '%b' "${name//\\\\/\\x5c}"
    setfattr -h -x "${attribute%%=*}" -- "/volume/$name" || end 204
  done < <(comm -13 "$described/metadata" "$work/metadata" | grep $'\tx\t' | join -t $'\t' "$work/adjusted" -)
  while IFS=$'\t' read -r name key attribute; do
    printf -v name '%b' "${name//\\\\/\\x5c}"
    setfattr -h -n "${attribute%%=*}" -v "${attribute#*=}" -- "/volume/$name" || end 204
  done < <(comm -23 "$described/metadata" "$work/metadata" | grep $'\tx\t' | join -t $'\t' "$work/adjusted" -)
} 2>>"$run/stderr"

# restic sets of a directory what it should have only if it restores something below it
adjust_directories() {
  local mode user group time path
  while IFS=' ' read -r -d '' mode user group time path; do
    (cd /volume && chown "$user:$group" -- "$path" && chmod "$mode" -- "$path" && touch -d "@$time" -- "$path") || end 204
  done < <(comm -z -23 "$described/directories" <(list_directories /volume)) 2>>"$run/stderr"
}

# restic writes the holes of files before version 0.15
dig_holes() {
  local name
  if ((${#sparse[@]} > 0)); then return; fi
  if ! type -p fallocate >/dev/null; then
    if [[ -s $described/sparse ]]; then echo "holes=no" >>"$run/report"; fi
    return
  fi
  while IFS= read -r -d '' name; do
    touch -r "/volume/$name" "$run/time" && fallocate --dig-holes "/volume/$name" && touch -r "$run/time" "/volume/$name"
  done <"$described/sparse" 2>>"$run/stderr"
}

# Without verification the metadata is compared nevertheless after a pass that must be clean
compare_sides() {
  mv "$described/manifest" "$work/manifest.source" 2>/dev/null || cp "$described/metadata" "$work/manifest.source"
  if [[ $VERIFY == no ]]; then
    cp "$work/metadata" "$work/target.manifest"
  else
    if [[ -e $described/sample ]]; then cp "$described/sample" "$work/sample"; fi
    finish /volume target "$VERIFY" &
    await_hashes $!
    sed '/\tm\ts /d' "$work/manifest" >"$work/target.manifest"
  fi
  sed '/\tm\ts /d' "$work/manifest.source" >"$work/manifest"
  {
    if [[ $VERIFY != no ]]; then
      echo "entries=$(grep -c $'\tm\t' "$work/manifest")"
      echo "hashed=$(wc -l <"$work/lines.h")"
      echo "bytes=$(sum <"$work/sizes")"
    fi
    report_unseen
    drop_unseen "$work/manifest" "$work/target.manifest"
    even_times "$work/manifest" "$work/target.manifest"
    compare
  } 3>&1 >"$work/compared"
  if [[ $VERIFY == no ]]; then sed -i '/^different=0$/d' "$work/compared"; fi
  cat "$work/compared" >>"$run/report"
}

fetch_description
total=$(size "$described/metadata")
work=$run/target
mkdir "$work"
echo "progress listing done=0 total=0"
describe /volume "$work/metadata"
drop_unseen "$described/metadata" "$work/metadata"
choose
clear_away
roots >"$work/roots"
sparse=() includes=()
if restic restore --help | grep -q -- --sparse; then sparse=(--sparse); fi
if [[ ! -s $work/missing ]]; then
  fetched=0
elif is_part; then
  patterns
  fetched=$(size <(grep -Ff <(sed 's/$/\tm\t/' "$work/missing") "$described/metadata"))
  restore "$fetched" "${includes[@]}"
else
  fetched=$total
  restore "$total"
fi
if [[ -s $work/missing ]]; then dig_holes; fi
adjust_attributes
adjust_directories
{
  echo "fetched=$fetched"
  echo "restored=$(wc -l <"$work/missing")"
  echo "deleted=$(wc -l <"$work/gone")"
} >>"$run/report"
if [[ $PASS == cold ]]; then
  describe /volume "$work/metadata"
  compare_sides
fi
end 0
