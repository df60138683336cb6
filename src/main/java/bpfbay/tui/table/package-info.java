/**
 * Snapshots as rows and columns: which things a view lists and in which order, what each cell says, what
 * a filter keeps. Pure. Sees {@code model}, {@code history}, {@code export} and the inks of {@code
 * tui.cell}.
 */
@NullMarked
package bpfbay.tui.table;

import org.jspecify.annotations.NullMarked;
