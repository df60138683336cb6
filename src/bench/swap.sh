#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# 200 000 packets a second through a place while its program is replaced 1000 times, kind by kind: packets
# that neither program saw, and how long one replacement takes; beside it detach and attach, 200 times.
# Needs root; everything is in network namespaces of its own.
set -eu

cd "$(dirname -- "$0")/../.."
make -s -C native all trials
for kind in xdp-link xdp-netlink tcx-link tcx-prog netkit-link netkit-prog cgroup-link cgroup-prog cls-bpf; do
	status=0
	target/native/swap_flow $kind replace 1000 200000 || status=$?
	case $status in
	0) target/native/swap_flow $kind naive 200 200000 ;;
	77) echo "$kind: this kernel has none" ;;
	*) exit 4 ;;
	esac
done
