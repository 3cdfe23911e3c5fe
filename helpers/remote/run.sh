#!/bin/sh
# Train, and do what else job.json asks for. Started again after any end, it goes on.
job=$(cd "$(dirname "$0")" && pwd) || exit 1
python=$(cat "$job/python")
export TINY_SPECIALISTS_RUNS="$job/runs" PYTHONPATH="$job/code" PYTHONUNBUFFERED=1
export OMP_WAIT_POLICY=passive
cd "$job/code" || exit 1
"$python" -m helpers.remote.work "$job" >> "$job/log" 2>&1
echo $? > "$job/exit"
