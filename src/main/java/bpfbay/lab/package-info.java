/**
 * The lab: a network namespace of its own with devices, traffic and real programs on every hook that the
 * kernel has, to try everything on. What it makes is found again by its name alone (namespace, cgroup, pin
 * folder, state folder), so that it can be taken down whatever became of the process that made it.
 *
 * <p>Sees {@code model} and {@code kernel}. Nothing here prints. One thread at a time; two processes are
 * kept apart by a lock.
 */
@NullMarked
package bpfbay.lab;

import org.jspecify.annotations.NullMarked;
