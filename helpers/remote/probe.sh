# What a host says of itself, a line each: name=value. $python names an interpreter, or is empty.
say() { printf '%s=%s\n' "$1" "$2"; }
ours=${python:-$HOME/tiny-specialists/venv/bin/python}

say system "$(uname -sr)"
say user "$(id -un)"
say clock "$(date +%s)"
for program in rsync tmux make; do say "$program" "$(command -v "$program")"; done

# The same name may be another interpreter than one thinks: where each really is, and its version.
version='import sys; print("%d.%d.%d" % sys.version_info[:3], sys.executable)'
say python3 "$(python3 -c "$version" 2>&1 < /dev/null | tail -n 1)"
say python "$(python -c "$version" 2>&1 < /dev/null | tail -n 1)"

cd "$HOME" && umask 077 && mkdir -p tiny-specialists 2> /dev/null &&
  (: > tiny-specialists/.probe) 2> /dev/null && rm -f tiny-specialists/.probe &&
  say folder "$HOME/tiny-specialists"
say free_kb "$(df -Pk . | awk 'NR == 2 { print $4 }')"

if [ -x "$ours" ]; then
  say environment "$ours"
  "$ours" -I - 2> /dev/null << 'END'
from importlib.metadata import distributions
for one in distributions():
    print(f"package.{one.metadata['Name'].lower()}={one.version}")
END
fi
if command -v nvidia-smi > /dev/null; then
  say gpu "$(nvidia-smi --query-gpu=name,memory.free,driver_version --format=csv,noheader | head -n 1)"
  [ ! -x "$ours" ] ||
    say cuda "$("$ours" -c 'import torch; print(torch.cuda.is_available())' 2>&1 < /dev/null | tail -n 1)"
fi
