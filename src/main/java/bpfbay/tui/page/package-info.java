/**
 * Pages of text: everything about one thing, instructions, a look into a map, problems. Pure. Sees {@code
 * model}, {@code history}, {@code export}, what {@code swap} says, {@code disasm}, {@code btf}, {@code tui.cell} and {@code
 * tui.table}.
 */
@NullMarked
package bpfbay.tui.page;

import org.jspecify.annotations.NullMarked;
