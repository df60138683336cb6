package bpfbay.planted.tui.page;

import bpfbay.planted.cli.Commands;

/** Breaks: tui.page does not see cli. */
public record SeesTheCommandLine(Commands commands) {}
