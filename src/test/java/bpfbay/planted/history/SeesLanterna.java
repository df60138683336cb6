package bpfbay.planted.history;

import com.googlecode.lanterna.TerminalSize;

/** Breaks: Lanterna only in tui. */
record SeesLanterna(TerminalSize size) {}
