# Makes the receiver's volume equal to /volume.
# The last line of the log tells the progress, the termination message the result (key=value lines).
set -uo pipefail
# the first process of a container is not ended by a signal that it has no trap for
trap 'exit 143' TERM
export LC_ALL=C
run=/mtc/run
require rsync:3.2 stunnel:5 find xargs sed grep b2sum shuf
total= files= via= size=
# what streams sent before the pass over all
sent=0 sent_files=0
# bytes, what stands between, and number of files
readonly PROGRESS='^ *([0-9]+)( .*\(xfr#)([0-9]+)(,.*)$'
readonly FEWEST_SMALL=1000

# Times are compared to the nanosecond: a file may change twice in a second and keep its size.
# Of the security attributes only capabilities mean the same on another cluster
attributes=(-aAX --modify-window=-1 --numeric-ids --sparse --partial --no-human-readable --exclude=/lost+found
  '--filter=+x security.capability' '--filter=-x security.*')

# Both ends give up a connection on which nothing comes for ten minutes; as long as one of them is at work they say so to each other. A network
# that swallows everything would be noticed by itself after a quarter of an hour, a storage that hangs never.
readonly patience=--timeout=600

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

number() { # TEXT : the first number in it
  local rest=${1#"${1%%[0-9]*}"}
  echo "${rest%%[!0-9]*}"
}

# rsync knows the size of the whole only at its end
read_size() {
  read -r total files <"$run/measured"
}

# rsync reports after each file: take what has come, print a line a second, keep the end.
# While it is in the middle of a file it does not tell how many there are: remember.
show_progress() { # TAIL
  local chunk line='' end='' shown=-1 checks='(xfr#0, ir-chk=0/0)'
  while chunk=$(dd bs=65536 count=1 status=none) && [[ -n $chunk ]]; do
    if ((${#end} > 4000)); then end=${end: -4000}; fi
    end+=$chunk
    line=${chunk%%$'\n'*} line=${line##*$'\r'}
    if ((SECONDS != shown)); then
      shown=$SECONDS
      show_line "$line"
    fi
    if ((${#chunk} < 32768)); then sleep 0.1; fi
  done
  show_line "$(tr '\r' '\n' <<<"$end" | grep '(xfr#' | tail -n 1)"
  echo "${end//$'\r'/$'\n'}" >"$1"
}

show_line() { # LINE
  local text
  if [[ -z $total && -e $run/measured ]]; then read_size; fi
  if [[ $1 == *'(xfr#'*')'* ]]; then checks=; fi
  text="$1 $checks total=$total files=$files via=$via"
  if ((sent_files > 0)) && [[ $text =~ $PROGRESS ]]; then
    text="$((BASH_REMATCH[1] + sent))${BASH_REMATCH[2]}$((BASH_REMATCH[3] + sent_files))${BASH_REMATCH[4]}"
  fi
  echo "$text"
  if [[ -z $checks ]]; then checks="(xfr#${1##*'(xfr#'}"; fi
}

read_stats() {
  local line
  while read -r line; do
    case $line in
      'Number of files:'*) echo "files=$(number "$line")" ;;
      'Number of deleted files:'*) echo "deleted=$(number "$line")" ;;
      'Number of regular files transferred:'*) echo "moved=$(($(number "$line") + sent_files))" ;;
      'Total file size:'*) echo "total=$(number "$line")" ;;
      'Literal data:'*) echo "literal=$(($(number "$line") + sent))" ;;
    esac
  done <"$run/tail" >"$run/stats"
}

# what a writing application causes is counted apart from what is wrong
sort_errors() {
  local line vanished=0 changed=0 problems=0 full=no denied=no readonly=no last=() first=()
  while IFS= read -r line; do
    echo "$line" >&2
    case $line in
      *'No space left on device'* | *'Disk quota exceeded'*) full=yes ;;&
      *'Permission denied'* | *'Operation not permitted'*) denied=yes ;;&
      *'Read-only file system'*) readonly=yes ;;&
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
  printf '%s\n' "vanished=$vanished" "changed=$changed" "problems=$problems" "full=$full" "denied=$denied" "readonly=$readonly" >"$run/errors"
  for line in "${first[@]}"; do echo "note=${line:0:200}"; done >>"$run/errors"
  for line in "${last[@]}"; do echo "error=${line:0:240}"; done >>"$run/errors"
}

copy() { # OPTION... FROM TO
  mkfifo "$run/stderr"
  sort_errors <"$run/stderr" &
  local sorter=$!
  rsync $patience --outbuf=L --info=progress2,stats2 "$@" 2>"$run/stderr" | show_progress "$run/tail" &
  wait $!
  local code=$?
  wait $sorter
  read_stats
  return $code
}

trap 'trap "" TERM; kill -TERM -1; exit 143' TERM
write_tunnel
if [[ -n ${LIMIT:-} ]]; then write_pace; fi
choose
id=${HOSTNAME:-sender}-$RANDOM
streams=$(how_many_streams)
if [[ -n ${DEVICE:-} ]]; then
  require_devices
  copy_device || end $?
else
  stream_new
  copy -H --delete "${attributes[@]}" /volume/ rsync://receiver/volume/ || end $?
fi
if [[ $VERIFY != no ]]; then verify || end $?; fi
end 0
