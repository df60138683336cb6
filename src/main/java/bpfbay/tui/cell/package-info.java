/**
 * The screen as a grid of cells: text, what it means ({@link Ink}), and how a theme shows that. The same
 * grid is drawn on the terminal and written as text, SVG or PNG. Sees {@code model}'s and {@code export}'s
 * strings; knows nothing of what is drawn. The thread of the screen.
 */
@NullMarked
package bpfbay.tui.cell;

import org.jspecify.annotations.NullMarked;
