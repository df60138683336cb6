/**
 * What time does to snapshots: the difference of two, by identity, and what is remembered of it for a
 * while. Pure; any thread. Sees {@code model}.
 */
@NullMarked
package bpfbay.history;

import org.jspecify.annotations.NullMarked;
