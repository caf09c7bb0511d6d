# Functions of the sender that find a way to the receiver. Needs tls.sh and tunnel.sh.

# A client of the receiver's stunnel; the name that it asks for leads through a Route
configure() { # LEVEL LOG WORD HOST PORT
  cat <<END
client = yes
foreground = no
pid =
debug = $1
output = $2
socket = r:SO_KEEPALIVE=1
socket = r:TCP_KEEPIDLE=30
socket = r:TCP_KEEPINTVL=10
socket = r:TCP_KEEPCNT=6
sessionResume = no
END
  mutual
  if [[ $3 == tunnel ]]; then
    printf '%s\n' "exec = $BASH" "execArgs = bash $run/dial.sh"
  else
    echo "connect = $4:$5"
  fi
}

# Whether somebody who knows the key answers
probe() { # WORD HOST PORT
  local log=$run/probe.log server tick
  rm -f "$log"
  configure info "$log" "$@" >"$run/probe.conf"
  stunnel "$run/probe.conf" <>"$run/silence" >/dev/null 2>&1 &
  server=$!
  for ((tick = 0; tick < 50; tick++)); do
    if [[ -e $log && $(<"$log") == *'TLS connected'* ]] || ! kill -0 $server 2>/dev/null; then break; fi
    sleep 0.1
  done
  { kill -KILL $server && wait $server; } 2>/dev/null
  if [[ -e $log && $(<"$log") == *'TLS connected'* ]]; then return 0; fi
  problem=$(stunnel_errors "$log" | head -n 1)
  problem=${problem:-no answer within 5 s}
  return 1
}

# some versions complain of what does not matter
stunnel_errors() { # LOG
  sed -n '/session cache\|trusted certificates/d;s/^.* LOG[0-4]\[[^]]*\]: //p' "$1" 2>/dev/null
}

use() { # WORD HOST PORT
  configure warning "$run/stunnel.log" "$@" >"$run/stunnel.conf"
  export RSYNC_CONNECT_PROG="stunnel $run/stunnel.conf"
  if [[ -n ${LIMIT:-} ]]; then RSYNC_CONNECT_PROG="bash $run/pace.sh"; fi
  via=$1${2:+ $2:$3}${failed:+, because of ${failed:2:300}}
  echo "via=$via"
}

# The first endpoint that answers, in the order given; a tunnel needs no address and comes when nothing else answers. Port
# numbers of services need a moment to work; a first refusal is no reason for another attempt.
choose() {
  local round word host port problem failed
  mkfifo "$run/silence"
  for ((round = 1; round <= 30; round++)); do
    failed=
    while read -r word host port; do
      if [[ $word == tunnel ]]; then
        if [[ -z $failed || $SECONDS -ge 5 ]]; then
          use tunnel
          return
        fi
      elif probe "$word" "$host" "$port"; then
        use "$word" "$host" "$port"
        return
      else
        failed+="; $word $host:$port: $problem"
      fi
    done <<<"$ENDPOINTS"
    sleep 1
  done
  echo "error=${failed:2:600}" >"$run/errors"
  echo "${failed:2}"
  end 200
}
