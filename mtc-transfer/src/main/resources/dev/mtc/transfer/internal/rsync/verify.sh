# Functions of the sender that compare /volume with the receiver's once both are copied. Both sides describe their volume at
# the same time (manifest.sh); the receiver's description is fetched, and what differs goes to the log, one line per fact that
# one side only has: difference=+ or -, then the line. Needs what manifest.sh needs.

fetch() { # NAME
  rsync $patience -IW "rsync://receiver/answer/$id/$1" "$work/target.$1" 2>"$work/fetching"
}

# Has the receiver describe its volume; it knows by the id which answer is whose
ask() {
  mkdir "$work/order"
  echo "$id $VERIFY $size" >"$work/order/order"
  if [[ $VERIFY == sampled ]]; then cp "$work/sample" "$work/order/"; fi
  rsync $patience -r "$work/order/" rsync://receiver/request/ 2>"$work/fetching" || unanswered $?
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
    if ((tick % 10 == 0)); then echo "verifying source=$source target=$target total=$total via=$via"; fi
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

verify() {
  work=$run/verify
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
    even_times "$work/manifest" "$work/target.manifest"
    compare
  } 3>&1 >"$run/verified"
}
