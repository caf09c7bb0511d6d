# Functions of the sender that compare /volume with the receiver's once both are copied. Both sides describe their volume at
# the same time (manifest.sh); the receiver's description is fetched, and what differs goes to the log, one line per fact that
# one side only has: difference=+ or -, then the line. Needs what manifest.sh needs.

fetch() { # NAME
  rsync -IW "rsync://receiver/answer/$id/$1" "$work/target.$1" 2>"$work/fetching"
}

# Has the receiver describe its volume; it knows by the id which answer is whose
ask() {
  mkdir "$work/order"
  echo "$id $VERIFY" >"$work/order/order"
  if [[ $VERIFY == sampled ]]; then cp "$work/sample" "$work/order/"; fi
  rsync -r "$work/order/" rsync://receiver/request/ 2>"$work/fetching" || unanswered $?
}

# a tenth of the files, a hundred at least
choose_sample() {
  local count
  count=$(wc -l <"$work/sizes")
  cat "$work/large" "$work/small" | shuf -z -n $((count > 1000 ? count / 10 : 100)) >"$work/sample"
}

# a connection may break once or twice in hours
receiver_state() {
  local code
  if fetch state; then
    failures=0
    target=$(<"$work/target.state")
    return
  fi
  code=$?
  if ((code == 23 || ++failures == 3)); then unanswered $code; fi
}

# a receiver that was replaced knows nothing, so that rsync finds no file (23); that is a lost connection, too
unanswered() { # CODE
  echo "error=verification: the receiver does not answer: $(tail -n 1 "$work/fetching")" >"$run/verified"
  end $(($1 == 23 ? 12 : $1))
}

# done or failed or so many bytes
await_both() {
  local source='working 0 0' target='working 0 0' failures=0 pause=2 due=0 tick=0 total
  total=$(sed -n 's/^total=//p' "$run/stats")
  until [[ $source == done && $target == done ]]; do
    sleep 0.1
    if [[ $source != done && -s $work/state ]]; then source=$(<"$work/state"); fi
    if [[ $target != done ]] && ((++tick >= due)); then
      receiver_state
      due=$((tick + pause)) pause=$((pause < 32 ? pause * 2 : 50))
    fi
    if ((tick % 10 == 0)); then echo "verifying source=$source target=$target total=$total"; fi
    give_up_on source "$source"
    give_up_on target "$target"
  done
}

give_up_on() { # SIDE STATE
  if [[ $2 == failed* ]]; then
    echo "error=verification: $1: ${2#failed }" >"$run/verified"
    if [[ $2 == *'command not found'* ]]; then end 127; else end 201; fi
  fi
}

# Without getfattr on both sides attributes cannot be compared
drop_unseen() {
  local side
  fetch no-attributes || rm -f "$work/target.no-attributes"
  for side in '' target.; do
    if [[ -e $work/${side}no-attributes ]]; then
      echo "unseen=$([[ -z $side ]] && echo source || echo target)"
      sed -i '/\tx\t/d' "$work/manifest" "$work/target.manifest"
    fi
  done
}

compare() {
  local high
  high=$(for code in {8..9}{0..9} {8..9}{a..f} {a..f}{0..9} {a..f}{a..f}; do echo "s/\\x$code/\\\\x$code/g"; done)
  comm -3 --output-delimiter=$'\x01' "$work/manifest" "$work/target.manifest" |
    sed "s/^\x01/+/;t high;s/^/-/;:high;/[\x80-\xff]/{$high
}" >"$work/differences" || return
  echo "different=$(sed 's/^.//' "$work/differences" | cut -f 1 | uniq | wc -l)"
  sed 's/^/difference=/' "$work/differences" | cut -c -8000 | head -n 30000 | head -c 6000000 >&3
  # in case that the log is lost
  sed 's/^/difference=/' "$work/differences" | cut -c -300 | head -n 8
  return 0
}

verify() {
  work=$run/verify id=${HOSTNAME:-sender}-$RANDOM
  mkdir "$work"
  echo "compares both sides"
  if [[ $VERIFY == sampled ]]; then
    list /volume && choose_sample
    ask
    finish /volume source "$VERIFY" &
  else
    ask
    { list /volume && finish /volume source "$VERIFY"; } &
  fi
  await_both
  fetch manifest || unanswered $?
  {
    echo "entries=$(wc -l <"$work/lines.m")"
    echo "hashed=$(wc -l <"$work/lines.h")"
    echo "bytes=$(sum <"$work/sizes")"
    drop_unseen
    compare
  } 3>&1 >"$run/verified"
}
