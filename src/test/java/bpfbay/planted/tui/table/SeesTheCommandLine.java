package bpfbay.planted.tui.table;

import bpfbay.planted.cli.Commands;

/** Breaks: tui.table does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
