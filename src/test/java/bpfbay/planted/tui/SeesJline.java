package bpfbay.planted.tui;

import org.jline.terminal.Size;

/** Breaks: JLine only in the terminal adapter and cli. */
record SeesJline(Size size) {}
