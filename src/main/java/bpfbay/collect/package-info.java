/**
 * From the kernel's answers to one immutable {@link bpfbay.model.Snapshot}, again and again. {@link
 * bpfbay.collect.Collector} asks and ties together, {@link bpfbay.collect.Poller} does so beside the
 * screen, on the one thread that calls the kernel. What joins and infers is pure. Sees {@code model} and
 * {@code kernel}.
 *
 * <p>A poll asks for what can change unseen and takes over the rest: see {@link
 * bpfbay.collect.Cadence}. Answers are compared by identity, since the kernel room hands out the same
 * instance while nothing has changed.
 */
@NullMarked
package bpfbay.collect;

import org.jspecify.annotations.NullMarked;
