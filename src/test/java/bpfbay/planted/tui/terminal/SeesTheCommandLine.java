package bpfbay.planted.tui.terminal;

import bpfbay.planted.cli.Commands;

/** Breaks: tui.terminal does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
