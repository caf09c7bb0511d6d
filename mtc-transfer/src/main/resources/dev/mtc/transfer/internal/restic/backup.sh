# Backs /volume up into the repository, and a description of it beside: what the other half compares the target with.

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

# When each file was last changed in any way
list_changes() {
  (cd /volume && find . -path ./lost+found -prune -o -printf '%p\0%C@\0') | escape | paste - - | sort -S 32M -T "$run"
}

# Whether nothing has changed since that was listed first
is_unchanged() {
  comm -3 "$run/changes" <(list_changes) | sed 's/^\t//' | cut -f 1 | uniq >"$run/changed"
  [[ -s $run/changed ]] || return 0
  {
    echo "changed=$(wc -l <"$run/changed")"
    head -n 3 "$run/changed" | cut -c -200 | sed 's/^/note=/'
  } >>"$run/report"
  return 1
}

list_sparse() {
  (cd /volume && find . -path ./lost+found -prune -o -type f -size +127 -printf '%S %p\0') | sed -nz '/^0/s/^[^ ]* //p'
}

# What the next pass is compared with is enough
tidy_up() {
  echo "progress tidying done=0 total=0"
  repository forget -q --host mtc --group-by paths --keep-last 1 --prune >&2 || echo "untidy=yes" >>"$run/report"
}

if [[ $INIT == yes ]]; then repository init -q >&2 || end 200; fi
echo "progress listing done=0 total=0"
if [[ $PASS == cold ]]; then list_changes >"$run/changes"; fi
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
if [[ $TIDY == yes ]]; then tidy_up; fi
{
  echo "snapshot=$snapshot"
  echo "description=$(summary snapshot_id)"
  echo "added=$added"
  echo "total=$total"
  echo "files=$files"
  if [[ -n $sockets ]]; then echo "socket=${sockets:0:200}"; fi
} >>"$run/report"
end 0
