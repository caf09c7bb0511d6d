# What keeps a sender's connections together below a rate: rsync talks to pace.sh instead of stunnel. The rate is in the file rate beside it,
# in bytes a second, and holds from the moment when it is changed; $CONNECTIONS that are open at once share it.

write_pace() {
  if [[ ! -e $run/rate ]]; then echo "$LIMIT" >"$run/rate"; fi
  cat >"$run/pace.sh" <<'END'
cd "${0%/*}" || exit
export LC_ALL=C

now() { # microseconds
  local up
  read -r up _ </proc/uptime
  now=$((10#${up/./} * 10000))
}

# A turn is a tenth of a second at most. What comes is handed on at once; only then is it waited until its time is over. What was slept
# too long is made up for, half a second at most.
pace() {
  local rate size turns report pause now due=0
  exec 3>&1
  while read -r rate <rate; do
    ((rate = rate / ${CONNECTIONS:-1} + 1, size = rate / 10))
    if ((size < 512)); then size=512; elif ((size > 65536)); then size=65536; fi
    ((turns = rate / 10 / size > 0 ? rate / 10 / size : 1))
    report=$(dd bs=$size count=$turns 2>&1 >&3) || return
    if [[ ! $report =~ ([0-9]+)' byte' ]] || ((BASH_REMATCH[1] == 0)); then return; fi
    now
    ((due = (due > now - 500000 ? due : now - 500000) + BASH_REMATCH[1] * 1000000 / rate))
    if ((due > now)); then
      printf -v pause '%d.%06d' $(((due - now) / 1000000)) $(((due - now) % 1000000))
      read -rt "$pause" -u 5
    fi
  done
}

# rsync sees the end of the connection only once nobody has it any more; what bash says of what it ends is no error of rsync's
exec 4>&2 2>/dev/null
pipe=$(mktemp -u pipe.XXXXXX)
mkfifo "$pipe" "$pipe.still"
exec 5<>"$pipe.still"
set -m
pace <&0 >"$pipe" 4>&- &
# stunnel lets nobody wait for what it reads and writes, so it must not write where pace reads
stunnel stunnel.conf <"$pipe" 2>&4 4>&- 5>&- | cat 4>&- 5>&-
code=${PIPESTATUS[0]}
kill -KILL -- -$!
rm -f "$pipe" "$pipe.still"
exit $code
END
}
