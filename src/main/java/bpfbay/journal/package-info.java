/**
 * What swaps leave on disk: the journal, the lock of each hook, and the folders they live in. The guard
 * process writes the same lines: {@code native/guard_journal.c}. Sees {@code model}, {@code swap}, of {@code
 * kernel} the files and locks it is made of, and {@code export}, where JSON is written.
 *
 * <p>The engine's thread, and one more for each access to a disk, since one may hang. What only reads makes no
 * file and no folder.
 */
@NullMarked
package bpfbay.journal;

import org.jspecify.annotations.NullMarked;
