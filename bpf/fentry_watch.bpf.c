// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Runs before a function of the kernel and counts its calls. */
#include "lab.h"

SEC("fentry/dev_change_name")
int watch_rename(void *ctx)
{
	(void)ctx;
	add(SEEN, 1);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
