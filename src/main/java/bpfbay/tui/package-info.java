/**
 * The screen: one thread owns the state and draws it, events come to it through a queue, effects are done
 * here or by the {@link bpfbay.tui.Host}. The parts have rooms of their own: {@code cell} what is on the
 * screen, {@code table} and {@code page} what it says, {@code state} how it changes, {@code view} how it is
 * drawn, {@code terminal} the terminal. Sees these, {@code model}, {@code history}, {@code disasm} and
 * {@code export}.
 */
@NullMarked
package bpfbay.tui;

import org.jspecify.annotations.NullMarked;
