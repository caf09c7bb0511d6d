# Makes the receiver's volume equal to /volume.
# The last line of the log tells the progress, the termination message the result (key=value lines).
set -uo pipefail
# the first process of a container is not ended by a signal that it has no trap for
trap 'exit 143' TERM
export LC_ALL=C
run=/mtc/run
require rsync:3.2 stunnel:5 find xargs sed grep b2sum shuf
total= files= via=

# Times are compared to the nanosecond: a file may change twice in a second and keep its size.
# Of the security attributes only capabilities mean the same on another cluster
options=(-aHAX --modify-window=-1 --numeric-ids --sparse --delete --partial --no-human-readable --exclude=/lost+found
  '--filter=+x security.capability' '--filter=-x security.*')

end() { # CODE
  {
    echo "exit=$1"
    if [[ -e $run/stats ]]; then cat "$run/stats"; fi
    if [[ -e $run/errors ]]; then cat "$run/errors"; fi
    stunnel_errors "$run/stunnel.log" | tail -n 2 | while read -r line; do echo "tunnel=${line:0:200}"; done
    if [[ -s $run/tunnel.log ]]; then echo "tunnel=$(tail -n 1 "$run/tunnel.log")"; fi
    if [[ -e $run/verified ]]; then cat "$run/verified"; fi
  } | head -c 4000 >/dev/termination-log
  exit "$1"
}

# rsync knows the size of the whole only at its end; a dry run into nowhere knows it soon
measure() {
  mkdir "$run/nowhere"
  nice -n 19 rsync "${options[@]}" -n --stats /volume/ "$run/nowhere/" >"$run/measuring" 2>/dev/null
  mv "$run/measuring" "$run/measured"
}

number() { # TEXT : the first number in it
  local rest=${1#"${1%%[0-9]*}"}
  echo "${rest%%[!0-9]*}"
}

read_size() {
  local line
  while read -r line; do
    case $line in
      'Number of files:'*'reg: '*) files=$(number "${line#*reg: }") ;;
      'Number of files:'*) files=0 ;;
      'Total file size:'*) total=$(number "$line") ;;
    esac
  done <"$run/measured"
}

# rsync reports after each file: take what has come, print a line a second, keep the end.
# While it is in the middle of a file it does not tell how many there are: remember.
show_progress() {
  local chunk line end='' shown=-1 checks='(xfr#0, ir-chk=0/0)'
  while chunk=$(dd bs=65536 count=1 status=none) && [[ -n $chunk ]]; do
    if ((${#end} > 4000)); then end=${end: -4000}; fi
    end+=$chunk
    if ((SECONDS != shown)); then
      shown=$SECONDS
      if [[ -z $total && -e $run/measured ]]; then read_size; fi
      line=${chunk%%$'\n'*} line=${line##*$'\r'}
      if [[ $line == *'(xfr#'*')'* ]]; then checks=; fi
      echo "$line $checks total=$total files=$files via=$via"
      if [[ -z $checks ]]; then checks="(xfr#${line##*'(xfr#'}"; fi
    fi
    if ((${#chunk} < 32768)); then sleep 0.1; fi
  done
  echo "${end//$'\r'/$'\n'}" >"$run/tail"
}

read_stats() {
  local line
  while read -r line; do
    case $line in
      'Number of files:'*) echo "files=$(number "$line")" ;;
      'Number of deleted files:'*) echo "deleted=$(number "$line")" ;;
      'Number of regular files transferred:'*) echo "moved=$(number "$line")" ;;
      'Total file size:'*) echo "total=$(number "$line")" ;;
      'Literal data:'*) echo "literal=$(number "$line")" ;;
    esac
  done <"$run/tail" >"$run/stats"
}

# what a writing application causes is counted apart from what is wrong
sort_errors() {
  local line vanished=0 changed=0 problems=0 full=no denied=no last=() first=()
  while IFS= read -r line; do
    echo "$line" >&2
    case $line in
      *'No space left on device'* | *'Disk quota exceeded'*) full=yes ;;&
      *'Permission denied'* | *'Operation not permitted'*) denied=yes ;;&
      'file has vanished: '* | *'No such file or directory (2)')
        ((vanished += 1))
        if ((${#first[@]} < 3)); then first+=("$line"); fi
        continue
        ;;
      *'failed verification -- update'* | *'No data available (61)')
        ((changed += 1))
        if ((${#first[@]} < 3)); then first+=("$line"); fi
        continue
        ;;
      'rsync warning: '* | 'IO error encountered -- skipping'* | '') continue ;;
      'rsync error: '*) ;;
      *) ((problems += 1)) ;;
    esac
    last+=("$line")
    if ((${#last[@]} > 6)); then last=("${last[@]:1}"); fi
  done
  printf '%s\n' "vanished=$vanished" "changed=$changed" "problems=$problems" "full=$full" "denied=$denied" >"$run/errors"
  for line in "${first[@]}"; do echo "note=${line:0:200}"; done >>"$run/errors"
  for line in "${last[@]}"; do echo "error=${line:0:240}"; done >>"$run/errors"
}

copy() {
  mkfifo "$run/stderr"
  sort_errors <"$run/stderr" &
  local sorter=$!
  rsync "${options[@]}" --outbuf=L --info=progress2,stats2 /volume/ rsync://receiver/volume/ 2>"$run/stderr" | show_progress &
  wait $!
  local code=$?
  wait $sorter
  read_stats
  return $code
}

trap 'trap "" TERM; kill -TERM -1; exit 143' TERM
write_tunnel
choose
measure &
copy || end $?
if [[ $VERIFY != no ]]; then verify || end $?; fi
end 0
