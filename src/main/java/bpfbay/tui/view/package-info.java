/**
 * Draws a state into a grid: one class a part of the screen. Drawing is a function of the state; its cost
 * is that of the rows that are seen. Sees the other rooms of {@code tui} but the terminal, and what {@code swap} says.
 */
@NullMarked
package bpfbay.tui.view;

import org.jspecify.annotations.NullMarked;
