/**
 * What swaps leave on disk: the journal, the lock of each hook, and the folders they live in. The guard
 * process writes the same lines: {@code native/guard.c}. Sees {@code model}, {@code swap}, and of {@code
 * kernel} what a lock is made of. The engine's thread, and one of its own for a disk that hangs.
 */
@NullMarked
package bpfbay.journal;

import org.jspecify.annotations.NullMarked;
