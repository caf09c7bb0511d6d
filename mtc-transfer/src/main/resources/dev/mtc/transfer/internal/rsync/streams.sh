# Functions of the sender that send many small files over several connections at once, before the pass that makes all equal: what
# comes of them needs no other check than that pass. It is a matter of files that are new, so the target must be empty.

# Each has three busy processes, and the pass over all takes a third of the time that one stream takes: two streams gain nothing on
# two processors and little on any number, four need processors for all.
how_many_streams() {
  echo "${STREAMS:-$(($(nproc) < 16 ? 1 : 4))}"
}

# Sizes of all that rsync counts, and names of small files with one name
measure() {
  local names=()
  if ((streams > 1)); then names=(-links 1 -size -65k -fprint0 "$run/small"); fi
  (
    cd /volume || exit
    nice -n 19 find . -path ./lost+found -prune -o \( -type l -fprintf "$run/sizes" '%s\n' \
      -o -type f -fprintf "$run/sizes" '%s\n' -printf . "${names[@]}" \) 2>/dev/null | wc -c
  ) >"$run/files"
  echo "$(sum <"$run/sizes") $(<"$run/files")" >"$run/measuring"
  mv "$run/measuring" "$run/measured"
}

# Tells the receiver what comes; it lets no connection in beside another one unless streams come
announce() { # WORD
  echo "$id $1" >"$run/streams/order/order"
  rsync $patience -rI "$run/streams/order/" rsync://receiver/request/ 2>"$run/streams/announcing"
}

is_target_empty() {
  announce streams || return
  rsync $patience -IW "rsync://receiver/answer/$id/empty" "$run/streams/empty" 2>"$run/streams/announcing"
}

# A predecessor may have died in the middle of its streams
end_streams() {
  local code
  announce whole || {
    code=$?
    echo "error=the receiver does not answer: $(tail -n 1 "$run/streams/announcing")" >"$run/errors"
    end $code
  }
}

stream() { # LIST
  rsync $patience "${attributes[@]}" -0 --files-from="$1" --no-implied-dirs --outbuf=L --info=progress2,stats2 /volume/ \
    rsync://receiver/volume/ 2>"$1.errors" | show_progress "$1.tail" >"$1.log"
}

# What all have sent so far
add_up() {
  local log line
  sent=0 sent_files=0
  for log in "$run"/streams/part.*.log; do
    line=$(tail -n 1 "$log" 2>/dev/null)
    if [[ $line =~ $PROGRESS ]]; then ((sent += BASH_REMATCH[1], sent_files += BASH_REMATCH[3])); fi
  done
}

show_streams() {
  local count=$files left
  while sleep 1; do
    add_up
    left=$((count - sent_files))
    echo "$sent 0% (xfr#$sent_files, ir-chk=$left/$count) total=$total files=$files via=$via"
  done
}

# Neighbours in a directory stay together
send_streams() {
  local list pids=() shower
  split -t '\0' -n "l/$streams" "$run/small" "$run/streams/part."
  export CONNECTIONS=$streams
  for list in "$run"/streams/part.*; do
    stream "$list" &
    pids+=($!)
  done
  show_streams &
  shower=$!
  wait "${pids[@]}"
  { kill $shower && wait $shower; } 2>/dev/null
  CONNECTIONS=1
  add_up
}

stream_new() {
  local small
  mkdir -p "$run/streams/order"
  if [[ $ATTEMPT != 1 ]]; then
    end_streams
    streams=1
  fi
  if ((streams == 1)); then
    measure &
    return
  fi
  measure
  read_size
  small=$(tr -dc '\0' <"$run/small" | wc -c)
  if ((small >= FEWEST_SMALL * streams)) && is_target_empty; then
    echo "$small small files in $streams streams"
    send_streams
    end_streams
  fi
}
