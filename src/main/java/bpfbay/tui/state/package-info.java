/**
 * What the screen knows and how an event changes it: {@code update(State, Event)} gives the next state and
 * the effects wished for. Pure; nothing here waits, draws or asks. Keys are one table, {@link
 * bpfbay.tui.state.Command}, from which dispatch, footer, help and README are made. Sees {@code model},
 * {@code history}, {@code export}, what {@code swap} says, {@code disasm}, {@code tui.cell} and {@code tui.table}.
 */
@NullMarked
package bpfbay.tui.state;

import org.jspecify.annotations.NullMarked;
