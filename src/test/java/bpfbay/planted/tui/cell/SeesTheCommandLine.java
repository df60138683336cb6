package bpfbay.planted.tui.cell;

import bpfbay.planted.cli.Commands;

/** Breaks: tui.cell does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
