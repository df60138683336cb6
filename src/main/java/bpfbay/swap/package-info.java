/**
 * Replacing a program: the plan and its guards, the engine that commits, verifies and undoes, and what
 * comes of it. Policy alone: the kernel's part is behind the interfaces of {@code kernel}, what is kept on
 * disk behind {@link bpfbay.swap.Journal} and {@link bpfbay.swap.Locks}. Sees {@code model}, {@code kernel}.
 *
 * <p>One thread at a time drives an engine, and it is not the one that draws; the engine's kernel is its
 * own and not the collector's.
 */
@NullMarked
package bpfbay.swap;

import org.jspecify.annotations.NullMarked;
