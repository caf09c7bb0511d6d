# Functions that compare descriptions (manifest.sh).

# A volume may keep times less exactly than another. What the target cannot keep is not compared, and is told.
even_times() { # SOURCE TARGET
  local digits
  for digits in 0 3 6 7; do
    if ! has_finer "$2" $digits; then
      if has_finer "$1" $digits; then
        echo "digits=$digits"
        sed -i "/\tm\t/s/\(\.[0-9]\{$digits\}\)[0-9]*\$/\1/" "$1" "$2"
      fi
      return
    fi
  done
}

has_finer() { # FILE DIGITS : whether a time has more of them after the point than that
  grep -q $'\tm\t.*\\.'"[0-9]\\{$2\\}[0-9]*[1-9]" "$1"
}

# Compares the description of a source, $work/manifest, with that of its target, $work/target.manifest.
# What differs goes to descriptor 3, one line per fact that one side only has: difference=+ or -, then the line.
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

