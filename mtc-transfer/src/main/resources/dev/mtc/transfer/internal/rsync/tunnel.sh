# What the two ends of a tunnel run: the program that steers the migration connects accept.sh of the sender's pod with join.sh of the
# receiver's, byte by byte. A sender's stunnel runs dial.sh, which waits in a directory of its own until accept.sh takes it.
# Once one direction has ended the other has nothing more to say that anybody waits for.

write_tunnel() {
  mkdir "$run/tunnel"
  cat >"$run/dial.sh" <<'END'
cd /mtc/run/tunnel || exit
call=$(mktemp -d call.XXXXXX)
mkfifo "$call/up" "$call/down"
: >"$call/waits"
for ((tick = 0; tick < 600; tick++)); do
  if [[ ! -e $call/waits ]]; then break; fi
  sleep 0.1
done
if ! mv "$call/waits" "$call/late" 2>/dev/null; then
  cat <&0 >"$call/up" &
  cat <"$call/down" &
  wait -n
  kill %1 %2 2>/dev/null
else
  echo "no tunnel was there within 60 s" >>/mtc/run/tunnel.log
fi
rm -rf "$call"
END

  # What it is to read is there only after it has taken a connection: if there is something before, it is the end.
  cat >"$run/accept.sh" <<'END'
cd /mtc/run/tunnel || exit
take() {
  local waits
  for waits in call.*/waits; do
    if mv "$waits" "${waits%waits}taken" 2>/dev/null; then
      call=${waits%/waits}
      return
    fi
  done
  return 1
}
if [[ $(cat owner 2>/dev/null) != "$1" ]]; then
  echo "$1" >"owner.$$" && mv "owner.$$" owner
  for relay in relay.*; do kill "${relay#relay.}"; done 2>/dev/null
fi
until take; do
  if [[ $(<owner) != "$1" ]] || read -r -t 0; then exit; fi
  sleep 0.1
done
trap 'rm -f "relay.$$"; kill %1 %2 2>/dev/null; exit' TERM
: >"relay.$$"
echo taken >&2
cat <"$call/up" &
cat <&0 >"$call/down" &
wait -n
rm -f "relay.$$"
kill %1 %2 2>/dev/null
END
}

write_join() {
  cat >"$run/join.sh" <<'END'
exec 3<>/dev/tcp/127.0.0.1/6443
cat <&3 &
cat <&0 >&3 &
wait -n
kill %1 %2 2>/dev/null
END
}
