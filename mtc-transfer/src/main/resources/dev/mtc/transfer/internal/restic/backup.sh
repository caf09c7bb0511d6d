# Backs /volume up into the repository, and a description of it beside: what the other half compares the target with.

start() {
  unlock && return
  if ! grep -q 'unable to open config file' "$run/stderr" || ! tail -n 4 "$run/stderr" | grep -qE "$ABSENT"; then end 200; fi
  : >"$run/stderr"
  repository init -q >&2 || end 200
}
readonly ABSENT='key does not exist|no such file or directory|NoSuchKey'

# The summary is kept, lines of progress go to the log
show_progress() {
  local line
  while IFS= read -r line; do
    case $line in
      *'"message_type":"summary"'*) echo "$line" >"$run/summary" ;;
      *'"message_type":"error"'*) echo "$line" | cut -c -1000 >>"$run/unread" ;;
      *) echo "${line:0:1000}" ;;
    esac
  done
}

back_up() {
  : >"$run/unread"
  restic "${options[@]}" backup --json --host mtc --tag "$TAGS" --exclude /volume/lost+found /volume \
    2>"$run/errors" | show_progress &
  wait $!
  local code=$?
  # in some versions errors are lines of JSON here
  cat "$run/errors" >>"$run/stderr"
  grep '"message_type":"error"' "$run/errors" >>"$run/unread"
  return $code
}

summary() { # KEY
  sed -n "s/.*\"$1\":\"\\{0,1\\}\\([^,\"}]*\\).*/\\1/p" "$run/summary"
}

report_unread() {
  {
    echo "unread=$(wc -l <"$run/unread")"
    echo "vanished=$(grep -cE '"Err":2[,}]|no such file or directory' "$run/unread")"
    head -n 3 "$run/unread" | sed 's/.*"item":"\([^"]*\)".*/\1/' | cut -c -200 | sed 's/^/note=/'
  } >>"$run/report"
}

# Whether the volume is as it was when it was described
is_unchanged() {
  local work=$run/again
  mkdir "$work"
  describe /volume "$work/metadata"
  comm -3 "$run/manifest/metadata" "$work/metadata" | sed 's/^\t//' | cut -f 1 | uniq >"$work/changed"
  [[ -s $work/changed ]] || return 0
  {
    echo "changed=$(wc -l <"$work/changed")"
    head -n 3 "$work/changed" | cut -c -200 | sed 's/^/note=/'
  } >>"$run/report"
  return 1
}

list_sparse() {
  (cd /volume && find . -path ./lost+found -prune -o -type f -size +127 -printf '%S %p\0') | sed -nz '/^0/s/^[^ ]* //p'
}

# What the next pass is compared with is enough
tidy_up() {
  repository forget -q --host mtc --group-by paths --keep-last 1 >&2 || echo "untidy=forget" >>"$run/report"
  if [[ $PASS == hot ]]; then
    echo "progress tidying done=0 total=0"
    repository prune -q >&2 || echo "untidy=prune" >>"$run/report"
  fi
}

start
echo "progress listing done=0 total=0"
work=$run/manifest
mkdir "$work"
describe /volume "$work/metadata"
if [[ $PASS == cold && -n $(problem) ]]; then
  problem >>"$run/stderr"
  end 203
fi
list_directories /volume >"$work/directories"
list_sparse >"$work/sparse"
echo "sockets=$(grep -c $'\tm\ts ' "$work/lines.m")" >>"$run/report"
sockets=$(grep $'\tm\ts ' "$work/lines.m" | cut -f 1 | head -n 3 | tr '\n' ' ')
if [[ $VERIFY == sampled ]]; then choose_sample; fi
hashing=
if [[ $VERIFY != no ]]; then
  finish /volume source "$VERIFY" &
  hashing=$!
fi
back_up
code=$?
report_unread
if [[ $code == 3 && $PASS == cold ]]; then end 203; fi
if [[ $code != 0 && $code != 3 ]]; then end "$code"; fi
if [[ -n $hashing ]]; then await_hashes "$hashing"; fi
if [[ $PASS == cold ]]; then is_unchanged || end 202; fi
mkdir "$run/described"
for name in metadata directories sparse manifest sample no-attributes; do
  if [[ -e $work/$name ]]; then mv "$work/$name" "$run/described/"; fi
done
snapshot=$(summary snapshot_id) added=$(summary data_added) total=$(summary total_bytes_processed) files=$(summary total_files_processed)
repository backup --json --host mtc --tag "$TAGS" "$run/described" >"$run/summary" || end $?
tidy_up
{
  echo "snapshot=$snapshot"
  echo "description=$(summary snapshot_id)"
  echo "added=$added"
  echo "total=$total"
  echo "files=$files"
  if [[ -n $sockets ]]; then echo "socket=${sockets:0:200}"; fi
} >>"$run/report"
end 0
