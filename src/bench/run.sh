#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# What bpfbay costs, as one table beside bpftool and a raw C pass over the same objects, in one run.
#
#   src/bench/run.sh [INTERFACES]     1000 unless said; root; takes the lab down and up again
#
# Machines differ and drift: only the ratios of one run mean anything.
set -euo pipefail

interfaces=${1:-1000}
home=$(cd "$(dirname "$0")/../.." && pwd)
out=$home/target/bench
mkdir -p "$out"
cd "$home"

for tool in bpftool hyperfine gcc java mvn; do
	command -v "$tool" >/dev/null || { echo "run.sh: needs $tool" >&2; exit 3; }
done

gcc -O2 -std=gnu11 -Wall -Wextra -Werror src/bench/native/raw_pass.c -o "$out/raw_pass"
./bpfbay --version >/dev/null
# shellcheck source=src/bench/classes.sh
. src/bench/classes.sh

lab_up() {
	./bpfbay lab down >/dev/null 2>&1 || true
	./bpfbay lab up --interfaces "$1" >"$out/lab.log"
}
trap './bpfbay lab down >/dev/null 2>&1 || true' EXIT

# median_ms COMMAND... : whole processes, 10 runs
median_ms() {
	hyperfine -N --warmup 1 --runs 10 --export-csv "$out/one.csv" "$*" >"$out/one.log" 2>&1 || {
		echo "run.sh: failed: $*" >&2
		tail -3 "$out/one.log" >&2
		exit 4
	}
	awk -F, 'NR == 2 { printf "%.1f", $4 * 1000 }' "$out/one.csv"
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'; }
row() { printf '%-44s %12s %12s %8s  %s\n' "$@"; }

lab_up "$interfaces"
netns=bpfbay-lab
cgroup2=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
pins=$(awk '$1 == "pins" { print $4 }' "$out/lab.log")

printf 'bpfbay beside bpftool %s and raw C, %s, %s interfaces\n\n' "$(bpftool version | sed -n 's/^bpftool v//p')" \
	"$(uname -r)" "$interfaces"
row what bpfbay reference ratio 'at most'

total=0
for words in "-f prog show" "link show" "net show" "map show" "cgroup tree $cgroup2"; do
	# shellcheck disable=SC2086 # several words
	ms=$(median_ms nsenter --net=/run/netns/$netns bpftool -j $words)
	printf '  bpftool -j %-42s %10s ms\n' "$words" "$ms" >>"$out/bpftool.txt"
	total=$(awk -v a="$total" -v b="$ms" 'BEGIN { printf "%.1f", a + b }')
done
snapshot=$(median_ms ./bpfbay snapshot --json)
row "snapshot --json, ms" "$snapshot" "$total" "$(ratio "$snapshot" "$total")" "0.125 of bpftool's five commands"

raw=$("$out/raw_pass" "$pins" "$cgroup2" 15)
echo "raw pass: $raw" >"$out/raw.txt"
# shellcheck disable=SC2086 # a list of options
java $properties -cp "$class_path" org.openjdk.jmh.Main PollBenchmark -prof gc -rf csv -rff "$out/poll.csv" \
	-jvmArgsAppend "$properties" >"$out/poll.log" 2>&1
# counter NAME [CSV]: the first row whose name holds it
counter() { awk -F, -v name="$1" 'index($1, name) { gsub(/"/, "", $5); print $5; exit }' "$out/${2:-poll.csv}"; }
cpu=$(awk -v c="$(counter cpuNanos)" -v p="$(counter ':polls')" 'BEGIN { printf "%.0f", c / p / 1000 }')
garbage=$(awk -v b="$(counter gc.alloc.rate.norm)" 'BEGIN { printf "%.0f", b / 1024 }')
row "steady poll, thread CPU in us" "$cpu" "${raw%% *}" "$(ratio "$cpu" "${raw%% *}")" "0.15 of one raw pass"
row "steady poll, garbage in KiB" "$garbage" 1024 "$(ratio "$garbage" 1024)" "1 MiB"

judge() { # HAPPENING WORDS
	# shellcheck disable=SC2086
	java $properties -cp "$class_path" org.openjdk.jmh.Main JudgeBenchmark -p happening="$1" -rf csv \
		-rff "$out/judge.csv" -jvmArgsAppend "$properties" >"$out/judge-$1.log" 2>&1
	polls=$(counter :polls judge.csv)
	of_poll=$(awk -v c="$(counter pollNanos judge.csv)" -v p="$polls" 'BEGIN { printf "%.0f", c / p / 1000 }')
	of_rules=$(awk -v c="$(counter judgeNanos judge.csv)" -v p="$polls" 'BEGIN { printf "%.0f", c / p / 1000 }')
	row "difference and findings, $2, in us" "$of_rules" "$of_poll" "$(ratio "$of_rules" "$of_poll")" \
		"0.1 of their poll"
}
judge NOTHING "quiet"
judge COUNTS "all runs moved"
judge LOAD "one load more"
judge ATTACH "tcx link on or off"
judge HOLDER "a holder more or less"
judge INTERFACE "an interface more or less"

screen() { # INTERFACES MOST_MB
	# shellcheck disable=SC2086
	java $properties -cp "$class_path" bpfbay.bench.FirstPicture 9 "xdp native" "$home/bpfbay" >"$out/screen-$1.txt"
	read -r first empty rss outside <"$out/screen-$1.txt"
	row "first picture at $1 interfaces, ms" "$first" "$empty" "$(ratio "$first" "$empty")" "4.5 of an empty Java program"
	row "RSS at $1 interfaces, MB" "$rss" "$2" "$(ratio "$rss" "$2")" "$2 MB"
	echo "classes that the first picture at $1 interfaces loads from elsewhere than the archive: $outside" >>"$out/raw.txt"
}
screen "$interfaces" 110
if [ "$interfaces" -gt 200 ]; then
	lab_up 200
	screen 200 64
fi

# shellcheck disable=SC2086
java $properties -Xmx512m -cp "$class_path" bpfbay.bench.HourCapture "$out/hour.capture" >"$out/hour.log" 2>&1
# shellcheck disable=SC2086
java $properties -cp "$class_path" bpfbay.bench.FirstPicture 5 "xdp native" "$home/bpfbay" replay "$out/hour.capture" \
	>"$out/hour.txt"
read -r opened _ <"$out/hour.txt"
row "a capture of an hour at 200 interfaces opens, ms" "$opened" 2000 "$(ratio "$opened" 2000)" "2 s"
rm -f "$out/hour.capture"
printf '\n'
cat "$out/bpftool.txt" "$out/raw.txt"
rm -f "$out/bpftool.txt"
