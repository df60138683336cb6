/**
 * The terminal itself: signals and size by JLine, keys by our own parser, cells by Lanterna. {@link
 * bpfbay.tui.terminal.Tty} is the one place that can always put the terminal back; {@link
 * bpfbay.tui.terminal.Surface} is what the screen draws on; {@link bpfbay.tui.terminal.KeyParser} is pure.
 * Sees of bpfbay only {@link bpfbay.model.RawText} and {@link bpfbay.shim.Shim}.
 *
 * <p>Keys come from the input thread, signals from the JVM's; frames go out on the thread that draws. No
 * query is ever sent to the terminal, so nothing waits for an answer over a slow line and no answer can be
 * taken for a key.
 */
@NullMarked
package bpfbay.tui.terminal;

import org.jspecify.annotations.NullMarked;
